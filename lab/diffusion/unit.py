"""The unit of noise on embeddings: by how much sigma grows on a model, so that equal numbers look equal.

Embeddings of two models have nothing to do with each other, and how much of a shake one sees depends on the
network behind them. So the unit is measured on pictures: with ``sigma = 0.02`` and a pull of one half, the
pictures of a long walk shall differ from their start by a tenth of the difference between the pictures of two
different prompts, seed and noise being the same: at a glance the same picture, at a second look another one.
The tenth is this project's choice; the unit of Stable Diffusion 1.x, whose numbers these are, is 1 as in the
post.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lab.compute import generator
from lab.diffusion.spread import limit

if TYPE_CHECKING:
    from torch import Tensor

    from lab.diffusion.model import Model

SIGMA, PULL = 0.02, 0.5
VISIBLE = 0.1  # of the difference between two prompts' pictures
UNITS = (1.0, 4.0, 16.0, 32.0, 64.0, 128.0, 256.0)
SHAKES = 2  # noises for each prompt and unit
PROMPTS = (
    "a city street on a rainy day, at night",
    "a forest in fog, at dawn",
    "a portrait of Ada",
    "a watercolour of a harbour at dawn",
    "an engraving of a library",
    "a portrait of Hugo as a librarian",
    "a desert at sunset",
    "a neon picture of a cathedral",
)


@dataclass(frozen=True)
class Measured:
    """The unit and what it was read from.

    Attributes
    ----------
    unit : float
    between : float
        Mean difference of the pictures of two prompts, root mean square over pixels, 0 to 255.
    curve : tuple of (float, float)
        Units that were tried, and the mean difference to the start as a share of ``between``.
    """

    unit: float
    between: float
    curve: tuple[tuple[float, float], ...]


def measure_unit(
    model: Model,
    seed: int = 42,
    told: Callable[[float, float], None] = lambda unit, share: None,
) -> Measured:
    """Measure the unit of a model on its own pictures; some 100 of them.

    Parameters
    ----------
    model : Model
    seed : int
        Of the pictures and of the noise.
    told : callable
        Called with each unit that was tried and the share it gave.

    Raises
    ------
    ValueError
        If the pictures differ too little even with the largest unit.
    """
    places = model.embed(PROMPTS)
    start = _pictures(model, places, seed)
    between = float(np.mean([_difference(a, b) for i, a in enumerate(start) for b in start[:i]]))
    curve: list[tuple[float, float]] = []
    for unit in UNITS:
        share = _shaken(model, places, start, unit, seed) / between
        curve.append((unit, share))
        told(unit, share)
        if share >= VISIBLE:
            return Measured(_crossing(curve), between, tuple(curve))
    raise ValueError(
        f"Even a unit of {UNITS[-1]:g} changes the pictures by {share:.3f} only; try another model."
    )


def _shaken(model: Model, places: Tensor, start: np.ndarray, unit: float, seed: int) -> float:
    """Mean difference to the start when every coordinate deviates as in a long walk with this unit."""
    import torch

    noise, found = generator(seed), []
    for _ in range(SHAKES):
        shake = torch.randn(places.shape, generator=noise).to(places) * limit(SIGMA, PULL) * unit
        found += list(map(_difference, _pictures(model, places + shake, seed), start))
    return float(np.mean(found))


def _pictures(model: Model, places: Tensor, seed: int) -> np.ndarray:
    return np.stack([*model.render(places, seed, **model.defaults)]).astype(np.float64)


def _difference(a: np.ndarray, b: np.ndarray) -> float:
    return math.sqrt(((a - b) ** 2).mean())


def _crossing(curve: list[tuple[float, float]]) -> float:
    """Where the curve crosses ``VISIBLE``, on a straight line between logarithms, to two digits."""
    if len(curve) == 1:
        return curve[0][0]
    (u, p), (v, q) = (tuple(math.log(max(x, 1e-9)) for x in point) for point in curve[-2:])
    unit = math.exp(u + (v - u) * (math.log(VISIBLE) - p) / (q - p))
    return float(f"{unit:.2g}")
