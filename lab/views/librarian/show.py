"""What the librarian brings: one picture that forms, a wall, a ranking, a grid, or rooms around a room."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from lab.diffusion.librarian.asking import Asked, mode_of
from lab.diffusion.librarian.grid import GridSpec, write_values
from lab.diffusion.librarian.scout import ScoutSpec
from lab.views import plate, stage, takeaways, wall
from lab.views.librarian import chosen, rooms, shelves, words
from lab.views.librarian.work import WORD, Shown, pictures_of

STATE = st.session_state
CHOSEN, STEP = "librarian chosen", "librarian step"
FEW = 8  # pictures in a row of the sheet


def exhibit(spec: Asked | None) -> None:
    """Show what the visitor asked for, or the shelves before there is anything."""
    stage.polled(WORD, lambda render: draw(render, spec))


def draw(render: stage.Render | None, spec: Asked | None) -> None:
    """The body of the fragment that is looked at again while pictures come."""
    if render is None or STATE.get("librarian back"):
        shelves.show()
        return
    latest: dict[int, Shown] = {}
    for item in render.items:
        latest[item.index] = item
    mode = mode_of(render.spec)
    ways: dict[str, Callable] = {"picture": one, "refine": rooms.show}
    ways.get(mode, many)(render, latest)
    told(render, latest)
    if not render.live and st.button("Back to the shelves", icon=":material/shelves:", type="tertiary"):
        STATE["librarian back"] = True
        st.rerun()


def told(render: stage.Render, latest: dict[int, Shown]) -> None:
    """Say how far it is, or how it ended."""
    finished = sum(shown.image is not None for shown in latest.values())
    what = "sketches" if mode_of(render.spec) == "scout" else "pictures"
    if render.live:
        stage.progress(WORD, what, finished)
    else:
        stage.end(WORD, len(pictures_of(render.spec)), what, finished)


def one(render: stage.Render, latest: dict[int, Shown]) -> None:
    """One picture while it forms, and how it came about."""
    steps = [item for item in render.items if item.index == 0]
    key, looked = STATE.get(STEP, ("", None))
    looked = looked if key == render.job.key and looked is not None and looked < len(steps) else None
    now = steps[looked] if looked is not None else latest.get(0)
    alt = words.alt(render.spec) + (f", after step {now.step} of {now.total}" if now and now.step else "")
    tile = plate.Tile(now.jpeg if now else b"", alt, pickable=False)
    plate.lay(f"one {render.job.key}", [tile], alt, "librarian one")
    if not render.live and latest.get(0) and latest[0].image is not None:
        chosen.card(latest[0], taken=True)
        if len(steps) > 1:
            _steps(render, steps, looked)


def _steps(render: stage.Render, steps: list[Shown], looked: int | None) -> None:
    """The glimpses in a row: what the picture would have been at each step."""
    with st.expander("How it came about", icon=":material/timelapse:"):
        labels = [f"step {item.step}" if item.step else "decoded" for item in steps]
        alts = [f"The picture at {label}" for label in labels]
        here = len(steps) - 1 if looked is None else looked
        jpegs = [item.jpeg for item in steps]
        picked = wall.hang(f"steps {render.job.key}", jpegs, labels, alts, here, "Steps", "librarian steps")
        if picked is not None and picked != here:
            STATE[STEP] = (render.job.key, picked)
            st.rerun(scope="fragment")


def many(render: stage.Render, latest: dict[int, Shown]) -> None:
    """A wall of pictures in the order that the way of working gives them."""
    spec = render.spec
    order = ranking(spec, latest)
    known = [latest.get(index) for index in order]
    labels = label_of(spec, order, latest)
    alts = [words.alt(shown.spec) if shown and shown.spec else "A picture that forms" for shown in known]
    jpegs = [shown.jpeg if shown else b"" for shown in known]
    key, looked = STATE.get(CHOSEN, ("", None))
    looked = looked if key == render.job.key else None
    marked = order.index(looked) if looked in order else None
    rows = [len(spec.columns)] * max(1, len(spec.rows)) if isinstance(spec, GridSpec) else ()
    name = f"{mode_of(spec)} {render.job.key} {order if isinstance(spec, ScoutSpec) else ''}"
    picked = wall.hang(
        name, jpegs, labels, alts, marked, f"Pictures of “{spec.prompt}”", "librarian wall", rows
    )
    if picked is not None and order[picked] != looked:
        STATE[CHOSEN] = (render.job.key, order[picked])
        st.rerun(scope="fragment")
    shown = None if looked is None else latest.get(looked)
    if shown and shown.image is not None:
        chosen.card(shown)
    elif not render.live:
        st.caption("Choose a picture to read its call number and to go on from there.")
    found = [shown for shown in known if shown and shown.image is not None]
    if found and not render.live:
        takeaways.downloads(chosen.offers(spec, found, lambda: sheet(spec, found)))


def ranking(spec: Asked, latest: dict[int, Shown]) -> list[int]:
    """Numbers of the pictures in the order of showing: the scout's best first, the others as asked for."""
    if not isinstance(spec, ScoutSpec):
        return list(range(len(pictures_of(spec))))
    return sorted(latest, key=lambda index: (-(latest[index].score or 0.0), index))


def label_of(spec: Asked, order: list[int], latest: dict[int, Shown]) -> list[str]:
    """What stands under each picture."""
    asked = pictures_of(spec)
    if isinstance(spec, ScoutSpec):
        return [f"{latest[index].score:.2f} · seed {asked[index].seed}" for index in order]
    if isinstance(spec, GridSpec):
        axes = [axis for axis in (spec.across, spec.down) if axis]
        cells = [[write_values(axis, (getattr(asked[index], axis),)) for axis in axes] for index in order]
        return [" · ".join(cell) for cell in cells]
    return [f"seed {asked[index].seed}" for index in order]


def sheet(spec: Asked, found: list[Shown]) -> bytes:
    """All pictures on one sheet, labelled, as PNG with the recipe of the whole."""
    from lab.exports import png
    from lab.figures import librarian as figures

    images = [shown.finished()[1] for shown in found]
    across: Sequence[str] = ()
    down: Sequence[str] = ()
    columns = min(FEW, len(images))
    if isinstance(spec, GridSpec) and len(found) == len(pictures_of(spec)):
        columns = len(spec.columns)
        across = [write_values(spec.across, (value,)) for value in spec.columns]
        down = [write_values(spec.down, (value,)) for value in spec.rows] if spec.down else ()
    whole = figures.sheet(images, columns, across, down, spec.prompt)
    return png(whole, chosen.whole(spec, found) | {"sheet": True})
