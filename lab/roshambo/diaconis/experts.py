"""Experts that must earn their say: each turns what one context tells into one complex number.

A *plain* expert believes its estimate ``z`` of their next move. A *phase* expert takes only the likeliest
move ``k`` out of an estimate, of either player, and learns with which phase their move follows it:
``C <- decay C + omega ** (y - k)``. The three rotations of "I know that you know" are the three phases of
``C``, so role swap and second-guessing need no rules of their own.
"""

from __future__ import annotations

import numpy as np

from lab.roshambo.diaconis.tables import PAIR, UNIT

SLOPE = np.sqrt(3)
RECENTRED = 8  # rounds; in so many the best record grows by less than 9
# What is asked of x + iy: above the ray to omega (turned by 60 degrees)? below its mirror? up? down?
SIDES = np.array([[SLOPE, SLOPE, 0, 0], [-1, 1, 1, -1]], dtype=np.float32)
TIE = np.array(1e-4, dtype=np.float32)  # so that rounding does not break ties, and all machines play alike
OF_TWO = np.kron(np.eye(2, dtype=np.float32), SIDES)  # (4, 8): two numbers, eight answers, one byte


def _root_of(answers: int) -> complex:
    """The root of unity that four answers point to, 0 where there is none."""
    return UNIT[0] if answers >> 2 == 3 else {2: UNIT[1], 1: UNIT[2]}.get(answers & 3, 0)


ROOTS_OF_BYTE = np.array(
    [[_root_of(byte >> 4), _root_of(byte & 15)] for byte in range(256)], dtype=np.complex64
).view(PAIR)[:, 0]


class Compass:
    """Points from numbers to roots of unity, so many at once that it pays to keep its arrays.

    Parameters
    ----------
    pairs : int
        Numbers are read two by two.
    """

    def __init__(self, pairs: int):
        self.sides = np.empty((pairs, 8), dtype=np.float32)
        self.answers, self.bytes = np.empty((pairs, 8), dtype=bool), np.empty(pairs, dtype=np.intp)
        self.roots = np.empty((pairs, 2), dtype=np.complex64)
        self.of_two = self.roots.view(PAIR)[:, 0]

    def nearest(self, pairs: np.ndarray) -> np.ndarray:
        """The root of unity nearest to each number, 0 where nothing is to be seen (or a tie of the last two).

        Parameters
        ----------
        pairs : float32 array of shape (.., 4)
            Two complex numbers side by side; their lengths do not matter.

        Returns
        -------
        roots : complex64 array of shape (number of pairs, 2), rewritten each time
        """
        np.dot(pairs.reshape(-1, 4), OF_TWO, out=self.sides)
        np.greater(self.sides, TIE, out=self.answers)
        self.bytes[:] = np.packbits(self.answers)
        ROOTS_OF_BYTE.take(self.bytes, out=self.of_two, mode="clip")
        return self.roots


class Phases:
    """Phase experts: how their move follows a claimed one, as a running mean per claim.

    Parameters
    ----------
    games, claims : int
    decay : float
    doubt : float
        Rounds without evidence that each begins with.
    """

    def __init__(self, games: int, claims: int, decay: float, doubt: float):
        self.means, self.turns = np.zeros((2, games, claims), dtype=np.complex64)
        self.floats = self.means.view(np.float32)
        self.decay, self.doubt, self.weight = decay, doubt, doubt

    def predict(self, roots: np.ndarray, out: np.ndarray) -> None:
        """Estimates from the claimed moves, written to a complex array of shape (games, claims)."""
        self.roots = roots
        np.multiply(self.means, roots, out=out)

    def hear(self, unit: np.ndarray) -> None:
        """Learn from their move ``omega ** y``, of shape (games, 1)."""
        before = self.decay * self.weight
        self.weight = before + 1 + self.doubt * (1 - self.decay)
        self.floats *= before / self.weight
        np.conjugate(self.roots, out=self.turns)
        self.turns *= unit / self.weight
        self.means += self.turns


class Council:
    """Weights of experts by what they foretold: a Bayesian mixture whose records fade, so that it can switch.

    The record of an expert is ``l <- decay l + log(3 P(y))``, 0 for one who knows nothing; its say is
    ``exp(record)``. A constant added to all records changes nothing, so at times the best one is set to 0.
    With many experts some are lucky; but each begins with a small share of the say, and the lucky lose theirs
    as records fade: no look is for free.

    Parameters
    ----------
    games, experts : int
    decays : sequence of float
        Of the records; each makes a mixture of its own.
    floor : float
        Least probability an expert can be caught with.

    Attributes
    ----------
    z : complex64 array of shape (games, experts)
        Where the experts write down their estimates.
    """

    def __init__(self, games: int, experts: int, decays: tuple[float, ...], floor: float):
        self.z = np.zeros((games, experts), dtype=np.complex64)
        self.pairs = self.z.view(np.float32).reshape(games, experts, 2)
        self.records = np.zeros((len(decays), games, experts), dtype=np.float32)
        self.decays, self.weights = np.empty_like(self.records), np.ones_like(self.records)
        self.decays[:] = np.array(decays)[:, None, None]
        self.by_game, self.summed = self.weights.transpose(1, 0, 2), np.ones((experts, 1), dtype=np.float32)
        self.mixed = np.empty((games, len(decays), 2), dtype=np.float32)
        self.mixtures = self.mixed.view(np.complex64)[..., 0]
        self.total = np.empty((games, len(decays), 1), dtype=np.float32)
        self.chances = np.empty((games, experts), dtype=np.float32)
        self.one, self.floor = np.ones_like(self.chances), np.full_like(self.chances, 3 * floor)
        self.each, self.columns, self.rounds = list(self.records), self.chances[..., None], 0

    def mix(self) -> np.ndarray:
        """Mixtures of the experts' estimates: one complex array of shape (games, decays), rewritten."""
        if self.rounds % RECENTRED == 0:
            self.records -= self.records.max(axis=2, keepdims=True)
        np.exp(self.records, out=self.weights)
        np.matmul(self.by_game, self.pairs, out=self.mixed)
        self.mixed /= np.matmul(self.by_game, self.summed, out=self.total)
        return self.mixtures

    def hear(self, twice: np.ndarray) -> None:
        """Note how likely each expert thought their move, ``2 omega ** y`` as floats of (games, 2, 1)."""
        chances = self.chances
        np.matmul(self.pairs, twice, out=self.columns)
        chances += self.one  # three times P(y)
        np.maximum(chances, self.floor, out=chances)
        np.log(chances, out=chances)
        self.records *= self.decays
        for records in self.each:
            records += chances
        self.rounds += 1
