"""A wall of shipped results on the front page; each leads into its room, at the state that made it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from lab import catalog, tours
from lab.tours import Plate, Tour
from lab.views import linked, media
from lab.views.elements import element


@st.cache_data(show_spinner=False)
def shown_poster(path: str, moving: bool, changed: float) -> bytes:
    """What stands for a file until it plays: its first frame, or some of its frames on one sheet."""
    from lab.figures import morph

    return morph.poster(Path(path), moving)


@st.cache_data(show_spinner=False)
def shown_file(path: str, changed: float) -> bytes:
    """The file as it lies there; `changed`, its time stamp, renews it."""
    return Path(path).read_bytes()


def plates() -> list[tuple[Tour, Plate]]:
    """Every shipped result that a tour names and that is there, the first of each room before the second."""
    found = [(tour, list(tour.plates)) for tour in tours.tours()]
    deepest = max((len(own) for _, own in found), default=0)
    rows = ((tour, own[i]) for i in range(deepest) for tour, own in found if i < len(own))
    return [(tour, plate) for tour, plate in rows if plate.path.is_file()]


def hang() -> None:
    """Show the wall; a press leads into the room."""
    shown = plates()
    stamps = [plate.path.stat().st_mtime for _, plate in shown]
    posters = [
        shown_poster(str(plate.path), plate.moving, stamp)
        for (_, plate), stamp in zip(shown, stamps, strict=True)
    ]
    moving = [i for i, (_, plate) in enumerate(shown) if plate.moving]
    films = [shown_file(str(shown[i][1].path), stamps[i]) for i in moving]
    running = dict(zip(moving, media.addresses(films, "image/webp", "gallery film"), strict=True))
    entries = [
        {
            "poster": poster,
            "film": running.get(i, ""),
            "room": catalog.by_word(tour.word).title,
            "caption": plate.caption,
            "address": tour.state(plate.step),
        }
        for i, (poster, (tour, plate)) in enumerate(
            zip(media.addresses(posters, "image/jpeg", "gallery"), shown, strict=True)
        )
    ]
    component = element("gallery", "gallery", "gallery", "address gallery")
    data = {"entries": entries, "name": "Results that ship with the library"}
    picked = component(data=data, key="gallery", on_picked_change=lambda: None).picked
    if picked and 0 <= picked["index"] < len(shown):
        tour, plate = shown[int(picked["index"])]
        linked.follow(tour.word)
        st.switch_page(catalog.by_word(tour.word).page, query_params=dict(tour.step(plate.step).link))
