"""The film player: all frames lie in the browser, scrubbing asks the server nothing."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from lab.views import media

HERE = Path(__file__).parent / "components"


@functools.cache
def component():
    """The component, registered once; its three texts are files of this repository."""
    texts = {kind: (HERE / f"player.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js")}
    return st.components.v2.component("latent_library_player", **texts)


def play(
    film: str,
    pictures: Sequence[bytes],
    stops: Sequence[tuple[int, int, float]],
    prompts: Sequence[str],
    loop: str = "ring",
    live: bool = False,
    key: str = "player",
) -> None:
    """Show the frames there are; call again with more of the same film and the place is kept.

    Parameters
    ----------
    film : str
        Names the film; another name begins anew.
    pictures : sequence of bytes
        Finished frames as JPEG, in order.
    stops : sequence of (int, int, float)
        For each frame of the whole film: from which prompt, to which, how far (0 to 1).
    prompts : sequence of str
    loop : str
        "none" stops at the end, anything else goes round.
    live : bool
        Whether more frames are on their way; the newest is shown until the visitor scrubs.
    """
    data = {
        "film": film,
        "frames": media.addresses(pictures, "image/jpeg", key),
        "stops": [list(stop) for stop in stops],
        "prompts": list(prompts),
        "loop": loop,
        "live": live,
    }
    component()(data=data, key=key)
