"""Everything Diaconis can look at before a move, as row numbers of one long table.

Five kinds of context: every **pattern** of the last ten interleaved moves (and nothing at all), **runs** of
the last moves of one player or both, **balances** (which of a player's moves lead its counts), **suffixes**
(long runs, hashed: history matching) and **time characters** (the round modulo a period). All are read in
every round, so that every pattern gets its turn at any time.
"""

from __future__ import annotations

import numpy as np

from lab.roshambo.patterns import MOST, OWN, THEIRS, WINDOW, Pattern, all_patterns

RUNS = (
    *(
        Pattern(tuple((player, lag) for lag in range(1, k + 1)))
        for player in (THEIRS, OWN)
        for k in (4, 5, 6)
    ),
    *(Pattern(tuple((p, lag) for lag in range(1, k + 1) for p in (OWN, THEIRS))) for k in (2, 3)),
)
SUFFIXES = (4, 5, 6, 8, 12, 16)  # rounds
READS = {"theirs": (0, 1), "own": (1, 0), "both": (1, 1)}  # which of (own, theirs)
HASHES = 1 << 12
PERIODS = np.arange(2, 17)
CLOCK = 512  # rounds whose remainders are written down at once
BALANCES = ("balance of own moves", "balance of their moves", "balance of own moves, own 1")
SIGNS_BEGIN = (13, 13, 12)  # a sign is -1, 0 or 1
REMEMBERED = max(SUFFIXES)  # rounds
KNOWN = 6 + 2 * REMEMBERED  # signs of the leads, then moves, newest first
TAPE = KNOWN + 512
_LEAD = np.eye(3) - np.eye(3)[[2, 0, 1]]  # by move: each count less the next one, in a ring
LEADS = np.array([(*_LEAD[o], *_LEAD[y]) for o in range(3) for y in range(3)], dtype=np.float32)
PAIRS = np.array([(o, y) for o in range(3) for y in range(3)], dtype=np.float32)
STEPS = np.concatenate([LEADS, PAIRS], axis=1)  # (9, 8): what a round adds to the leads, and its moves


class Contexts:
    """Follows the moves of ``games`` games at once and tells the row of every context.

    Patterns, balances and the hashes of suffixes are linear in what is known, so that one product finds all
    their rows.

    Parameters
    ----------
    games : int
    window, most : int
        The patterns: how many rounds back, and how many moves at most.

    Attributes
    ----------
    names : list of str
        What each context reads.
    rows : int
        Rows of the table of one game.
    first : int array of shape (games, contexts)
        Where each context begins in the table.
    """

    def __init__(self, games: int, window: int = WINDOW, most: int = MOST):
        patterns = (Pattern(()), *all_patterns(window, most), *RUNS)
        self.games, self.read = games, len(patterns) + len(BALANCES)
        self.linear = self.read + len(READS) * len(SUFFIXES)
        sizes = [3 ** len(pattern.positions) for pattern in patterns] + [27] * len(BALANCES)
        sizes += [HASHES] * (self.linear - self.read) + PERIODS.tolist()
        self.rows = sum(sizes)
        first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        first[self.read - len(BALANCES) : self.read] += SIGNS_BEGIN
        self.first = first + self.rows * np.arange(games)[:, None]
        self.powers = np.concatenate([_powers(patterns), _hashes()], axis=1)
        self.names = [pattern.name for pattern in patterns] + list(BALANCES)
        self.names += [f"last {k} rounds, {reads}" for reads in READS for k in SUFFIXES]
        self.names += [f"round modulo {period}" for period in PERIODS]
        self.begin()

    def begin(self) -> None:
        """A new game in all places."""
        self.round, self.place = 0, TAPE - KNOWN
        self._wind()
        self.tape = np.zeros((self.games, TAPE), dtype=np.float32)
        self.leads = np.zeros((self.games, 6), dtype=np.float32)
        self.found, self.told = np.zeros((2, *self.first.shape), dtype=np.intp)
        self.words, self.times = self.found[:, : self.linear], self.found[:, self.linear :]
        self.suffixes = self.found[:, self.read : self.linear]
        self.mask = np.full_like(self.suffixes, HASHES - 1)
        self.products = np.empty(self.words.shape, dtype=np.float32)

    def hear(self, both: np.ndarray) -> None:
        """Take in one round, ``3 own + theirs`` of each game, an int array of shape (games,)."""
        if self.place < 2:  # the tape is written from its end to its beginning, then wound back
            self.tape[:, -KNOWN:] = self.tape[:, self.place : self.place + KNOWN].copy()
            self.place = TAPE - KNOWN
        self.place -= 2
        self.round += 1
        if self.round % CLOCK == 0:
            self._wind()
        newest = self.tape[:, self.place : self.place + 8]
        newest[:] = STEPS.take(both, axis=0)
        leads = newest[:, :6]
        self.leads += leads
        np.sign(self.leads, out=leads)

    def now(self) -> np.ndarray:
        """Row of every context in the coming round: one int array of shape (games, contexts), rewritten."""
        np.matmul(self.tape[:, self.place : self.place + KNOWN], self.powers, out=self.products)
        self.words[:] = self.products
        self.suffixes &= self.mask
        self.times[:] = self.clock[self.round % CLOCK]
        return np.add(self.found, self.first, out=self.told)

    def _wind(self) -> None:
        """Write down the next rounds modulo all periods."""
        self.clock = np.arange(self.round, self.round + CLOCK)[:, None] % PERIODS


def _powers(patterns: tuple[Pattern, ...]) -> np.ndarray:
    """Matrix from what is known (signs of the leads, moves) to the rows of patterns and balances."""
    powers = np.zeros((KNOWN, len(patterns) + len(BALANCES)), dtype=np.float32)
    for column, pattern in enumerate(patterns):
        for power, (player, lag) in enumerate(reversed(pattern.positions)):
            powers[6 + 2 * (lag - 1) + player, column] = 3**power
    powers[:3, -3] = powers[3:6, -2] = (9, 3, 1)
    powers[:2, -1], powers[6, -1] = (9, 3), 1
    return powers


def _hashes() -> np.ndarray:
    """Matrix from what is known to numbers which, modulo `HASHES`, tell one suffix from another.

    Odd numbers drawn once: two different words meet in the same row about once in `HASHES`. The sums stay
    far below ``2 ** 24`` and are exact.
    """
    drawn = 2 * np.random.default_rng(2014).integers(HASHES // 2, size=(REMEMBERED, 2)) + 1
    columns = [
        np.where(np.arange(REMEMBERED)[:, None] < k, drawn * reads, 0).ravel()
        for reads in READS.values()
        for k in SUFFIXES
    ]
    return np.concatenate([np.zeros((len(columns), 6)), columns], axis=1).T.astype(np.float32)
