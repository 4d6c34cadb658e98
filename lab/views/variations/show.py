"""What the variations show: the wall or the film, the chosen step, the walk panel, the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from lab import gallery
from lab.diffusion.variations_spec import VariationsSpec
from lab.exports import MILLISECONDS
from lab.figures.morph import read_film
from lab.galleries import variations as shipped
from lab.presets import Preset, read
from lab.views import files, honeycomb, linked, pipelines, player, stage, takeaways, wall
from lab.views.variations import panel, way

if TYPE_CHECKING:
    from lab.diffusion.model import Model

STATE = st.session_state
WORD = "variations"
LOOKS = {"wall": "As a wall", "film": "As a film"}
CHOSEN = "variations chosen"


@dataclass(frozen=True, eq=False)
class Walk:
    """A walk to show, shipped or rendered: what it is, the pictures there are, how to get at the files."""

    name: str
    spec: VariationsSpec
    pictures: list[bytes]
    recipe: dict
    images: Callable[[], list[np.ndarray]]


def work(spec: VariationsSpec):
    """Work for the engine, and the network calls it takes."""
    calls = pipelines.network_calls(spec, spec.count + 1)
    return pipelines.work(spec, calls, items), calls


def items(model: Model, spec: VariationsSpec, cancelled, progress) -> Iterator[pipelines.Shown]:
    """The start and its variations as `Shown`; runs in the worker."""
    from lab.diffusion.variations import facts, render_spec
    from lab.figures.morph import encode

    known = facts(model, spec)
    for item in render_spec(model, spec, cancelled, progress, first=0):
        yield pipelines.Shown(item, encode(item.image), known)


def render(spec: VariationsSpec) -> None:
    """Hand a walk to the engine."""
    whole = pipelines.complete(spec)
    todo, calls = work(whole)
    stage.submit(WORD, whole, todo, pipelines.models().expect(whole.model, calls))


def exhibit(spec: VariationsSpec | None, preset: Preset | None) -> None:
    """Show the visitor's walk, or the shipped one of the preset that the controls show, or the first."""
    asked = pipelines.complete(spec) if spec else None
    mine = stage.current(WORD)
    if preset and shipped.film_of(preset).is_file() and not (mine and mine.spec == asked):
        stage.polled(WORD, lambda _: draw(of_preset(preset), asked))
    else:
        stage.polled(WORD, partial(_draw_render, asked))


def _draw_render(asked: VariationsSpec | None, render: stage.Render | None) -> None:
    if render:
        draw(of_render(render), asked, render)
    elif ready := [preset for preset in read(WORD) if shipped.film_of(preset).is_file()]:
        draw(of_preset(ready[0]), asked)
    else:
        st.info("Press Render: the first pictures come within seconds.", icon=":material/grain:")


def of_preset(preset: Preset) -> Walk:
    """The walk of a preset that ships with the library."""
    path: Path = shipped.film_of(preset)
    spec = pipelines.complete(shipped.spec_of(preset))
    pictures = honeycomb.film(path)[: spec.count + 1]
    return Walk(
        f"film {path.name}", spec, pictures, gallery.recipe_in(path), partial(read_film, path, MILLISECONDS)
    )


def of_render(render: stage.Render) -> Walk:
    """The visitor's own walk, as far as it is finished."""
    found = render.items
    recipe = found[0].recipe if found else {}

    def images() -> list[np.ndarray]:
        return [shown.frame.image for shown in found]

    return Walk(f"render {render.job.key}", render.spec, [shown.jpeg for shown in found], recipe, images)


def draw(walk: Walk, asked: VariationsSpec | None, render: stage.Render | None = None) -> None:
    """Show a walk; the body of the fragment that is looked at again while pictures come."""
    look = linked.choice(st.segmented_control, "Show", LOOKS, "look", label_visibility="collapsed")
    chosen = _chosen(walk)
    if look == "film":
        _film(walk, render is not None and render.live)
    else:
        chosen = _wall(walk, chosen)
    _state(walk, asked, render)
    _choice(walk, chosen)
    if "spread" in walk.recipe:
        panel.show(walk.recipe, walk.pictures, chosen)
    takeaways.downloads(
        files.film(WORD, walk.images, lambda: walk.recipe), disabled=len(walk.pictures) <= walk.spec.count
    )


def _chosen(walk: Walk) -> int | None:
    film, index = STATE.get(CHOSEN, ("", None))
    return index if film == walk.name else None


def _wall(walk: Walk, chosen: int | None) -> int | None:
    steps = range(walk.spec.count + 1)
    labels = ["the start", *(f"{k}" for k in steps[1:])]
    what = walk.spec.prompt
    alts = [f"The start: {what}", *(f"Variation {k} of {walk.spec.count}: {what}" for k in steps[1:])]
    picked = wall.hang(walk.name, walk.pictures, labels, alts, chosen, f"Variations of {what}", "wall")
    if picked is not None and picked != chosen:
        STATE[CHOSEN] = (walk.name, picked)
        st.rerun(scope="fragment")
    return chosen


def _film(walk: Walk, live: bool) -> None:
    total = walk.spec.count + 1
    prompts = ["the start", *(f"step {k}" for k in range(1, total)), "the start again"]
    stops = [(k, k + 1, 0.0) for k in range(total)]
    player.play(walk.name, walk.pictures, stops, prompts, "ring", live)


def _state(walk: Walk, asked: VariationsSpec | None, render: stage.Render | None) -> None:
    """Say what this is, or how far it is."""
    told = "" if asked == walk.spec else " Yours is not rendered yet."
    stage.ending(WORD, render, walk.spec.count + 1, f"A walk that ships with the library.{told}")


def _choice(walk: Walk, chosen: int | None) -> None:
    """What one may do with the chosen picture."""
    if chosen is None:
        st.caption("Choose a picture: it can be taken home, or become the start of the next walk.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        name = f"step {chosen}" if chosen else "the start"
        how: dict[str, Any] = {
            "icon": ":material/center_focus_strong:",
            "disabled": not chosen,
            "on_click": way.pick,
        }
        if st.button(f"Begin anew at {name}", key="variations pick", args=(walk.spec, chosen), **how):
            st.rerun()
        images, recipe = walk.images, walk.recipe | {"step": chosen}
        takeaways.downloads([files.picture(f"variation-{chosen}", lambda: images()[chosen], lambda: recipe)])
