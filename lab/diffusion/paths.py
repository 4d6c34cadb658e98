"""Paths between text embeddings.

An embedding is a row of token vectors, of shape ``(tokens, width)``. Text is walked in straight lines by
default; on a sphere the walk is done token by token.
"""

import torch
from torch import Tensor

SINE_LEAST = 1e-4  # below it the angle between two float32 vectors is rounding


def lerp(a: Tensor, b: Tensor, t: float) -> Tensor:
    """Straight line from ``a`` (t = 0) to ``b`` (t = 1), both ends exact."""
    return torch.lerp(a, b, t)


def slerp(a: Tensor, b: Tensor, t: float) -> Tensor:
    """Great-circle path from ``a`` to ``b``, token by token over the last axis, both ends exact.

    The angle is that between the directions. Where tokens are parallel (the start token is the same in all
    prompts), opposite or zero, no great circle is defined and the token walks in a straight line.

    Source: Shoemake, Animating rotation with quaternion curves, SIGGRAPH 1985. The angle is Kahan's, taken
    from two lengths, which is exact to rounding where the arccosine is not.
    """
    u, v = (torch.nn.functional.normalize(vector, dim=-1) for vector in (a, b))
    angle = 2 * torch.atan2(_length(u - v), _length(u + v))  # (T, 1)
    sine = torch.sin(angle)
    curved = torch.sin((1 - t) * angle) / sine * a + torch.sin(t * angle) / sine * b
    return torch.where(sine * _length(u) * _length(v) > SINE_LEAST, curved, lerp(a, b, t))


def _length(vectors: Tensor) -> Tensor:
    return vectors.norm(dim=-1, keepdim=True)
