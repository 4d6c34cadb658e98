"""Moves of rock, paper, scissors as elements of Z/3, and what a round pays.

A move ``y`` is 0 (rock), 1 (paper) or 2 (scissors), and ``y + 1`` beats ``y``. Seen as the complex number
``omega ** y`` the whole game is Fourier analysis on Z/3: see `expected_gain`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

ROCK, PAPER, SCISSORS = range(3)
NAMES = ("rock", "paper", "scissors")
LETTERS = "RPS"
OMEGA = complex(-0.5, np.sqrt(3) / 2)
ROOTS = (1 + 0j, OMEGA, OMEGA.conjugate())
PAYOFF = (0, 1, -1)  # by (own - theirs) mod 3


def beat(move: int) -> int:
    """The move that beats `move`."""
    return (move + 1) % 3


def payoff(own: int, theirs: int) -> int:
    """What a round pays the first player: 1, 0 or -1."""
    return PAYOFF[(own - theirs) % 3]


def score(own: Sequence[int], theirs: Sequence[int]) -> int:
    """Rounds won minus rounds lost."""
    difference = (np.asarray(own, dtype=np.int64) - np.asarray(theirs, dtype=np.int64)) % 3
    return int((difference == 1).sum() - (difference == 2).sum())


def expected_gain(z: complex) -> np.ndarray:
    """Expected payoff of each answer against a move with Fourier coefficient ``z = E[omega ** y]``.

    The answer ``a`` wins when ``y = a - 1`` and loses when ``y = a + 1``, so its gain is
    ``P(a - 1) - P(a + 1) = -(2 / sqrt 3) Im(z omega ** -a)``: one complex number is a full prediction.

    Returns
    -------
    gain : float array of shape (3,), from -1 to 1, sum 0
    """
    return -2 / np.sqrt(3) * np.imag(z * np.conj(np.array(ROOTS)))


def coefficient(distribution: Sequence[float]) -> complex:
    """Fourier coefficient ``E[omega ** y]`` of a distribution on Z/3."""
    return complex(np.dot(np.asarray(distribution, dtype=float), ROOTS))


def distribution(z: complex) -> np.ndarray:
    """Distribution on Z/3 with Fourier coefficient `z`: ``P(y) = (1 + 2 Re(z omega ** -y)) / 3``.

    A `z` outside the triangle of the three roots has no distribution: what is negative becomes 0.
    """
    raw = np.maximum((1 + 2 * np.real(z * np.conj(np.array(ROOTS)))) / 3, 0)
    return raw / raw.sum()


def read_moves(text: str) -> list[int]:
    """Moves from letters (R, P, S) or digits (0, 1, 2); blanks are passed over.

    Raises
    ------
    ValueError
        With one sentence that names the first other character.
    """
    moves = []
    for character in "".join(text.split()).upper():
        if character in LETTERS:
            moves.append(LETTERS.index(character))
        elif character in "012":
            moves.append(int(character))
        else:
            raise ValueError(
                f"The history holds {character!r}, but a move is R, P or S (or 0, 1, 2): take it out."
            )
    return moves


def spell(moves: Iterable[int]) -> str:
    """Moves as letters."""
    return "".join(LETTERS[move] for move in moves)
