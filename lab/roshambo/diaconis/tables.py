"""Running Fourier sums: what either player does next in every context, as one complex number each."""

from __future__ import annotations

import numpy as np

from lab.roshambo.moves import ROOTS

UNIT = np.array(ROOTS, dtype=np.complex64)
ADDED = np.array([[[UNIT[y]] * 2, [UNIT[o]] * 2] for o in range(3) for y in range(3)]).view(np.float32)
PAIR = np.complex128  # two complex64 side by side as one number: gathered and written back ten times as fast
KINDS = ("their next move", "their next move, of late", "own next move", "own next move, of late")
VISITS = 1024


class Tables:
    """For every row the sums ``S <- decay S + omega ** y`` of both players, at two decays.

    How much a sum weighs depends on nothing but the number of visits to its row, so the weights are one
    short list and not part of the table. All arrays of a round are made once and written again each round.

    Parameters
    ----------
    rows : int
        Of all games together.
    games, contexts : int
        Games, and rows that one game reads in a round.
    slow, fast : float
        The decays, applied at each visit of a row.
    doubt : float
        Visits without evidence that every row begins with; it shrinks what was seen once or twice.

    Attributes
    ----------
    sums : complex64 array of shape (2, rows, 2)
        By player (the opponent first), row, decay (slow first).
    visits : int array of shape (rows,)
    """

    def __init__(self, rows: int, games: int, contexts: int, slow: float, fast: float, doubt: float):
        self.sums = np.zeros((2, rows, 2), dtype=np.complex64)
        self.visits = np.zeros(rows, dtype=np.intp)
        self.decays, self.doubt = np.repeat(np.array([slow, fast], dtype=np.float32), 2), np.float32(doubt)
        self.rounds = 0
        self._weigh(VISITS)
        self._lay_out(games, contexts)

    def read(self, rows: np.ndarray, out: np.ndarray) -> np.ndarray:
        """Sums and estimates in the rows asked for.

        Parameters
        ----------
        rows : int array of shape (games, contexts)
        out : float32 array of shape (games, contexts, 4)
            Takes the estimates ``E[omega ** y]`` of the opponent's next move.

        Returns
        -------
        sums : float32 array of shape (games, 2, contexts, 4)
            By player, context; the slow sum and the fast one as pairs of numbers.
        """
        if self.rounds >= len(self.weights):
            self._weigh(2 * self.rounds)
        self.rows = rows
        for table, found in self.players:
            table.take(rows, out=found, mode="clip")
        self.visits.take(rows, out=self.visited, mode="clip")
        self.weighed.take(self.visited, out=self.weight, mode="clip")
        np.divide(self.theirs, self.divisors, out=out)
        return self.found

    def hear(self, both: np.ndarray) -> None:
        """Add one round, ``3 own + theirs`` of each game, to the rows that were read last."""
        self.found *= self.decay
        self.found += self.added.take(both, axis=0, out=self.step, mode="clip")
        for table, found in self.players:
            table[self.rows] = found
        self.visited += self.once
        self.visits[self.rows] = self.visited
        self.rounds += 1

    def _lay_out(self, games: int, contexts: int) -> None:
        """Make the arrays of a round, each a whole one: small arrays are stretched more slowly than added."""
        self.found = np.empty((games, 2, contexts, 4), dtype=np.float32)
        self.theirs, self.step = self.found[:, 0], np.empty_like(self.found)
        self.players = [
            (self.sums[player].view(PAIR)[:, 0], self.found[:, player].view(PAIR)[..., 0])
            for player in (0, 1)
        ]
        self.decay = np.tile(self.decays, (1, 2, contexts, 1))
        self.added = np.repeat(ADDED[:, :, None], contexts, axis=2)  # (9, 2, contexts, 4)
        self.visited, self.once = (
            np.zeros((games, contexts), dtype=np.intp),
            np.ones((games, contexts), np.intp),
        )
        self.divisors = np.empty((games, contexts, 4), dtype=np.float32)
        self.weight = self.divisors.view(PAIR)[..., 0]

    def _weigh(self, visits: int) -> None:
        """List the weights after 0, 1, 2, .. visits."""
        weights = [np.full(4, self.doubt)]
        for _ in range(visits):
            weights.append(self.decays * (weights[-1] - self.doubt) + 1 + self.doubt)
        self.weights = np.array(weights)
        self.weighed = self.weights.view(PAIR)[:, 0]
