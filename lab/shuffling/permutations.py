"""Random transpositions: two hands each touch a card, perhaps the same one, and swap what they touch.

The step is constant on conjugacy classes, so its transform is a number for each partition of n: the character
ratio of a transposition, which the contents of its boxes add up to. Partitions are written after Frobenius:
arms and legs of the boxes on the diagonal, at most six of each for 52 cards. Laws are followed on the cycle
types, which merge and split.

Source: Diaconis and Shahshahani 1981; Frobenius 1900 for the dimensions.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import factorial, isqrt

import numpy as np

from lab.shuffling.lemma import Laws, Spectrum, distances
from lab.shuffling.spec import ShuffleSpec

EXACT_MOST = 30  # cards that are followed on the spot: 5604 cycle types


@cache
def strict(length: int, total: int) -> np.ndarray:
    """Strictly decreasing rows of whole numbers from 0 that add up to a total, (rows, length)."""
    if length == 0:
        return np.zeros((1 if total == 0 else 0, 0), int)
    inner = length * (length - 1) // 2  # what 0, 1, .. length - 1 add up to
    if total < inner:
        return np.zeros((0, length), int)
    if length == 1:
        return np.array([[total]])
    # take the last number away from all, then the rest is strict and positive
    rows = []
    for last in range((total - inner) // length + 1):
        rest = strict(length - 1, total - length * last - (length - 1))
        rows.append(np.column_stack([rest + 1 + last, np.full(len(rest), last)]))
    return np.concatenate(rows)


def representations(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Content sum and dimension of every irreducible representation of the permutations of n cards.

    Returns
    -------
    contents : int array of shape (p(n),)
    dimensions : array of shape (p(n),)
        As floats; those of 52 cards are below 1e34.
    """
    contents, dimensions = [], []
    for diagonal in range(1, isqrt(n) + 1):
        for total in range(n - diagonal + 1):
            arms, legs = strict(diagonal, total), strict(diagonal, n - diagonal - total)
            if len(arms) and len(legs):
                contents.append(np.subtract.outer(_triangles(arms), _triangles(legs)).ravel())
                dimensions.append(_dimensions(arms, legs, n).ravel())
    return np.concatenate(contents), np.concatenate(dimensions)


def _triangles(rows: np.ndarray) -> np.ndarray:
    return (rows * (rows + 1) // 2).sum(axis=1)


def _dimensions(arms: np.ndarray, legs: np.ndarray, n: int) -> np.ndarray:
    """Dimensions for every arms with every legs, (arms, legs), by the determinant of Cauchy."""
    found = np.outer(_alone(arms), _alone(legs)) * factorial(n)
    for i in range(arms.shape[1]):
        for j in range(arms.shape[1]):
            found /= np.add.outer(arms[:, i], legs[:, j]) + 1
    return found


def _alone(rows: np.ndarray) -> np.ndarray:
    """Differences of each two numbers of a row over the factorials of all, (rows,)."""
    factorials = np.array([float(factorial(k)) for k in range(rows.max(initial=0) + 1)])
    found = 1 / factorials[rows].prod(axis=1)
    for i in range(rows.shape[1]):
        found *= (rows[:, [i]] - rows[:, i + 1 :]).prod(axis=1)
    return found


@cache
def spectrum(spec: ShuffleSpec) -> Spectrum:
    """``1/n + 2 c / n^2`` for the representations of content sum c, all of one sum together."""
    n, highest = spec.size, spec.size * (spec.size - 1) // 2
    contents, dimensions = representations(n)
    weights = np.bincount(contents + highest, weights=dimensions**2, minlength=2 * highest + 1)
    order = np.flatnonzero(weights)[::-1] - highest  # the trivial one has the highest sum
    values = 1 / n + 2 * order / n**2
    return Spectrum(order, values.astype(complex), weights[order + highest], "sum of the contents")


@lru_cache(maxsize=8)
def cycle_types(n: int) -> np.ndarray:
    """Partitions of n by how often each size 0 .. n occurs in them, (p(n), n + 1); 1 + .. + 1 comes first."""
    rows, left = np.zeros((1, n + 1), int), np.array([n])
    for size in range(n, 1, -1):
        most = left // size
        origin = np.repeat(np.arange(len(rows)), most + 1)
        count = np.arange(len(origin)) - np.repeat(np.cumsum(most + 1) - most - 1, most + 1)
        rows, left = rows[origin], left[origin] - size * count
        rows[:, size] = count
    rows[:, 1] = left
    return rows


@lru_cache(maxsize=8)
def moves(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """From which cycle type to which a step leads, and with what probability; to stay is left out."""
    types = cycle_types(n)
    key = np.random.default_rng(n).integers(1, 2**50, n + 1)  # a type is found by the sum of its parts' keys
    keys = types @ key
    order = np.argsort(keys)
    assert np.diff(keys[order]).all(), "two cycle types have one key"
    found: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []

    def lead(chosen: np.ndarray, change: int, chance: np.ndarray) -> None:
        where = np.flatnonzero(chosen)
        target = order[np.searchsorted(keys[order], keys[where] + change)]
        found.append((where, target, chance[where] * 2 / n**2))

    for a in range(1, n):
        for b in range(a, n - a + 1):
            twice = types[:, a] * (types[:, a] - 1) // 2
            pairs = twice if a == b else types[:, a] * types[:, b]
            lead(pairs > 0, key[a + b] - key[a] - key[b], pairs * a * b)
            whole = types[:, a + b] * (a + b)
            lead(whole > 0, key[a] + key[b] - key[a + b], whole / 2 if a == b else whole)
    here, there, chance = (np.concatenate(each) for each in zip(*found, strict=True))
    return here, there, chance


def laws(spec: ShuffleSpec, steps: int) -> Laws:
    """The law of the number of cycles; the distance sees the whole cycle type.

    Parameters
    ----------
    spec : ShuffleSpec
        Up to `EXACT_MOST` cards it takes a fraction of a second, for 52 a minute.
    steps : int
    """
    n, types = spec.size, cycle_types(spec.size)
    here, there, chance = moves(n)
    cycles, even = types.sum(axis=1), 1 / _centralisers(n)
    law = (cycles == n).astype(float)
    shares, apart = [], []
    for step in range(steps + 1):
        if step:
            law = law / n + np.bincount(there, law[here] * chance, len(types))
        shares.append(np.bincount(cycles, law, n + 1)[1:])
        apart.append(float(distances(law, even)))
    fair = np.bincount(cycles, even, n + 1)[1:]
    return Laws("cycles", np.arange(1, n + 1), np.array(shares), fair, np.array(apart))


def _centralisers(n: int) -> np.ndarray:
    """Product of ``size^count count!`` over the cycles of each type: n! over the size of its class."""
    factorials = np.array([float(factorial(k)) for k in range(n + 1)])
    return (np.arange(n + 1.0) ** cycle_types(n) * factorials[cycle_types(n)]).prod(axis=1)
