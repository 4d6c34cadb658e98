"""Patterns: which past moves of both players are read before a move is predicted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from lab.roshambo.characters import non_uniformity, transform, words
from lab.roshambo.moves import ROOTS

OWN, THEIRS = 0, 1
PLAYERS = ("own", "theirs")
WINDOW = 5  # rounds, that is ten interleaved moves
MOST = 3  # moves a pattern reads


PLACES = {f"{who} {lag}": (player, lag) for lag in range(1, WINDOW + 1) for player, who in enumerate(PLAYERS)}


@dataclass(frozen=True)
class Pattern:
    """Positions ``(player, lag)``: player 0 is oneself, 1 the opponent; lag 1 is the last round."""

    positions: tuple[tuple[int, int], ...]

    @property
    def name(self) -> str:
        """In words: "own 1, theirs 2"."""
        return ", ".join(f"{PLAYERS[player]} {lag}" for player, lag in self.positions) or "nothing"

    @property
    def longest(self) -> int:
        """Rounds that must have been played before it can be read."""
        return max((lag for _, lag in self.positions), default=0)

    def contexts(self, own: Sequence[int], theirs: Sequence[int]) -> np.ndarray:
        """The word read before each round that has one, as an index in base 3, first position first.

        Returns
        -------
        contexts : int array of shape (max(0, rounds - longest),)
        """
        moves = np.array([own, theirs], dtype=np.int64).reshape(2, -1)
        rounds = moves.shape[1]
        index = np.zeros(max(0, rounds - self.longest), dtype=np.int64)
        for player, lag in self.positions:
            index = 3 * index + moves[player, self.longest - lag : max(self.longest, rounds) - lag]
        return index


def all_patterns(window: int = WINDOW, most: int = MOST) -> tuple[Pattern, ...]:
    """Every choice of 1 to ``most`` of the last ``2 * window`` interleaved moves: 10 + 45 + 120 of them."""
    positions = [(player, lag) for lag in range(1, window + 1) for player in (OWN, THEIRS)]
    return tuple(Pattern(chosen) for m in range(1, most + 1) for chosen in combinations(positions, m))


def counts(pattern: Pattern, own: Sequence[int], theirs: Sequence[int]) -> np.ndarray:
    """How often each next move of theirs came in each context.

    Returns
    -------
    counts : int array of shape (3 ** m, 3)
    """
    contexts = pattern.contexts(own, theirs)
    following = np.asarray(theirs, dtype=np.int64)[pattern.longest :][: contexts.size]
    size = 3 ** len(pattern.positions)
    return np.bincount(3 * contexts + following, minlength=3 * size).reshape(size, 3)


def spectrum(pattern: Pattern, own: Sequence[int], theirs: Sequence[int]) -> np.ndarray:
    """Coefficients ``C_a = mean of omega ** (y + a.x)``: how loud each character rings with their next move.

    Under random moves ``|C_a|^2`` is exponential with mean ``1 / n``; see `characters.null_amplitude`.

    Returns
    -------
    coefficients : complex array of shape (3 ** m,), |C| at most 1
    """
    table = counts(pattern, own, theirs)
    next_move = table @ np.array(ROOTS)  # (3 ** m,): sum of omega ** y in each context
    return transform(next_move) / max(1, table.sum())


def fingerprint(own: Sequence[int], theirs: Sequence[int], window: int = WINDOW) -> np.ndarray:
    """How loudly their next move rings with pairs of past moves: the portrait of a player.

    Entry ``(i, j)`` belongs to positions ``i`` and ``j`` in the order own 1, theirs 1, own 2, theirs 2, ..;
    it is the loudest of the characters that read both, and on the diagonal of those that read the one.

    Returns
    -------
    amplitudes : array of shape (2 window, 2 window), symmetric, from 0 to 1
    """
    positions = [(player, lag) for lag in range(1, window + 1) for player in (OWN, THEIRS)]
    amplitudes = np.zeros((len(positions), len(positions)))
    for i, first in enumerate(positions):
        alone = np.abs(spectrum(Pattern((first,)), own, theirs))
        amplitudes[i, i] = alone[1:].max()
        for j in range(i):
            loud = np.abs(spectrum(Pattern((positions[j], first)), own, theirs)).reshape(3, 3)[1:, 1:].max()
            amplitudes[i, j] = amplitudes[j, i] = loud
    return amplitudes


def looks(window: int = WINDOW) -> int:
    """How many characters a fingerprint looks at: two for each position, four for each pair."""
    positions = 2 * window
    return 2 * positions + 4 * (positions * (positions - 1) // 2)


def excess(pattern: Pattern, own: Sequence[int], theirs: Sequence[int]) -> float:
    """How far the joint word (context, next move) is from even, by the upper bound lemma."""
    return float(non_uniformity(counts(pattern, own, theirs).ravel()))


def partial_sums(pattern: Pattern, character: int, own: Sequence[int], theirs: Sequence[int]) -> np.ndarray:
    """Walk of ``omega ** (y + a.x)`` summed round by round, complex array of shape (rounds heard + 1,)."""
    contexts = pattern.contexts(own, theirs)
    following = np.asarray(theirs, dtype=np.int64)[pattern.longest :]
    letters = words(len(pattern.positions))
    exponents = (letters[contexts] @ letters[character] + following) % 3
    return np.concatenate([[0], np.cumsum(np.array(ROOTS)[exponents])])


def time_spectrum(moves: Sequence[int]) -> np.ndarray:
    """Amplitudes ``|mean of omega ** y_t exp(-2 pi i k t / n)|`` for ``k = 0 .. n - 1`` turns in all."""
    return np.abs(np.fft.fft(np.array(ROOTS)[np.asarray(moves, dtype=np.int64)])) / len(moves)


def loudest_patterns(own: Sequence[int], theirs: Sequence[int], kept: int) -> list[tuple[str, float]]:
    """Names and amplitudes of the patterns whose loudest character, reading all of them, rings most."""
    found = []
    for pattern in all_patterns():
        if pattern.longest < len(theirs):
            whole = np.abs(spectrum(pattern, own, theirs)).reshape((3,) * len(pattern.positions))
            found.append((pattern.name, float(whole[(slice(1, None),) * whole.ndim].max())))
    return sorted(found, key=lambda each: -each[1])[:kept]
