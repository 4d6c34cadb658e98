"""A bot is a predictor, a response and a seed; it can be asked for a move from any state of a game."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from lab.roshambo.dice import Dice

Distribution = tuple[float, float, float]
Response = Callable[[Distribution, float], int]
EVEN: Distribution = (1 / 3, 1 / 3, 1 / 3)


class Player(Protocol):
    """Whatever can be asked for a move."""

    def play(self, own: Sequence[int], theirs: Sequence[int]) -> int: ...  # noqa: D102


class Predictor:
    """History -> distribution of a move; what it remembers depends on the history alone.

    Which move is meant (the opponent's next one, or its own) is settled by the response that comes after it.
    """

    def begin(self) -> None:
        """Forget everything: a new game."""

    def hear(self, own: list[int], theirs: list[int]) -> None:
        """Take in the last round of both histories (whole lists, oldest first, never to be changed)."""

    def distribution(self, own: list[int], theirs: list[int]) -> Distribution:
        """Distribution of the move of the coming round."""
        raise NotImplementedError


class Listener:
    """Keeps up with two growing histories and answers for any two: the root of all bots.

    A subclass says `begin`, `hear` and `choose`. Histories that grew by a few rounds cost those rounds; any
    other histories (a jump, another game) are heard again from their beginning, with the same answer.

    Parameters
    ----------
    seed : int
    """

    def __init__(self, seed: int):
        self.dice = Dice(seed)
        self.seed = self.dice.seed
        self._own: list[int] = []
        self._theirs: list[int] = []
        self.begin()

    def play(self, own: Sequence[int], theirs: Sequence[int]) -> int:
        """The move of the coming round.

        Parameters
        ----------
        own, theirs : sequence of int
            Both histories whole, oldest first, of equal length; 0 rock, 1 paper, 2 scissors.

        Raises
        ------
        ValueError
            When the lengths differ or a move is none.
        """
        self.follow(own, theirs)
        return self.choose(self._own, self._theirs, self.dice(len(self._own)))

    def follow(self, own: Sequence[int], theirs: Sequence[int]) -> None:
        """Hear whatever is new in the two histories."""
        own, theirs = plain(own), plain(theirs)
        if len(own) != len(theirs):
            raise ValueError(
                f"The histories have {len(own)} and {len(theirs)} rounds, but they belong to one game."
            )
        known = len(self._own)
        if own[:known] != self._own or theirs[:known] != self._theirs:
            self._own, self._theirs, known = [], [], 0
            self.begin()
        for mine, other in zip(own[known:], theirs[known:], strict=True):
            if mine not in (0, 1, 2) or other not in (0, 1, 2):
                raise ValueError(f"The round ({mine!r}, {other!r}) is none: a move is 0, 1 or 2.")
            self._own.append(mine)
            self._theirs.append(other)
            self.hear(self._own, self._theirs)

    def begin(self) -> None:
        """Forget everything: a new game."""

    def hear(self, own: list[int], theirs: list[int]) -> None:
        """Take in the last round of both histories."""

    def choose(self, own: list[int], theirs: list[int], u: float) -> int:
        """The move of the coming round, given its uniform random number."""
        raise NotImplementedError


Factory = Callable[[int], Listener]


class Bot(Listener):
    """A predictor, a response and a seed.

    Parameters
    ----------
    predictor : Predictor
        Its own, not shared with another bot.
    response : callable
        ``(distribution, u) -> move`` with ``u`` uniform in [0, 1).
    seed : int
    """

    def __init__(self, predictor: Predictor, response: Response, seed: int):
        self.predictor, self.response = predictor, response
        super().__init__(seed)

    def begin(self) -> None:
        """Forget everything: a new game."""
        self.predictor.begin()

    def hear(self, own: list[int], theirs: list[int]) -> None:
        """Take in the last round of both histories."""
        self.predictor.hear(own, theirs)

    def choose(self, own: list[int], theirs: list[int], u: float) -> int:
        """The response to what is predicted."""
        return self.response(self.predictor.distribution(own, theirs), u)


def plain(history: Sequence[int]) -> list[int]:
    """The history as a list of Python's own numbers."""
    return history if isinstance(history, list) else [int(move) for move in history]
