"""Blends to show, shipped or rendered, and the work that renders them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from lab import gallery
from lab.diffusion.likeness import MEASURES, Likeness, revive
from lab.diffusion.mix_spec import MixSpec
from lab.diffusion.simplex import Weights, corners
from lab.exports import MILLISECONDS
from lab.figures.morph import read_film
from lab.galleries import mix as shipped
from lab.presets import Preset
from lab.views import honeycomb, pipelines, stage
from lab.views.simplex import near

if TYPE_CHECKING:
    from lab.diffusion.model import Model

WORD, BLEND = "mix", "mix blend"  # all blends of a lattice; one blend and its sources


@dataclass(frozen=True, eq=False)
class Grid:
    """Blends to show: what they are, the pictures there are, what is known of them, how to get at them."""

    name: str
    spec: MixSpec
    pictures: list[bytes]
    recipe: dict
    images: Callable[[], list[np.ndarray]]

    @property
    def whole(self) -> bool:
        """Whether all pictures are there."""
        return len(self.pictures) >= len(self.spec.weights)

    @property
    def likenesses(self) -> tuple[Likeness, ...]:
        """Distances to the sources in every measure; none before all pictures are there."""
        known = self.recipe.get("likeness", {})
        return tuple(revive(word, known[word]) for word in MEASURES if word in known)

    def nearest(self, weights: Weights) -> int:
        """Number of the blend nearest to these weights."""
        away = [sum((a - b) ** 2 for a, b in zip(own, weights, strict=True)) for own in self.spec.weights]
        return away.index(min(away))


def of_preset(preset: Preset) -> Grid:
    """The blends of a preset that ship with the library."""
    path, spec = shipped.film_of(preset), pipelines.complete(shipped.spec_of(preset))
    images = partial(read_film, path, MILLISECONDS)
    pictures = honeycomb.film(path)[: len(spec.weights)]
    return Grid(f"film {path.name}", spec, pictures, gallery.recipe_in(path), images)


def of_render(render: stage.Render) -> Grid:
    """The visitor's own blends, as far as they are finished."""
    found = render.items

    def images() -> list[np.ndarray]:
        return [shown.frame.image for shown in found]

    pictures = [shown.jpeg for shown in found]
    return Grid(f"render {render.job.key}", render.spec, pictures, found[-1].recipe if found else {}, images)


def empty(spec: MixSpec) -> Grid:
    """Blends that nobody has rendered yet: their places, no pictures."""
    return Grid(f"none {spec.key()}", spec, [], {}, list)


def exact(spec: MixSpec, weights: Weights) -> Grid | None:
    """The visitor's render of exactly these weights, once it is finished."""
    render = stage.current(BLEND)
    if not render or render.live or not render.items:
        return None
    grid = of_render(render)
    same = replace(render.spec, weights=()) == replace(spec, weights=())
    return grid if same and grid.whole and near(grid.spec.weights[0], weights) else None


def calls(spec: MixSpec) -> int:
    """Network calls of a render."""
    return pipelines.network_calls(spec, len(spec.weights))


def render(word: str, spec: MixSpec) -> None:
    """Hand blends to the engine."""
    whole = pipelines.complete(spec)
    todo = pipelines.work(whole, calls(whole), items)
    stage.submit(word, whole, todo, pipelines.models().expect(whole.model, calls(whole)))


def render_point(spec: MixSpec, weights: Weights) -> None:
    """Hand one blend and its sources to the engine; the sources are what it is compared with."""
    render(BLEND, replace(spec, weights=(weights, *corners(len(spec.prompts)))))


def items(model: Model, spec: MixSpec, cancelled, progress) -> Iterator[pipelines.Shown]:
    """Blends as `Shown`, the last one with their distances in its recipe; runs in the worker."""
    from lab.diffusion.mix import facts, render_spec
    from lab.diffusion.recipe import recipe
    from lab.figures.morph import encode

    known, found = recipe(WORD, model, spec), []
    for blend in render_spec(model, spec, cancelled, progress):
        found.append(blend)
        if len(found) == len(spec.weights):
            known = facts(model, spec, found)
        yield pipelines.Shown(blend, encode(blend.image), known)
