"""The mind of Diaconis: tables, experts and councils, for any number of games at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lab.roshambo.diaconis.contexts import Contexts
from lab.roshambo.diaconis.experts import Compass, Council, Phases
from lab.roshambo.diaconis.nerve import Nerve
from lab.roshambo.diaconis.second import SecondThoughts
from lab.roshambo.diaconis.tables import KINDS, UNIT, Tables
from lab.roshambo.patterns import MOST, WINDOW

THEIR_UNIT = np.tile(UNIT, 3)[:, None]  # (9, 1), by 3 own + theirs
TWICE = 2 * THEIR_UNIT.view(np.float32)[:, :, None]  # (9, 2, 1), in real numbers


@dataclass(frozen=True)
class Temper:
    """The numbers of a mind; what each earned is told in ``docs/decisions``."""

    window: int = WINDOW
    most: int = MOST
    slow: float = 1.0
    fast: float = 0.6
    doubt: float = 0.7
    phase_decay: float = 0.97
    phase_doubt: float = 2.0
    memories: tuple[float, ...] = (0.95, 0.99)
    floor: float = 0.02
    second_decays: tuple[float, ...] = (0.8, 0.95)
    second_memory: float = 0.95
    second_floor: float = 0.03
    slack: float = 8.0
    width: float = 44.0


@dataclass(frozen=True)
class Voice:
    """One expert: what it reads, whose moves it follows, its say (a share of 1) and its own estimate."""

    reads: str
    follows: str
    say: float
    z: complex


class Mind:
    """Hears rounds, foresees the opponent's next move as one complex number a game, and decides.

    Two floors. Below, a council of all experts; it sits once for each memory. Above, `SecondThoughts` weigh
    its mixtures, what follows from the *plan* each suggests (an opponent who reads the plan moves with it, at
    some phase), and the estimate 0 that knows nothing. `Nerve` has the last word.

    Parameters
    ----------
    games : int
    temper : Temper
    """

    def __init__(self, games: int = 1, temper: Temper | None = None):
        self.games, self.temper = games, temper or Temper()
        self.begin()

    def begin(self) -> None:
        """Forget everything."""
        games, temper = self.games, self.temper
        self.contexts = Contexts(games, temper.window, temper.most)
        count = len(self.contexts.names)
        self.tables = Tables(games * self.contexts.rows, games, count, temper.slow, temper.fast, temper.doubt)
        self.phases = Phases(games, 4 * count, temper.phase_decay, temper.phase_doubt)
        self.compass = Compass(2 * games * count)
        self.council = Council(games, 6 * count, temper.memories, temper.floor)
        self.plain = self.council.z[:, : 2 * count].view(np.float32).reshape(games, count, 4)
        self.claimed = self.council.z[:, 2 * count :]
        second = (len(temper.memories), temper.second_decays, temper.second_memory, temper.second_floor)
        self.seconds = [SecondThoughts(*second) for _ in range(games)]
        self.nerves = [Nerve(temper.slack, temper.width) for _ in range(games)]
        self.foresee()

    def foresee(self) -> None:
        """Estimate the coming round: ``self.z``, a list of one complex number for each game; then decide."""
        sums = self.tables.read(self.contexts.now(), out=self.plain)
        roots = self.compass.nearest(sums).reshape(self.games, -1)
        self.phases.predict(roots, out=self.claimed)
        weighed = zip(self.seconds, self.council.mix().tolist(), strict=True)
        self.z = [second.weigh(mixtures) for second, mixtures in weighed]
        for nerve, z in zip(self.nerves, self.z, strict=True):
            nerve.decide(z)

    def hear(self, both: np.ndarray) -> None:
        """Take in one round, ``3 own + theirs`` of each game, of shape (games,), and foresee the next."""
        self.tables.hear(both)
        self.phases.hear(THEIR_UNIT.take(both, axis=0))
        self.council.hear(TWICE.take(both, axis=0))
        for second, nerve, round_ in zip(self.seconds, self.nerves, both.tolist(), strict=True):
            second.hear(round_ % 3)
            nerve.hear(round_ % 3)
        self.contexts.hear(both)
        self.foresee()

    def voices(self, loudest: int, game: int = 0) -> tuple[Voice, ...]:
        """The experts with the largest say in one game, mixtures taken together, loudest first."""
        weights = self.council.weights[:, game]
        say = (weights / weights.sum(axis=1, keepdims=True)).mean(axis=0)
        found = []
        for expert in np.argsort(-say)[:loudest].tolist():
            context, kind = self._origin(expert)
            z = complex(self.council.z[game, expert])
            found.append(Voice(self.contexts.names[context], KINDS[kind], float(say[expert]), z))
        return tuple(found)

    def _origin(self, expert: int) -> tuple[int, int]:
        """Context and kind of an expert: two plain ones a context, then two for each player and context."""
        plain = 2 * len(self.contexts.names)
        player, place = (0, expert) if expert < plain else divmod(expert - plain, plain)
        return place // 2, 2 * player + place % 2
