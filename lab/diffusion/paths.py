"""Paths between text embeddings.

An embedding is a row of token vectors, of shape ``(tokens, width)``. Text is walked in straight lines by
default; on a sphere the walk is done token by token. A random walk stays near its start on a leash, a blend
lies between any number of embeddings.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

SINE_LEAST = 1e-4  # below it the angle between two float32 vectors is rounding
SHORTEST = 1e-4  # a mean that is shorter than this share of its sources has lost its direction to rounding


def lerp(a: Tensor, b: Tensor, t: float) -> Tensor:
    """Straight line from ``a`` to ``b``, both ends exact.

    Parameters
    ----------
    a, b : Tensor of one shape
    t : float
        0 is ``a``, 1 is ``b``; beyond them the line goes on.
    """
    return torch.lerp(a, b, t)


def slerp(a: Tensor, b: Tensor, t: float) -> Tensor:
    """Great-circle path from ``a`` to ``b``, token by token over the last axis, both ends exact.

    The angle is that between the directions. Where tokens are parallel (the start token is the same in all
    prompts), opposite or zero, no great circle is defined and the token walks in a straight line.

    Parameters
    ----------
    a, b : Tensor of shape (..., width)
    t : float
        0 is ``a``, 1 is ``b``.

    Source: Shoemake, Animating rotation with quaternion curves, SIGGRAPH 1985. The angle is Kahan's, taken
    from two lengths, which is exact to rounding where the arccosine is not.
    """
    u, v = (torch.nn.functional.normalize(vector, dim=-1) for vector in (a, b))
    angle = 2 * torch.atan2(_length(u - v), _length(u + v))  # (T, 1)
    sine = torch.sin(angle)
    curved = torch.sin((1 - t) * angle) / sine * a + torch.sin(t * angle) / sine * b
    return torch.where(sine * _length(u) * _length(v) > SINE_LEAST, curved, lerp(a, b, t))


def walk(y0: Tensor, count: int, sigma: float, pull: float, generator: torch.Generator) -> Tensor:
    """Random walk on a leash: ``y[k] = pull * y[0] + (1 - pull) * (y[k-1] + noise)`` for k = 1 .. count.

    The start ``y[0]`` is not among the steps returned: row ``k - 1`` is ``y[k]``. A longer walk from the same
    generator begins with the shorter one. All steps are known before anything is rendered.

    The deviation ``d[k] = y[k] - y[0] = a * (d[k-1] + noise)`` with ``a = 1 - pull`` does not depend on
    ``y[0]``. Every coordinate of it has variance ``sigma**2 * (a**2 + a**4 + ... + a**(2 k))``, which tends
    to ``sigma**2 / 3`` for a pull of one half: see :mod:`lab.diffusion.spread`.

    Parameters
    ----------
    y0 : Tensor of shape (tokens, width), or (1, tokens, width) as ``Model.embed`` gives it
    count : int
        Steps, at least 1.
    sigma : float
        Standard deviation of the Gaussian noise of a step, in every coordinate of every token.
    pull : float
        0 is free Brownian motion, 1 never leaves the start.
    generator : torch.Generator
        On the CPU; gives ``count`` times ``tokens * width`` float32 numbers.

    Returns
    -------
    Tensor of shape (count, tokens, width)
        Of the dtype and on the device of ``y0``.
    """
    if count < 1 or sigma < 0 or not 0 <= pull <= 1:
        raise ValueError(
            f"The walk has {count} steps, sigma {sigma} and pull {pull}; it needs at least 1 step, a sigma "
            f"from 0 upward and a pull from 0 to 1."
        )
    start = y0.reshape(y0.shape[-2:])  # (T, W)
    deviation, steps = torch.zeros_like(start), []
    for _ in range(count):
        noise = torch.randn(start.shape, generator=generator, dtype=torch.float32)
        deviation = (1 - pull) * (deviation + sigma * noise.to(start))
        steps.append(start + deviation)
    return torch.stack(steps)  # (count, T, W)


def blend(sources: Tensor, weights: Sequence[float], centre: Tensor | None = None) -> Tensor:
    """Weighted mean of embeddings, exact where one source has all the weight.

    A mean is nearer to the centre of all embeddings than what it is the mean of: if m sources deviate from
    it independently and equally far, their mean deviates by that over the square root of m. With a
    ``centre`` the deviation is stretched back to the weighted mean of the sources' lengths.

    Parameters
    ----------
    sources : Tensor of shape (m, tokens, width)
    weights : sequence of m float
        As :func:`lab.diffusion.simplex.normalise` returns them.
    centre : Tensor of shape (tokens, width), optional
        From where lengths are measured; the plain mean if left out.

    Returns
    -------
    Tensor of shape (tokens, width)
    """
    shares = torch.tensor(weights, dtype=sources.dtype, device=sources.device)
    mean = torch.einsum("m,mtw->tw", shares, sources)
    if centre is None:
        return mean
    return mean + (stretch(sources, weights, centre) - 1) * (mean - centre)


def stretch(sources: Tensor, weights: Sequence[float], centre: Tensor) -> Tensor:
    """Factor by which the mean's deviation from ``centre`` is shorter than those of the sources, a scalar.

    At least 1, by the triangle inequality; 1 where the mean is the centre itself and no direction is left.

    Parameters
    ----------
    sources, weights, centre
        As in :func:`blend`.
    """
    shares = torch.tensor(weights, dtype=sources.dtype, device=sources.device)
    lengths = (sources - centre).flatten(1).norm(dim=1)  # (m,)
    mean = torch.einsum("m,mtw->tw", shares, sources)
    length = (mean - centre).norm()
    wanted = (shares * lengths).sum()
    return torch.where(length > SHORTEST * wanted, wanted / length, torch.ones_like(length))


def _length(vectors: Tensor) -> Tensor:
    return vectors.norm(dim=-1, keepdim=True)
