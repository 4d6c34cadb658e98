"""The run on show: the visitor's own, finished or growing, or the one that ships with the library."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from lab.diffusion.anatomy import Anatomy, AnatomySpec, files, record
from lab.galleries.anatomy import shipped_run
from lab.views import files as offers
from lab.views import pipelines, saying, stage, takeaways
from lab.views.anatomy import costs, diagram

WORD = "anatomy"


@st.cache_data(show_spinner=False)
def opened(path: str, changed: float) -> Anatomy:
    """A shipped run, read once; `changed` (its time stamp) renews it."""
    return files.read(Path(path))


def shipped() -> Anatomy | None:
    """The run that ships with the library, if it is there and whole."""
    path = shipped_run()
    try:
        return opened(str(path), path.stat().st_mtime) if path.is_file() else None
    except ValueError:
        return None


def begin(spec: AnatomySpec) -> None:
    """Hand a picture to the engine, to be recorded."""
    whole = pipelines.complete(spec)
    calls = pipelines.network_calls(whole, 1)
    seconds = pipelines.models().expect(whole.model, calls)
    stage.submit(WORD, whole, pipelines.work(whole, calls, record), seconds)


def show(spec: AnatomySpec | None) -> None:
    """Show the visitor's run, or the shipped one before there is any."""
    stage.polled(WORD, partial(show_run, spec))


def show_run(spec: AnatomySpec | None, render: stage.Render | None) -> None:
    """Show one run and what belongs to it; the body of a fragment."""
    pieces = render.items if render is not None else ()
    own = bool(pieces)
    anatomy = Anatomy.of(pieces) if own else shipped()
    live = render is not None and render.live
    if anatomy is None:
        st.info("Press Render: the diagram fills as the picture comes.", icon=":material/account_tree:")
    else:
        diagram.show(anatomy, f"{anatomy.spec.key()} {'own' if own else 'shipped'}", live)
    if live:
        stage.progress(WORD, "pieces")
        return
    if render is not None:
        end(render)
    if anatomy is None:
        return
    if spec and pipelines.complete(spec) != anatomy.spec:
        st.caption("The controls ask for another picture than this one: press Render.")
    elif not own:
        st.caption("A run that ships with the library; press Render to see your own machine make it.")
    if anatomy.ending:
        costs.show(anatomy)
        takeaways.downloads(downloads(anatomy))


def end(render: stage.Render) -> None:
    """Say how the recording ended."""
    moments = max(0, len(render.items) - 2)
    if render.failed:
        saying.complain(render.job.error)
    elif render.cancelled:
        st.caption(
            f"Cancelled after {len(render.items) - 1} steps; they stay." if render.items else "Cancelled."
        )
    else:
        seconds = stage.spoken_seconds(render.job.seconds)
        st.caption(f"{moments} steps recorded in {seconds}, the same for everybody with this link.")


def downloads(anatomy: Anatomy) -> list[takeaways.Download]:
    """The picture, the tensors, the steps as a film; each built when asked for."""
    ending = anatomy.finished

    def steps():
        return [m.picture for m in anatomy.moments if m.picture is not None] or [ending.picture]

    tensors = takeaways.Download(
        "Tensors (.npz)", "anatomy.npz", "application/octet-stream", partial(files.npz, anatomy)
    )
    film = offers.film("anatomy-steps", steps, lambda: ending.recipe)[0]
    plates = [
        takeaways.Download(
            "Plate (SVG)", "anatomy-plate.svg", "image/svg+xml", partial(plate, anatomy, "svg")
        ),
        takeaways.Download("Plate (PNG)", "anatomy-plate.png", "image/png", partial(plate, anatomy, "png")),
    ]
    return [offers.picture(WORD, lambda: ending.picture, lambda: ending.recipe), tensors, film, *plates]


def plate(anatomy: Anatomy, kind: str) -> bytes:
    """The whole run on one sheet for print, as "svg" or "png"."""
    from lab.figures import sheet
    from lab.figures.anatomy.plate import plate as draw

    return getattr(sheet, kind)(draw(anatomy))
