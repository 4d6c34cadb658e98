"""Diaconis, the bot that hears patterns, and what it is thinking."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lab.roshambo.bot import Listener
from lab.roshambo.diaconis.mind import Mind, Temper, Voice
from lab.roshambo.moves import expected_gain

ROUNDS = tuple(np.array([both]) for both in range(9))


@dataclass(frozen=True)
class Thought:
    """What the machine expects of the coming round.

    Attributes
    ----------
    z : complex
        Its estimate of ``E[omega ** y]`` for the opponent's next move.
    gains : tuple of three floats
        Expected payoff of rock, paper and scissors.
    voices : tuple of Voice
        The loudest experts, loudest first.
    trust : float
        Probability with which it plays by its estimate; below 1 when its plans have lost too much.
    """

    z: complex
    gains: tuple[float, float, float]
    voices: tuple[Voice, ...]
    trust: float


class Diaconis(Listener):
    """Listens to every pattern of both players' moves, and to those who listen to it.

    Parameters
    ----------
    seed : int
        Of the moves it plays where nothing stands out.
    temper : Temper, optional

    Source: after T. Denton's bot of the same name (RoShamBo, part IV, 2014); the name honours P. Diaconis.
    """

    def __init__(self, seed: int, temper: Temper | None = None):
        self.mind = Mind(1, temper)
        super().__init__(seed)

    def begin(self) -> None:
        """Forget everything: a new game."""
        if self.mind.contexts.round:
            self.mind.begin()

    def hear(self, own: list[int], theirs: list[int]) -> None:
        """Take in the last round of both histories."""
        self.mind.hear(ROUNDS[3 * own[-1] + theirs[-1]])

    def choose(self, own: list[int], theirs: list[int], u: float) -> int:
        """What the nerve settles on."""
        return self.mind.nerves[0].move(u)

    def thought(self, loudest: int = 8) -> Thought:
        """What it expects of the round after the ones it has heard."""
        z = self.mind.z[0]
        return Thought(
            z, tuple(expected_gain(z).tolist()), self.mind.voices(loudest), self.mind.nerves[0].trust
        )
