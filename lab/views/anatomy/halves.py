"""The two halves of a comparison in the browser: predicted x0 of both, their difference, their distance."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import streamlit as st

from lab.diffusion.anatomy import Anatomy, Comparison, Pair
from lab.exports import MILLISECONDS
from lab.figures.anatomy.apart import apart
from lab.figures.anatomy.scene import shown
from lab.figures.morph import encode, read_film
from lab.galleries import anatomy as gallery
from lab.gallery import recipe_in
from lab.views import media, page
from lab.views.elements import element

PLACE = "anatomy pair"


def names(comparison: Comparison) -> list[str]:
    """What stands under the two pictures and their difference."""
    kind, halves = comparison.kind, (comparison.first, comparison.second)
    if kind == "prompt":
        own = [f"“{half.prompt}”" for half in halves]
    elif kind == "step_seed":
        own = [
            "the generator goes on",
            f"its state is that of seed {comparison.other} after the first latents",
        ]
    else:
        own = [f"{kind} {getattr(half, kind)}" for half in halves]
    return [*own, "difference of the two"]


def show(comparison: Comparison, pair: Pair, live: bool) -> None:
    """Show predicted x0 of both side by side as far as they are, and the distances."""
    matched = pair.matched
    first = [moment for moment, _ in matched] or pair.first.moments
    films = [film(pair.first, first), film(pair.second, [moment for _, moment in matched])]
    play(comparison, films, live)
    if matched:
        curves(pair.distances("latents"), pair.distances("clean"))


def film(anatomy: Anatomy | None, moments) -> list[bytes]:
    """Predicted x0 of some moments, and the picture once it is finished, as JPEGs."""
    if anatomy is None:
        return []
    ending = anatomy.ending
    colours = ending.colours if ending else anatomy.opening.colours
    return [*(shown(moment, colours) for moment in moments), *([encode(ending.picture)] if ending else [])]


def curves(latents: list[float], clean: list[float]) -> None:
    """Show the distances along the steps."""
    told = (
        f"Distance of the two runs over {len(latents)} steps: latents from {latents[0]:.2f} to "
        f"{latents[-1]:.2f}, predicted x0 from {clean[0]:.2f} to {clean[-1]:.2f}."
    )
    page.figure(apart({"latents": latents, "clean": clean}, page.colours()), "anatomy apart", told)


def play(comparison: Comparison, films: list[list[bytes]], live: bool) -> None:
    """Hand two films to the browser."""
    addresses = [media.addresses(film, "image/jpeg", f"{PLACE} {side}") for side, film in enumerate(films)]
    data = {"run": comparison.key(), "films": addresses, "names": names(comparison), "live": live}
    element("pair", "anatomy/pair", "reel anatomy/pair", "address reel anatomy/pair")(data=data, key=PLACE)


@st.cache_data(show_spinner=False)
def opened(path: str, changed: float) -> tuple[list[list[bytes]], dict]:
    """Both halves of a shipped film as JPEGs, and its recipe; `changed` (its time stamp) renews them."""
    both = [np.split(frame, 2, axis=1) for frame in read_film(Path(path), MILLISECONDS)]
    films = [[encode(np.ascontiguousarray(halves[side])) for halves in both] for side in (0, 1)]
    return films, recipe_in(Path(path))


def show_shipped(asked: Comparison) -> None:
    """Show the comparison of this kind that ships with the library, if there is one."""
    ships = [pair for pair in gallery.pairs().items() if pair[1].kind == asked.kind and pair[0].is_file()]
    if not ships:
        st.caption("Press Compare: both pictures are made from the same noise.")
        return
    path, comparison = ships[0]
    films, told = opened(str(path), path.stat().st_mtime)
    play(comparison, films, live=False)
    if "distances" in told:
        curves(**told["distances"])
    st.caption(
        f"A comparison that ships with the library; the pictures differ by {told.get('changed', 0):.1f} of "
        "255 grey levels on average. Press Compare for yours."
    )
