"""Weights of a blend: points of a simplex, one corner for each source.

A blend of m sources is a point with m weights, none negative, that add up to one. For three sources the
simplex is a triangle, and its lattice is what one sees of all blends. Knows no tensor.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

Weights = tuple[float, ...]


def lattice(sources: int, divisions: int) -> tuple[Weights, ...]:
    """Every blend whose weights are multiples of ``1 / divisions``; the corners are the sources themselves.

    There are ``lattice_size(sources, divisions)`` of them, the first weight falling: a triangle row by row.
    """
    return tuple(tuple(count / divisions for count in counts) for counts in _splits(divisions, sources))


def lattice_size(sources: int, divisions: int) -> int:
    """Number of points of the lattice: the ways to give ``divisions`` equal pieces to the sources."""
    return math.comb(divisions + sources - 1, sources - 1)


def _splits(pieces: int, shares: int) -> Iterator[tuple[int, ...]]:
    if shares == 1:
        yield (pieces,)
        return
    for first in range(pieces, -1, -1):
        for rest in _splits(pieces - first, shares - 1):
            yield (first, *rest)


def corners(sources: int) -> tuple[Weights, ...]:
    """Weights of the sources themselves."""
    return lattice(sources, 1)


def centre(sources: int) -> Weights:
    """Equal weights."""
    return (1 / sources,) * sources


def normalise(weights: Sequence[float]) -> Weights:
    """The weights divided by their sum.

    Raises
    ------
    ValueError
        If one is negative or no number, or all are zero.
    """
    bad = [weight for weight in weights if not _fits(weight)]
    if bad:
        raise ValueError(f"A weight is {bad[0]!r}, but it must be a number from 0 upward; mend it.")
    total = math.fsum(weights)
    if not 0 < total < math.inf:
        raise ValueError(f"The weights add up to {total:g}; give one source a weight above 0.")
    return tuple(float(weight) / total for weight in weights)


def _fits(weight: object) -> bool:
    return not isinstance(weight, bool) and isinstance(weight, int | float) and 0 <= weight < math.inf
