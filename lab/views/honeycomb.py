"""The living cover: a honeycomb of rooms, every one a little further along the same endless morph."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from lab.gallery import COVER
from lab.views import media
from lab.views.elements import element


@st.cache_data(show_spinner=False)
def shown_frames(path: str, changed: float) -> list[bytes]:
    """Frames of a shipped film as they go to the browser; `changed` (its time stamp) renews them."""
    from lab.exports import MILLISECONDS
    from lab.figures import morph

    return [morph.encode(frame) for frame in morph.read_film(Path(path), MILLISECONDS)]


def film(path: Path) -> list[bytes]:
    """Frames of a shipped film as JPEG, decoded once; none if it is not there."""
    return shown_frames(str(path), path.stat().st_mtime) if path.is_file() else []


def cover(alt: str) -> None:
    """Show the cover; without a shipped film the rooms are empty, but drawn."""
    frames = media.addresses(film(COVER), "image/jpeg", "cover")
    component = element("honeycomb", "honeycomb", "honeycomb", "address honeycomb")
    component(data={"frames": frames, "alt": alt}, key="cover")
