"""What the mix shows: the point and its picture, all blends, distances, the blend least like any source."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lab.diffusion.mix_spec import MixSpec
from lab.diffusion.simplex import Weights
from lab.figures import mix as figures
from lab.galleries import mix as shipped
from lab.presets import Preset, read
from lab.views import files, pipelines, saying, simplex, stage, takeaways, wall
from lab.views.mix import gather, point
from lab.views.mix.gather import BLEND, WORD, Grid
from lab.views.mix.least import compared, least_like

STATE = st.session_state
SOON = 12.0  # seconds: a blend that takes no longer is rendered as soon as the point rests


def exhibit(spec: MixSpec | None, preset: Preset | None) -> None:
    """Show the visitor's blends, or the shipped ones of the preset that the controls show, or the first."""
    renders = (stage.current(WORD), stage.current(BLEND))
    live = any(render is not None and render.live for render in renders)
    st.fragment(_look, run_every=stage.POLL if live else None)(spec, preset, live, [])


def _look(spec: MixSpec | None, preset: Preset | None, was_live: bool, looks: list[None]) -> None:
    renders = (stage.current(WORD), stage.current(BLEND))
    live = any(render is not None and render.live for render in renders)
    asked = pipelines.complete(spec) if spec else None
    grid, render = _choose(asked, preset)
    if grid:
        draw(grid, asked, render)
    else:
        st.info("Press Render: the first pictures come within seconds.", icon=":material/join_inner:")
    stage.once_more(looks, was_live and not live)


def _choose(asked: MixSpec | None, preset: Preset | None) -> tuple[Grid | None, stage.Render | None]:
    """The blends that the controls ask for, rendered or shipped; else the nearest there are."""
    mine = stage.current(WORD)
    ready = [one for one in read(WORD) if shipped.film_of(one).is_file()]
    if mine and mine.spec == asked:
        return gather.of_render(mine), mine
    if preset in ready:
        return gather.of_preset(preset), None
    if mine and (asked is None or len(mine.spec.prompts) == len(asked.prompts)):
        return gather.of_render(mine), mine
    near = [one for one in ready if asked is None or shipped.spec_of(one).prompts == asked.prompts]
    if near:
        return gather.of_preset(near[0]), None
    return (gather.empty(asked) if asked else None), None


def draw(grid: Grid, asked: MixSpec | None, render: stage.Render | None) -> None:
    """Show blends; the body of the fragment that is looked at again while pictures come."""
    count = len(grid.spec.prompts)
    weights = STATE["mix weights"] if len(STATE["mix weights"]) == count else (1 / count,) * count
    names = figures.names(grid.spec.prompts)
    found = gather.exact(grid.spec, weights)
    number = grid.nearest(weights)
    on_lattice = simplex.near(grid.spec.weights[number], weights)
    if count == 3:
        _triangle(grid, names, weights, found)
    else:
        _picture(grid, names, weights, found, number, on_lattice)
    _state(grid, asked, render)
    _point(grid, weights, found, on_lattice)
    compared(grid, names, found, number, on_lattice)
    if grid.pictures:
        _all(grid, names, number if on_lattice else None)
    least_like(grid, names)
    takeaways.downloads(files.film(WORD, grid.images, lambda: grid.recipe), disabled=not grid.whole)


def _triangle(grid: Grid, names: list[str], weights: Weights, found: Grid | None) -> None:
    """The triangle; where the point was put, the page goes."""
    divisions = round(1 / min(w for weights_ in grid.spec.weights for w in weights_ if w > 0))
    picture = found.pictures[0] if found else None
    points = grid.spec.weights
    moved = simplex.drag(grid.name, names, weights, points, divisions, grid.pictures, picture, "triangle")
    if moved and not simplex.near(moved, weights):
        point.go(moved)
        st.rerun()


def _picture(grid: Grid, names, weights: Weights, found: Grid | None, number: int, exact: bool) -> None:
    """The picture of the blend, or of the nearest one, beside the sliders."""
    left, right = st.columns([5, 6], gap="medium", vertical_alignment="center")
    with right:
        point.sliders([saying.plain(name) for name in names], weights)
        if point.GO in STATE:
            st.rerun()
    with left:
        said = figures.spoken(weights, names)
        known = number < len(grid.pictures)
        if found or known:
            jpeg = found.pictures[0] if found else grid.pictures[number]
            st.image(jpeg, width="stretch", alt=f"The blend: {said}")
        nearest = "" if found or exact else ". The picture is the nearest blend there is."
        st.caption(saying.plain(said) + nearest)


def _state(grid: Grid, asked: MixSpec | None, render: stage.Render | None) -> None:
    """Say what this is, or how far it is."""
    if not grid.pictures and render is None:
        st.info("Press Render: the first pictures come within seconds.", icon=":material/join_inner:")
        return
    total = len(grid.spec.weights)
    told = "" if asked == grid.spec else " Yours are not rendered yet."
    stage.ending(WORD, render, total, f"{total} blends that ship with the library.{told}")


def _point(grid: Grid, weights: Weights, found: Grid | None, on_lattice: bool) -> None:
    """The exact blend: its progress, a button where it is not rendered by itself, its file."""
    render = stage.current(BLEND)
    with st.container(horizontal=True, vertical_alignment="center"):
        if render and render.live:
            st.caption("The exact blend is being rendered …")
        elif render and render.failed:
            saying.complain(render.job.error)
        elif not found and not on_lattice:
            ask: dict[str, Any] = {
                "icon": ":material/adjust:",
                "on_click": point.go,
                "args": (weights, "now"),
            }
            if st.button("Render exactly this blend", key="mix exact", **ask):
                st.rerun()
        elif found:
            offer = files.picture("blend", lambda: found.images()[0], lambda: found.recipe)
            takeaways.downloads([offer])


def _all(grid: Grid, names: list[str], chosen: int | None) -> None:
    """All blends as pictures: a triangle for three sources, a row for two, a wall for more."""
    count = len(grid.spec.prompts)
    labels = [_label(point_) for point_ in grid.spec.weights]
    alts = [figures.spoken(point_, names) for point_ in grid.spec.weights]
    rows = [] if count != 3 else list(range(1, 1 + _side(len(labels))))
    with st.expander(f"All {len(labels)} blends", icon=":material/apps:", expanded=count != 3):
        st.caption("Shares in percent, in the order of the sources. Choose one to go there.")
        picked = wall.hang(grid.name, grid.pictures, labels, alts, chosen, "All blends", "blends", rows)
    if picked is not None and picked != chosen:
        point.put(grid.spec.weights[picked])
        st.rerun()


def _label(weights: Weights) -> str:
    return " ".join(str(round(100 * weight)) for weight in weights)


def _side(count: int) -> int:
    """Rows of a triangle of so many pictures."""
    return next(rows for rows in range(1, 99) if rows * (rows + 1) // 2 >= count)


def wanted(spec: MixSpec | None) -> bool:
    """Whether the point's picture was asked for: by a button, or by a move where it takes but seconds."""
    asked = STATE.pop(point.GO, "")
    if spec is None:
        return False
    render = stage.current(WORD)
    one = gather.calls(spec) // len(spec.weights)
    seconds = pipelines.models().expect(spec.model, one * (1 + len(spec.prompts)))
    return asked == "now" or (asked == "soon" and not (render and render.live) and seconds < SOON)
