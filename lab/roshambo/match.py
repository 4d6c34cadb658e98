"""A match: two players, some rounds, every move kept."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lab.roshambo.bot import Player

ROUNDS = 1000
MOST_ROUNDS = 100_000


@dataclass(frozen=True, eq=False)
class Match:
    """All moves of both players and how long each took to think.

    Attributes
    ----------
    first, second : int8 array of shape (rounds,)
    microseconds : tuple of two floats
        Median time of a move, of each player.
    """

    first: np.ndarray
    second: np.ndarray
    microseconds: tuple[float, float]

    @property
    def gains(self) -> np.ndarray:
        """What each round paid the first player: 1, 0 or -1."""
        return np.array([0, 1, -1])[(self.first.astype(int) - self.second) % 3]

    @property
    def score(self) -> int:
        """Rounds won minus rounds lost by the first player."""
        return int(self.gains.sum())

    @property
    def tally(self) -> tuple[int, int, int]:
        """Rounds the first player won, tied and lost."""
        won, tied, lost = (int((self.gains == gain).sum()) for gain in (1, 0, -1))
        return won, tied, lost


def rounds_of(first: Player, second: Player, rounds: int) -> Iterator[tuple[int, int, float, float]]:
    """Play round after round: both moves and the seconds each took."""
    mine: list[int] = []
    other: list[int] = []
    for _ in range(rounds):
        begun = time.perf_counter()
        move = first.play(mine, other)
        between = time.perf_counter()
        answer = second.play(other, mine)
        yield move, answer, between - begun, time.perf_counter() - between
        mine.append(move)
        other.append(answer)


def play_match(first: Player, second: Player, rounds: int = ROUNDS) -> Match:
    """Play a whole match.

    Parameters
    ----------
    first, second : Player
    rounds : int

    Raises
    ------
    ValueError
        For a number of rounds that cannot be.
    """
    check_rounds(rounds)
    table = np.array(list(rounds_of(first, second, rounds)))
    medians = np.median(table[:, 2:], axis=0) * 1e6
    return Match(table[:, 0].astype(np.int8), table[:, 1].astype(np.int8), tuple(medians.tolist()))


def check_rounds(rounds: int) -> None:
    """Raise one sentence unless a match can have so many rounds."""
    if not 1 <= rounds <= MOST_ROUNDS:
        raise ValueError(f"A match of {rounds} rounds cannot be: choose 1 to {MOST_ROUNDS}.")


def luck_band(rounds: np.ndarray | float) -> np.ndarray:
    """Score within which 95 % of matches against a random player end after so many rounds.

    A round against a random player pays 1, 0 or -1 with equal chances, variance 2/3. Two standard deviations
    are ``2 sqrt(2/3) sqrt(n) = 1.63 sqrt(n)``: 95 % of lucky scores lie within.
    """
    return 2 * np.sqrt(2 / 3) * np.sqrt(rounds)
