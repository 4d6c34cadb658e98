"""Refine: the picture one stands before, six rooms around it, and the tree of the way."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from lab.diffusion.librarian.neighbours import COUNT, RefineSpec
from lab.figures.librarian import places
from lab.views import plate, takeaways
from lab.views.librarian import chosen, way, words
from lab.views.librarian.work import Shown, pictures_of

# A flower of hexagons that stand on their corners, each 1 wide and 2 / sqrt(3) high: 3 wide and 2.5 heights
# high in all. Upper left of each in widths and in quarters of the height: the middle, then round it.
WIDTH, HEIGHT = 100 / 3, 40.0
CORNERS = ((1, 3), (0.5, 0), (1.5, 0), (2, 3), (1.5, 6), (0.5, 6), (0, 3))
ASPECT = 3 / (2.5 * 2 / 3**0.5)
INSET = 0.6  # percent of the plate between two rooms
THUMB, ROOM = 3.6, 4.4  # rem: a node of the tree, and the place it has


def show(render, latest: dict[int, Shown]) -> None:
    """Show the rooms and the tree; a choice walks there."""
    spec: RefineSpec = render.spec
    picked = flower(render, spec, latest)
    if picked:
        way.enter(spec, spec.moves()[picked - 1])
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        how: dict[str, Any] = {"icon": ":material/casino:", "on_click": way.others, "disabled": render.live}
        if st.button("Six others", key="librarian others", **how):
            st.rerun()
        parent = spec.grown_tree().parent(spec.at)
        how = {"icon": ":material/undo:", "on_click": way.return_to, "args": (parent,)}
        if st.button("Walk back", key="librarian back one", disabled=parent is None, **how):
            st.rerun()
    if spec.tree:
        tree(render, spec, latest)
    if not render.live and latest.get(0) and latest[0].image is not None:
        chosen.card(latest[0])
        found = [latest[index] for index in sorted(latest) if latest[index].image is not None]
        offer = partial(chosen.archive, spec, found)
        takeaways.downloads([takeaways.Download("ZIP of all", "refine.zip", "application/zip", offer)])


def flower(render, spec: RefineSpec, latest: dict[int, Shown]) -> int | None:
    """The picture in the middle and six around it; returns the number of the one that was chosen."""
    asked, moves = pictures_of(spec), spec.moves()
    tiles = []
    for number, (left, quarter) in enumerate(CORNERS):
        shown = latest.get(number)
        ready = shown is not None and shown.image is not None
        tiles.append(
            plate.Tile(
                shown.jpeg if shown else b"",
                words.alt(asked[number]),
                words.step(moves[number - 1]) if number else "",
                left * WIDTH + INSET / 2,
                quarter * HEIGHT / 4 + INSET / 2,
                WIDTH - INSET,
                HEIGHT - INSET,
                hexagon=True,
                pickable=ready and number > 0,
            )
        )
    title = f"{words.alt(asked[0])}, in the middle of {COUNT} neighbours"
    return plate.lay(f"rooms {render.job.key}", tiles, title, "librarian rooms", ASPECT)


def tree(render, spec: RefineSpec, latest: dict[int, Shown]) -> None:
    """The tree of the way; choosing a picture walks there."""
    grown = spec.grown_tree()
    others = [node for node in range(len(grown)) if node != spec.at]
    index = {spec.at: 0} | {node: COUNT + 1 + place for place, node in enumerate(others)}
    spots = places(grown)
    across, down = max(x for x, _ in spots) + 1, max(y for _, y in spots) + 1
    centre = [(100 * (x + 0.5) / across, 100 * (y + 0.5) / down) for x, y in spots]
    w, h = 100 * THUMB / ROOM / across, 100 * THUMB / ROOM / down
    tiles = []
    for node, (x, y) in enumerate(centre):
        shown = latest.get(index[node])
        alt = words.alt(grown.spec(node))
        tiles.append(plate.Tile(shown.jpeg if shown else b"", alt, "", x - w / 2, y - h / 2, w, h))
    lines = [(*centre[parent], *centre[node]) for node, (parent, _) in enumerate(grown.branches, start=1)]
    how: dict[str, Any] = {
        "aspect": across / down,
        "chosen": spec.at,
        "lines": lines,
        "width": f"{across * ROOM}rem",
    }
    st.caption("The way so far. Every picture is a place one can walk back to, at no cost.")
    picked = plate.lay(
        f"tree {render.job.key}", tiles, "The tree of the search", "librarian tree plate", **how
    )
    if picked is not None and picked != spec.at:
        way.return_to(picked)
        st.rerun()
    offer = takeaways.Download(
        "Tree (JSON)", "tree.json", "application/json", lambda: grown.to_json().encode()
    )
    takeaways.downloads([offer])
