"""The noise that frames begin from: one seed for all of them, a seed for each, or noise that is handed in."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from lab import compute
from lab.diffusion.sampling import initial_noise

Seeds = int | Sequence[int]  # of all frames, or of each


def draw(
    shape: tuple[int, int, int], seed: Seeds, rows: int, noise: Tensor | None = None
) -> tuple[Tensor, list[torch.Generator]]:
    """Initial noise of a batch, and the generators that its steps go on from; the last frame fills it up.

    Parameters
    ----------
    shape : (channels, height, width)
    seed : int, or at most ``rows`` of them
    rows : int
        Frames of the batch.
    noise : Tensor of shape (n, channels, height, width), optional
        Stands in the place of what the seeds draw. It is drawn all the same, so the noise of later steps is
        that of the seed.

    Returns
    -------
    Tensor of shape (rows, channels, height, width), float32, and a list of ``rows`` generators
    """
    seeds = [seed] * rows if isinstance(seed, int) else _filled(seed, rows)
    generators = {each: compute.generator(each) for each in dict.fromkeys(seeds)}
    drawn = {each: initial_noise(generator, shape) for each, generator in generators.items()}
    begin = [drawn[each] for each in seeds] if noise is None else _filled(noise.split(1), rows)
    return torch.cat(begin).float(), [generators[each] for each in seeds]


def part(seed: Seeds, noise: Tensor | None, first: int, count: int) -> tuple[Seeds, Tensor | None]:
    """What of seeds and noise belongs to ``count`` frames from ``first`` on."""
    own = seed if isinstance(seed, int) else seed[first : first + count]
    return own, None if noise is None else noise[first : first + count]


def check(shape: tuple[int, int, int], seed: Seeds, noise: Tensor | None, count: int) -> None:
    """Raise ``ValueError`` unless there is one seed, or one for each of ``count`` frames."""
    if isinstance(seed, list | tuple) and len(seed) != count:
        raise ValueError(f"There are {len(seed)} seeds for {count} embeddings; give one, or one for each.")
    if noise is not None and tuple(noise.shape) != (count, *shape):
        raise ValueError(
            f"The noise has shape {tuple(noise.shape)}, but {count} frames take {(count, *shape)}."
        )


def _filled(items: Sequence, count: int) -> list:
    return [*items, *[items[-1]] * (count - len(items))]
