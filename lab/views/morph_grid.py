"""The grid between four prompts, under the film: the form's first four are its corners."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from lab.diffusion.bilinear import SIDE_LEAST, SIDE_MOST, BilinearSpec, bilinear, weights
from lab.diffusion.spec import MorphSpec
from lab.views import files, pipelines, saying, stage, takeaways, wall

WORD = "morph grid"
CORNERS = 4


def show(spec: MorphSpec) -> None:
    """Show the fold with the grid of the form's first four prompts."""
    with st.expander("A grid between four prompts", icon=":material/grid_view:"):
        if len(spec.prompts) < CORNERS:
            st.caption(f"The grid has four corners, the form has {len(spec.prompts)} prompts: add some.")
            return
        st.caption(
            "The first four prompts are the corners; every picture inside is a weighted mean of all four "
            "embeddings, with weights (1 - x)(1 - y), x(1 - y), (1 - x)y and xy. Rows and columns are morphs."
        )
        side = st.slider("Pictures of a row", SIDE_LEAST, SIDE_MOST, 4, key="morph grid side")
        if st.button("Fill the grid", key="morph grid go", icon=":material/grid_view:"):
            _submit(_corners(spec, side))
        current = stage.current(WORD)
        if current and current.spec == pipelines.complete(_corners(spec, current.spec.side)):
            stage.polled(WORD, _draw)


def _corners(spec: MorphSpec, side: int) -> BilinearSpec:
    """The grid with the morph's sampling."""
    same = ("seed", "steps", "guidance", "scheduler", "negative", "model")
    return BilinearSpec(spec.prompts[:CORNERS], side, **{name: getattr(spec, name) for name in same})


def _submit(spec: BilinearSpec) -> None:
    with saying.sentences():
        whole = pipelines.complete(spec.validate())
        calls = pipelines.network_calls(whole, whole.side**2)
        seconds = pipelines.models().expect(whole.model, calls)
        stage.submit(WORD, whole, pipelines.work(whole, calls, _cells), seconds)


def _cells(model, spec: BilinearSpec, cancelled, progress) -> Iterator[tuple]:
    """Cells with their JPEG and their recipe; runs in the worker."""
    from lab.diffusion.recipe import recipe
    from lab.figures.morph import encode

    for cell in bilinear(model, spec, cancelled, progress):
        yield cell, encode(cell.image), recipe("morph grid", model, spec)


def _draw(render: stage.Render | None) -> None:
    if render is None:
        return
    spec, cells = render.spec, render.items
    shares = [", ".join(f"{100 * share:.0f} %" for share in row) for row in weights(spec.side)]
    alts = [f"{share} of the four prompts" for share in shares]
    pictures = [jpeg for _, jpeg, _ in cells] + [b""] * (spec.side**2 - len(cells))
    rows = [spec.side] * spec.side
    wall.hang(f"grid {spec.key()}", pictures, shares, alts, None, "Grid between four prompts", WORD, rows)
    if render.live:
        stage.progress(WORD)
        return
    stage.end(WORD, spec.side**2)
    if cells:
        images, recipe = (lambda: [cell.image for cell, _, _ in cells]), (lambda: cells[0][2])
        takeaways.downloads([files.film("grid", images, recipe)[-1]])
