"""Walks on the circle Z/n, the cube (Z/2)^d and on the words of m moves, (Z/3)^m.

These groups are abelian: representations are characters, and the transform of a step is a number for each.
Laws of the cube and of words depend on few counts, which are Markov chains of their own.
"""

from __future__ import annotations

from math import comb, factorial

import numpy as np

from lab.shuffling.lemma import Laws, Spectrum, distances
from lab.shuffling.spec import ShuffleSpec

OMEGA = np.exp(2j * np.pi / 3)


def circle_spectrum(spec: ShuffleSpec) -> Spectrum:
    """``h + (1 - h) cos(2 pi k / n)`` for the frequencies k = 0 .. n - 1."""
    k = np.arange(spec.size)
    values = spec.staying + (1 - spec.staying) * np.cos(2 * np.pi * k / spec.size)
    return Spectrum(k, values.astype(complex), np.ones(spec.size), "frequency k of the character")


def circle_laws(spec: ShuffleSpec, steps: int) -> Laws:
    """The law of the place itself, by the inverse transform of powers."""
    n = spec.size
    values = circle_spectrum(spec).values.real[: n // 2 + 1]  # the others mirror them
    shares = np.fft.irfft(values ** np.arange(steps + 1)[:, None], n, axis=1).clip(0)
    order = np.arange(n) - n // 2
    even = np.full(n, 1 / n)
    return Laws("place", order, shares[:, order % n], even, distances(shares, even))


def cube_spectrum(spec: ShuffleSpec) -> Spectrum:
    """``1 - 2 (1 - h) j / d`` for the C(d, j) characters that read j switches."""
    j = np.arange(spec.size + 1)
    values = 1 - 2 * (1 - spec.staying) * j / spec.size
    return Spectrum(j, values.astype(complex), _choices(spec.size), "switches that the character reads")


def cube_laws(spec: ShuffleSpec, steps: int) -> Laws:
    """The law of the number of switches that are on: the urn of the Ehrenfests."""
    on, d = np.arange(spec.size + 1), spec.size
    up, down = (1 - spec.staying) * (d - on) / d, (1 - spec.staying) * on / d
    even = _choices(d) / 2.0**d
    return _birth_and_death("switches that are on", up, down, even, steps)


def redraw_spectrum(spec: ShuffleSpec) -> Spectrum:
    """``1 - j / m`` for the 2^j C(m, j) characters that read j moves."""
    j = np.arange(spec.size + 1)
    weights = _choices(spec.size) * 2.0**j
    return Spectrum(j, (1 - j / spec.size).astype(complex), weights, "moves that the character reads")


def redraw_laws(spec: ShuffleSpec, steps: int) -> Laws:
    """The law of the number of moves that are not what they were at first."""
    changed, m = np.arange(spec.size + 1), spec.size
    up, down = (m - changed) / m * 2 / 3, changed / m / 3
    even = _choices(m) * 2.0**changed / 3.0**m
    return _birth_and_death("moves that differ from the first word", up, down, even, steps)


def turn_spectrum(spec: ShuffleSpec) -> Spectrum:
    """``h + (1 - h) (n0 + n1 omega + n2 omega^2) / m`` for characters with so many letters 0, 1 and 2."""
    m = spec.size
    ones, twos = (counts.ravel() for counts in np.indices((m + 1, m + 1)))
    kept = ones + twos <= m
    ones, twos = ones[kept], twos[kept]
    zeros = m - ones - twos
    values = spec.staying + (1 - spec.staying) * (zeros + ones * OMEGA + twos * OMEGA**2) / m
    return Spectrum(ones + twos, values, _words(m, ones, twos), "moves that the character reads")


def turn_laws(spec: ShuffleSpec, steps: int) -> Laws:
    """The law of the number of moves that stand where they began; the distance sees all three counts."""
    m, moving = spec.size, 1 - spec.staying
    ones, twos = np.indices((m + 1, m + 1))
    zeros = m - ones - twos
    even = np.where(zeros >= 0, _words(m, ones, np.where(zeros >= 0, twos, 0)) / 3.0**m, 0)
    zeros = zeros.clip(0)
    law = np.zeros((m + 1, m + 1))
    law[0, 0] = 1
    laws = [law]
    for _ in range(steps):
        flow = moving * law / m
        law = law * spec.staying
        law[1:] += (flow * zeros)[:-1]
        law[:-1, 1:] += (flow * ones)[1:, :-1]
        law[:, :-1] += (flow * twos)[:, 1:]
        laws.append(law)
    every = np.array(laws)
    unmoved = np.arange(m + 1)
    there = np.add.outer(unmoved, unmoved)  # moves that were turned, whatever how far
    shares = np.array([every[:, there == m - count].sum(axis=1) for count in range(m + 1)]).T
    thirds = _choices(m) * 2.0 ** (m - unmoved) / 3.0**m
    flat = every.reshape(steps + 1, -1)
    return Laws("moves that stand where they began", unmoved, shares, thirds, distances(flat, even.ravel()))


def _birth_and_death(axis: str, up: np.ndarray, down: np.ndarray, even: np.ndarray, steps: int) -> Laws:
    """Laws of a count that goes up or down by one, from zero."""
    shares = np.zeros((steps + 1, len(up)))
    shares[0, 0] = 1
    for t in range(steps):
        now = shares[t]
        shares[t + 1] = now * (1 - up - down)
        shares[t + 1, 1:] += (now * up)[:-1]
        shares[t + 1, :-1] += (now * down)[1:]
    return Laws(axis, np.arange(len(up)), shares, even, distances(shares, even))


def _choices(n: int) -> np.ndarray:
    """Binomial coefficients C(n, 0) .. C(n, n)."""
    return np.array([float(comb(n, j)) for j in range(n + 1)])


def _words(m: int, ones: np.ndarray, twos: np.ndarray) -> np.ndarray:
    """How many words of m moves have so many ones and twos."""
    factorials = np.array([float(factorial(k)) for k in range(m + 1)])
    return factorials[m] / factorials[ones] / factorials[twos] / factorials[(m - ones - twos).clip(0)]
