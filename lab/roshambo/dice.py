"""Randomness that depends on the seed and the round only, so that a game can be entered at any round."""

from __future__ import annotations

import numpy as np

BLOCK = 256  # rounds drawn at once


class Dice:
    """One uniform number in [0, 1) for each round, the same whenever it is asked for.

    Parameters
    ----------
    seed : int
        At least 0.
    """

    def __init__(self, seed: int):
        self.seed = check_seed(seed)
        self._block = -1
        self._numbers: list[float] = []

    def __call__(self, round_number: int) -> float:
        """The number of one round."""
        block, place = divmod(round_number, BLOCK)
        if block != self._block:
            self._numbers = np.random.default_rng((self.seed, block)).random(BLOCK).tolist()
            self._block = block
        return self._numbers[place]


def check_seed(seed: int) -> int:
    """The seed, if it is a whole number of at least 0."""
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise ValueError(f"The seed is {seed!r}, but it must be a whole number of at least 0.")
    return int(seed)


def derived_seed(seed: int, *path: int) -> int:
    """A seed of its own for each path of numbers (pair, match, side): independent streams from one seed."""
    return int(np.random.SeedSequence(check_seed(seed), spawn_key=path).generate_state(1, np.uint64)[0] >> 1)


def private(seed: int) -> np.random.Generator:
    """Generator for what a bot fixes once before the first round (a bias, a cycle)."""
    return np.random.default_rng((check_seed(seed), 2**40))
