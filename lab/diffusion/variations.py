"""Variations: a random walk on a leash around one prompt, rendered at a fixed seed.

``y[k] = pull * y[0] + (1 - pull) * (y[k-1] + noise)``, k = 1, 2, ...: every step is a neighbour of the last
one and never far from the start. One of them may be picked as the new start, again and again. sigma is
counted in the model's unit (:mod:`lab.diffusion.unit`), so that 0.02 is about the same visible change on
every model; the unit is 1 for Stable Diffusion 1.x, whose numbers these are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lab.compute import generator
from lab.diffusion.folder import embedding_unit
from lab.diffusion.recipe import recipe
from lab.diffusion.spread import Spread, measure, plain
from lab.diffusion.variations_spec import Pick, VariationsSpec

if TYPE_CHECKING:
    from torch import Tensor

    from lab.diffusion.model import Model


@dataclass(frozen=True, eq=False)
class Variation:
    """One step of the walk.

    Parameters
    ----------
    image : ndarray of shape (H, W, 3), uint8
    embedding : Tensor of shape (tokens, width), float32, on the CPU
        As the model gets it: in the long run every coordinate deviates from the start with a standard
        deviation of ``unit * sigma / sqrt(3)`` for a pull of one half.
    step : int
        k; 0 is the start.
    unit : float
        By which sigma was multiplied for this model.
    """

    image: np.ndarray
    embedding: Tensor
    step: int
    unit: float


def variations(
    model: Model,
    prompt: str,
    count: int = 16,
    sigma: float = 0.02,
    pull: float = 0.5,
    seed: int = 42,
    walk_seed: int | None = None,
    picks: Sequence[Pick] = (),
    steps: int | None = None,
    guidance: float | None = None,
    scheduler: str | None = None,
    negative: str = "",
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Variation]:
    """Render variations ``y[1] .. y[count]`` of a prompt.

    Parameters
    ----------
    model : Model
    prompt, count, sigma, pull, seed, walk_seed, picks, steps, guidance, scheduler, negative
        As in :class:`VariationsSpec`; sigma is multiplied by the model's unit.
    cancelled, progress : callable
        As in :meth:`lab.diffusion.model.Model.render`.

    Returns
    -------
    iterator of Variation
        In order, each as soon as it is finished; all embeddings are known before the first is rendered.

    Raises
    ------
    ValueError
        If the spec is out of its limits.
    """
    asked = (count, sigma, pull, walk_seed, seed, steps, guidance, scheduler, negative, model.name)
    spec = VariationsSpec(prompt, tuple(picks), *asked)
    return render_spec(model, spec, cancelled, progress)


def render_spec(
    model: Model,
    spec: VariationsSpec,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda done, total: None,
    first: int = 1,
) -> Iterator[Variation]:
    """Render the walk that ``spec`` asks for, from step ``first`` on: 0 shows the start too."""
    spec = spec.validate().with_defaults(model.defaults).validate()
    places = embeddings(model, spec)[first:]  # (count or one more, T, W)
    pictures = model.render(places, spec.seed, *spec.manner, cancelled=cancelled, progress=progress)
    unit = embedding_unit(model.folder)
    own = enumerate(places.cpu(), start=first)
    return (Variation(image, place, k, unit) for image, (k, place) in zip(pictures, own, strict=False))


def embeddings(model: Model, spec: VariationsSpec) -> Tensor:
    """The start and all steps, ``y[0] .. y[count]``, of shape ``(count + 1, tokens, width)``."""
    import torch

    from lab.diffusion import paths

    unit, place = embedding_unit(model.folder), model.embed([spec.prompt])[0]  # (T, W)
    own = Pick(spec.count, spec.noise_seed, spec.sigma, spec.pull)
    for walk in (*spec.picks, own):
        start = place
        steps = paths.walk(start, walk.step, unit * walk.sigma, walk.pull, generator(walk.seed))
        place = steps[-1]
    return torch.cat([start[None], steps])


def spread(model: Model, spec: VariationsSpec) -> Spread:
    """Spread of the walk beside its theory, in the model's unit; nothing is rendered."""
    start, *steps = embeddings(model, spec).cpu().numpy()
    return measure(start, np.stack(steps), spec.sigma, spec.pull, embedding_unit(model.folder))


def facts(model: Model, spec: VariationsSpec) -> dict:
    """Recipe of the walk, with the model's unit and the spread."""
    told = {"unit": embedding_unit(model.folder), "spread": plain(spread(model, spec))}
    return recipe("variations", model, spec) | told
