"""Riffle shuffles after Gilbert, Shannon and Reeds: cut like coin tosses, drop cards as the packets weigh.

After t of them a permutation with r rising sequences has probability ``C(2^t + n - r, n) / 2^(t n)``; Euler's
numbers count those permutations. All sums are of whole numbers, so each distance is exact to its last digit.

Source: Bayer and Diaconis, *Trailing the dovetail shuffle to its lair*, 1992, theorem 1.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import comb, factorial, sqrt

import numpy as np

from lab.shuffling.lemma import QUIET, Laws, Spectrum
from lab.shuffling.spec import ShuffleSpec


@cache
def eulerian(n: int) -> tuple[int, ...]:
    """How many permutations of n cards have 1, 2, .. n rising sequences."""
    row = [1]
    for cards in range(2, n + 1):
        row = [
            (r + 1) * (row[r] if r < cards - 1 else 0) + (cards - r) * (row[r - 1] if r else 0)
            for r in range(cards)
        ]
    return tuple(row)


@cache
def cycle_numbers(n: int) -> tuple[int, ...]:
    """How many permutations of n cards have n, n - 1, .. 1 cycles (Stirling numbers of the first kind)."""
    row = [1]
    for cards in range(1, n):
        row = [(row[j] if j < cards else 0) + (cards * row[j - 1] if j else 0) for j in range(cards + 1)]
    return tuple(row)


@lru_cache(maxsize=64)
def ways(n: int, t: int) -> tuple[int, ...]:
    """Of the 2^(t n) ways to riffle t times, those to one permutation of r = 1, 2, .. n rising sequences."""
    packets = 2**t
    found = [comb(packets + n - 1, n)]
    for r in range(1, n):
        found.append(found[-1] * (packets - r) // (packets + n - r))
    return tuple(found)


def spectrum(spec: ShuffleSpec) -> Spectrum:
    """Eigenvalues ``2^-j``, each as often as permutations have n - j cycles; the transform is not normal.

    Source: Hanlon 1990; Bayer and Diaconis 1992.
    """
    n = spec.size
    j = np.arange(n)
    weights = np.array(cycle_numbers(n), float)
    return Spectrum(j, 0.5 ** j.astype(complex), weights, "halvings j", normal=False)


def bound(n: int, t: int) -> float:
    """The lemma's bound, by Plancherel: ``4 b^2 = n! sum of P(g)^2 - 1``."""
    square = factorial(n) * sum(
        count * way**2 for count, way in zip(eulerian(n), ways(n, t), strict=True)
    ) - 4 ** (t * n)
    return sqrt(square / 4 ** (t * n)) / 2


def bounds(n: int) -> np.ndarray:
    """The lemma's bound for 0, 1, 2, .. shuffles, until it is small."""
    found = [bound(n, 0)]
    while found[-1] > QUIET:
        found.append(bound(n, len(found)))
    return np.array(found)


def laws(spec: ShuffleSpec, steps: int) -> Laws:
    """The law of the number of rising sequences, on which the probability of a permutation depends."""
    n, whole = spec.size, factorial(spec.size)
    numbers = eulerian(n)
    shares, found = [], []
    for t in range(steps + 1):
        there, decks = ways(n, t), 2 ** (t * n)
        shares.append([count * way / decks for count, way in zip(numbers, there, strict=True)])
        apart = sum(abs(way * whole - decks) * count for count, way in zip(numbers, there, strict=True))
        found.append(apart / (2 * whole * decks))
    even = np.array([count / whole for count in numbers])
    return Laws("rising sequences", np.arange(1, n + 1), np.array(shares), even, np.array(found))
