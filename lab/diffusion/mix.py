"""Mix: blends of several prompts' embeddings, and how far each blend is from what it was made of.

A blend is the weighted mean of the sources' text embeddings, rendered at a fixed seed. The mean of m
embeddings is nearer to the middle of all embeddings than its sources are; the restored mean is stretched away
from the empty prompt until it is as far from it as they are (:func:`lab.diffusion.paths.blend`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lab.diffusion.likeness import Likeness, plain
from lab.diffusion.mix_spec import MixSpec
from lab.diffusion.recipe import recipe
from lab.diffusion.simplex import Weights

if TYPE_CHECKING:
    from torch import Tensor

    from lab.diffusion.model import Model


@dataclass(frozen=True, eq=False)
class Blend:
    """One blend.

    Parameters
    ----------
    image : ndarray of shape (H, W, 3), uint8
    weights : tuple of float
        One for each source, adding up to one.
    embedding : Tensor of shape (tokens, width), float32, on the CPU
    index : int
        Place among the blends that were asked for.
    """

    image: np.ndarray
    weights: Weights
    embedding: Tensor
    index: int


def mix(
    model: Model,
    prompts: Sequence[str],
    weights: Sequence[float] | Sequence[Sequence[float]] = (),
    mean: str = "plain",
    seed: int = 42,
    steps: int | None = None,
    guidance: float | None = None,
    scheduler: str | None = None,
    negative: str = "",
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Blend]:
    """Render blends of prompts.

    Parameters
    ----------
    model : Model
    prompts, mean, seed, steps, guidance, scheduler, negative
        As in :class:`MixSpec`.
    weights : sequence of numbers, or of such sequences
        One blend, or several: ``simplex.lattice(3, 6)`` is a triangle of 28. Equal weights if left out.
    cancelled, progress : callable
        As in :meth:`lab.diffusion.model.Model.render`.

    Returns
    -------
    iterator of Blend
        One for each weights, in order, each as soon as it is finished.

    Raises
    ------
    ValueError
        If the spec is out of its limits.

    Examples
    --------
    >>> blend = next(mix(model, ["a portrait of Ada", "a portrait of Clio", "a portrait of Hugo"]))
    """
    keys: Any = prompts if isinstance(prompts, str) else tuple(prompts)  # one text alone is refused
    several = [(one,) if isinstance(one, int | float) else tuple(one) for one in weights]
    one = bool(several) and isinstance(weights[0], int | float)
    asked: Any = (tuple(weights),) if one else tuple(several)
    spec = MixSpec(keys, asked, mean, seed, steps, guidance, scheduler, negative, model.name)
    return render_spec(model, spec, cancelled, progress)


def render_spec(
    model: Model,
    spec: MixSpec,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Blend]:
    """Render the blends that ``spec`` asks for; parameters left open are the model's defaults."""
    spec = spec.validate().with_defaults(model.defaults).validate()
    places = embeddings(model, spec)
    pictures = model.render(places, spec.seed, *spec.manner, cancelled=cancelled, progress=progress)
    own = zip(pictures, spec.blends(), places.cpu(), strict=False)
    return (Blend(image, weights, place, index) for index, (image, weights, place) in enumerate(own))


def embeddings(model: Model, spec: MixSpec) -> Tensor:
    """Embeddings of all blends, of shape ``(blends, tokens, width)``."""
    import torch

    from lab.diffusion import paths

    sources = model.embed(spec.prompts)
    centre = model.embed([""])[0] if spec.mean == "restored" else None
    return torch.stack([paths.blend(sources, weights, centre) for weights in spec.blends()])


def shortening(model: Model, spec: MixSpec) -> list[float]:
    """For each blend, how many times nearer to the empty prompt the plain mean is than its sources."""
    from lab.diffusion import paths

    sources, centre = model.embed(spec.prompts), model.embed([""])[0]
    return [float(paths.stretch(sources, weights, centre)) for weights in spec.blends()]


def likenesses(model: Model, spec: MixSpec, blends: Sequence[Blend]) -> tuple[Likeness, ...]:
    """Distances of blends to their sources in every measure there is for this model.

    The sources must be among the blends: they are those with all the weight on one.
    """
    import torch

    from lab.diffusion import likeness

    pure = [_source(blends, number) for number in range(len(spec.prompts))]
    places = torch.stack([blend.embedding for blend in blends])
    found = []
    for measure in likeness.measures(model):
        vectors = likeness.describe(measure, [blend.image for blend in blends], places)
        found.append(likeness.compare(measure, vectors, vectors[pure]))
    return tuple(found)


def _source(blends: Sequence[Blend], number: int) -> int:
    for index, blend in enumerate(blends):
        if blend.weights[number] == 1:
            return index
    raise ValueError(f"Source {number + 1} is not among the blends; add it with weight 1.")


def facts(model: Model, spec: MixSpec, blends: Sequence[Blend]) -> dict:
    """Recipe of the blends, with their distances to the sources and how much shorter the plain mean is."""
    found = {one.measure: plain(one) for one in likenesses(model, spec, blends)}
    short = [round(float(value), 4) for value in shortening(model, spec)]
    return recipe("mix", model, spec) | {"likeness": found, "shortening": short}
