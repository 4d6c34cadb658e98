"""Calculating an expression on tensors: the same tree over latents and over pixels.

Both are float32 of shape ``(channels, height, width)`` around 0: latents as the autoencoder gives them,
pixels from -1 to 1 as it takes them, so that minus a picture is exactly its colour negative.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import torch
from torch import Tensor

from lab import compute
from lab.diffusion import paths
from lab.diffusion.latents.syntax import Call, Channels, Name, Negated, Node, Number, Operation

LARGEST = 1e6  # what is beyond is cut, so that no product overflows


@dataclass(frozen=True, eq=False)
class Space:
    """Where an expression is calculated.

    Parameters
    ----------
    pictures : mapping of str to Tensor of shape (channels, height, width)
        Each letter's picture.
    cell : int
        Elements along one latent position: 1 for latents, the autoencoder's factor (8) for pixels.
    factor : int
        Picture pixels along one latent position.
    signal : Tensor of shape (timesteps,), float
        The scheduler's cumulative alphas.
    seed : int
        Of the first noise; each further noise of an expression takes the next number.
    """

    pictures: Mapping[str, Tensor]
    cell: int
    factor: int
    signal: Tensor
    seed: int = 42


def calculate(tree: Node, space: Space) -> Tensor:
    """Value of an expression in a space, float32 of the shape of its pictures.

    Raises
    ------
    ValueError
        If it asks for a channel that the space does not have.
    """
    found = Calculation(space).value(tree)
    assert isinstance(found, Tensor), "the expression makes no picture"
    return found


class Calculation:
    """One walk through a tree; counts the noises so that each is another one."""

    def __init__(self, space: Space):
        self.space, self.noises = space, count(space.seed)

    def value(self, node: Node) -> Any:
        """Value of a node: a picture, or a number."""
        found = self._value(node)
        return found.clamp(-LARGEST, LARGEST) if isinstance(found, Tensor) else found

    def _value(self, node: Node) -> Any:
        match node:
            case Number(value):
                return value
            case Name(letter):
                return self.space.pictures[letter]
            case Negated(of):
                return -self.value(of)
            case Operation("+", left, right):
                return self.value(left) + self.value(right)
            case Operation("-", left, right):
                return self.value(left) - self.value(right)
            case Operation("*", left, right):
                return self.value(left) * self.value(right)
            case Operation("/", left, right):
                return self.value(left) / self.value(right)
            case Channels(of, channels):
                return keep(self.value(of), channels)
            case Call(function, arguments):
                return getattr(self, function)(*(self.value(argument) for argument in arguments))
        raise ValueError(f"There is no node {node}.")

    def mean(self, *pictures: Tensor) -> Tensor:  # noqa: D102
        return torch.stack(pictures).mean(0)

    def lerp(self, a: Tensor, b: Tensor, t: float) -> Tensor:  # noqa: D102
        return paths.lerp(a, b, t)

    def slerp(self, a: Tensor, b: Tensor, t: float) -> Tensor:
        """The whole picture is one vector."""
        return paths.slerp(a.reshape(1, -1), b.reshape(1, -1), t).reshape(a.shape)

    def noise(self, a: Tensor, level: float, seed: float | None = None) -> Tensor:
        """The forward process at a level, with its own noise or that of a seed."""
        own = next(self.noises) if seed is None else int(seed)
        noise = torch.randn(a.shape, generator=compute.generator(own % compute.SEED_LIMIT))
        return diffused(a, noise.to(a.device), level, self.space.signal)

    def blur(self, a: Tensor, radius: float) -> Tensor:  # noqa: D102
        return blurred(a, radius * self.space.cell / self.space.factor)

    def mirror(self, a: Tensor) -> Tensor:  # noqa: D102
        return a.flip(-1)

    def turn(self, a: Tensor) -> Tensor:  # noqa: D102
        return a.flip(-1, -2)

    def shift(self, a: Tensor, right: float, down: float) -> Tensor:
        """By whole latent positions, in both spaces."""
        return a.roll((self._elements(a, down, -2), self._elements(a, right, -1)), (-2, -1))

    def beside(self, a: Tensor, b: Tensor, share: float) -> Tensor:  # noqa: D102
        column = torch.arange(a.shape[-1], device=a.device)
        return torch.where(column < self._elements(a, share, -1), a, b)

    def above(self, a: Tensor, b: Tensor, share: float) -> Tensor:  # noqa: D102
        row = torch.arange(a.shape[-2], device=a.device)[:, None]
        return torch.where(row < self._elements(a, share, -2), a, b)

    def abs(self, a: Tensor) -> Tensor:  # noqa: D102
        return a.abs()

    def min(self, a: Tensor, b: Tensor) -> Tensor:  # noqa: D102
        return torch.minimum(a, b)

    def max(self, a: Tensor, b: Tensor) -> Tensor:  # noqa: D102
        return torch.maximum(a, b)

    def _elements(self, a: Tensor, share: float, axis: int) -> int:
        """A share of a side, in elements that are whole latent positions."""
        return round(share * a.shape[axis] / self.space.cell) * self.space.cell


def keep(picture: Tensor, channels: tuple[int, ...]) -> Tensor:
    """Only these channels; the others are 0."""
    if channels[-1] >= len(picture):
        raise ValueError(f"There is no channel {channels[-1]}; there are 0 to {len(picture) - 1}.")
    kept = torch.zeros_like(picture)
    kept[list(channels)] = picture[list(channels)]
    return kept


def timestep(level: float, timesteps: int) -> int:
    """The timestep of a noise level from 0 to 1; -1, before the first, for none at all."""
    return round(level * timesteps) - 1


def diffused(clean: Tensor, noise: Tensor, level: float, signal: Tensor) -> Tensor:
    """The forward process, ``sqrt(s) * x + sqrt(1 - s) * noise``, ``s`` the cumulative alpha of the level.

    Just what a diffusers scheduler's ``add_noise`` does at that timestep; level 0 leaves a picture as it is.

    Source: Ho et al., Denoising Diffusion Probabilistic Models, 2020, equation 4.
    """
    index = timestep(level, len(signal))
    if index < 0:
        return clean
    share = signal[index].to(clean)
    return share.sqrt() * clean + (1 - share).sqrt() * noise


def blurred(picture: Tensor, deviation: float) -> Tensor:
    """Gaussian blur of a standard deviation in elements, cut at four deviations; edges are continued."""
    if deviation <= 0:
        return picture
    reach = math.ceil(4 * deviation)
    weights = torch.exp(-0.5 * (torch.arange(-reach, reach + 1, device=picture.device) / deviation) ** 2)
    kernel = (weights / weights.sum()).to(picture.dtype)
    planes = picture[:, None]  # (C, 1, H, W)
    for shape, pad in (((1, 1, 1, -1), (reach, reach, 0, 0)), ((1, 1, -1, 1), (0, 0, reach, reach))):
        padded = torch.nn.functional.pad(planes, pad, mode="replicate")
        planes = torch.nn.functional.conv2d(padded, kernel.reshape(shape))
    return planes[:, 0]
