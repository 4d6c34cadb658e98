"""Diaconis as the post of 2014 meant it: one best pattern at a time, and a sampled prediction."""

from __future__ import annotations

import numpy as np

from lab.roshambo.bot import EVEN, Distribution, Predictor
from lab.roshambo.characters import transform
from lab.roshambo.patterns import MOST, WINDOW, all_patterns

PATTERNS = all_patterns(WINDOW, MOST)
ROWS = 3**MOST


class BestPattern(Predictor):
    """Counts every pattern, looks closer at one a round, and believes the one that is farthest from even.

    The score is the upper bound lemma's ``sqrt(1/4 sum |P_hat|^2)`` over the characters that read the next
    move, less what chance gives it on average. Every pattern gets its turn, and every score is taken anew
    when its turn comes again, so that an early lucky one is lowered.

    Source: T. Denton, RoShamBo, part IV (2014); P. Diaconis and M. Shahshahani, 1981.
    """

    def __init__(self):
        self.powers = np.zeros((2 * WINDOW, len(PATTERNS)), dtype=np.int64)
        for column, pattern in enumerate(PATTERNS):
            for power, (player, lag) in enumerate(reversed(pattern.positions)):
                self.powers[2 * (lag - 1) + player, column] = 3**power
        self.longest = np.array([pattern.longest for pattern in PATTERNS])
        self.begin()

    def begin(self) -> None:
        """Empty all counts."""
        self.counts = np.zeros((len(PATTERNS), ROWS, 3))
        self.scores = np.full(len(PATTERNS), -np.inf)
        self.recent = np.zeros(2 * WINDOW, dtype=np.int64)
        self.contexts = np.zeros(len(PATTERNS), dtype=np.int64)
        self.tried = np.zeros(len(PATTERNS), dtype=np.int64)

    def hear(self, own: list[int], theirs: list[int]) -> None:
        """Count the round in every pattern, then score the pattern whose turn it is."""
        ready = np.flatnonzero(self.longest < len(own))
        self.counts[ready, self.contexts[ready], theirs[-1]] += 1
        self.recent[2:] = self.recent[:-2].copy()
        self.recent[:2] = own[-1], theirs[-1]
        self.contexts = self.recent @ self.powers
        turn = len(own) % len(PATTERNS)
        self.scores[turn] = self.score(turn)
        self.tried[turn] += 1

    def score(self, pattern: int) -> float:
        """How far the next move is from even, given the context, less what chance makes of it."""
        m = len(PATTERNS[pattern].positions)
        counts = self.counts[pattern, : 3**m]
        rounds = counts.sum()
        if rounds == 0:
            return -np.inf
        power = np.abs(transform((counts / rounds).ravel()).reshape(-1, 3)[:, 1:]) ** 2
        return float(np.sqrt(power.sum() / 4) - np.sqrt(power.size / (4 * rounds)))

    def distribution(self, own: list[int], theirs: list[int]) -> Distribution:
        """Shares of the best pattern's counts (from 1) in the present context."""
        best = int(self.scores.argmax())
        if not np.isfinite(self.scores[best]):
            return EVEN
        row = 1 + self.counts[best, self.contexts[best]]
        return tuple((row / row.sum()).tolist())
