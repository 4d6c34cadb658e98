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
    short list and not part of the table.

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
        self.pairs = self.sums.view(PAIR).reshape(-1)
        self.visits = np.zeros(rows, dtype=np.intp)
        self.players = np.array([[0], [rows]])
        self.decays, self.doubt = np.repeat(np.array([slow, fast], dtype=np.float32), 2), np.float32(doubt)
        self.decay = np.tile(self.decays, (2, contexts, 1))
        self.added = np.repeat(ADDED[:, :, None], contexts, axis=2)  # (9, 2, contexts, 4): added fast
        self.shape = (games, 2, contexts, 4)
        self.rounds = 0
        self._weigh(VISITS)

    def read(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Sums and estimates in the rows asked for.

        Parameters
        ----------
        rows : int array of shape (games, contexts)

        Returns
        -------
        sums : float32 array of shape (games, 2, contexts, 4)
            By player, context; the slow sum and the fast one as pairs of numbers.
        z : float32 array of shape (games, contexts, 4)
            Estimates ``E[omega ** y]`` of the opponent's next move.
        """
        if self.rounds >= len(self.weights):
            self._weigh(2 * self.rounds)
        self.rows, self.index = rows, rows[:, None] + self.players  # (games, 2, contexts)
        self.found = self.pairs.take(self.index, mode="clip").view(np.float32).reshape(self.shape)
        self.visited = self.visits.take(rows, mode="clip")
        weights = self.weighed.take(self.visited, mode="clip").view(np.float32)
        return self.found, self.found[:, 0] / weights.reshape(*rows.shape, 4)

    def hear(self, both: np.ndarray) -> None:
        """Add one round, ``3 own + theirs`` of each game, to the rows that were read last."""
        self.found *= self.decay
        self.found += self.added.take(both, axis=0)
        self.pairs[self.index] = self.found.view(PAIR)[..., 0]
        self.visited += 1
        self.visits[self.rows] = self.visited
        self.rounds += 1

    def _weigh(self, visits: int) -> None:
        """List the weights after 0, 1, 2, .. visits."""
        weights = [np.full(4, self.doubt)]
        for _ in range(visits):
            weights.append(self.decays * (weights[-1] - self.doubt) + 1 + self.doubt)
        self.weights = np.array(weights)
        self.weighed = self.weights.view(PAIR)[:, 0]
