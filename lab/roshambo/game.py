"""A game of a person against a bot: the bot's move is fixed, and its hash shown, before the person moves."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from functools import cache

from lab.roshambo.bots import BOTS, PEOPLE
from lab.roshambo.diaconis import Diaconis, Thought
from lab.roshambo.match import rounds_of
from lab.roshambo.moves import LETTERS, payoff

NOVICE, VETERAN = "novice", "veteran"
LESSONS = 60  # rounds a veteran has played against each of the bots that err the way people do
MOST_ROUNDS = 2000


@dataclass(frozen=True)
class Promise:
    """A move with a random word, and the SHA-256 of both, which is shown before the other side moves."""

    move: int
    word: str

    @property
    def text(self) -> str:
        """What is hashed: the round's letter and the word."""
        return f"{LETTERS[self.move]} {self.word}"

    @property
    def hash(self) -> str:
        """SHA-256 of the text, in hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(eq=False)
class Game:
    """One person against one bot; ``bot``, ``person`` and ``promises`` hold the rounds so far.

    Parameters
    ----------
    opponent : str
        "novice", "veteran" or a name of `BOTS`.
    seed : int
    """

    opponent: str
    seed: int
    bot: list[int] = field(default_factory=list)
    person: list[int] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    label: str = field(
        default_factory=lambda: secrets.token_hex(8)
    )  # names it where the seed must stay secret
    thought: Thought | None = None

    def __post_init__(self):
        self.player = opponent_of(self.opponent, self.seed)
        self.before = lessons() if self.opponent == VETERAN else ([], [])
        self.promise = self._promised()

    @property
    def score(self) -> int:
        """Rounds the person won minus rounds the person lost."""
        return sum(payoff(mine, other) for mine, other in zip(self.person, self.bot, strict=True))

    @property
    def kept(self) -> Promise | None:
        """The promise of the last round, which may now be told."""
        return self.promises[-1] if self.promises else None

    @property
    def full(self) -> bool:
        """Whether the game has as many rounds as it may have."""
        return len(self.bot) >= MOST_ROUNDS

    def play(self, move: int) -> Promise:
        """Take the person's move; returns the promise that the bot keeps."""
        if move not in (0, 1, 2) or self.full:
            raise ValueError(f"The move {move!r} cannot be: choose 0, 1 or 2, {MOST_ROUNDS} rounds at most.")
        self.thought = self.thinking()
        self.promises.append(self.promise)
        self.bot.append(self.promise.move)
        self.person.append(move)
        self.promise = self._promised()
        return self.promises[-1]

    def thinking(self) -> Thought | None:
        """What the bot expects of the coming round, if it is one that can say so."""
        return self.player.thought() if isinstance(self.player, Diaconis) else None

    def _promised(self) -> Promise:
        own, theirs = self.before
        return Promise(self.player.play(own + self.bot, theirs + self.person), secrets.token_hex(8))


def opponent_of(name: str, seed: int):
    """The bot of this name; novice and veteran are Diaconis."""
    if name in (NOVICE, VETERAN):
        return Diaconis(seed)
    if name not in BOTS:
        raise ValueError(f"No bot is called {name!r}: choose novice, veteran or one of {', '.join(BOTS)}.")
    return BOTS[name](seed)


@cache
def lessons() -> tuple[list[int], list[int]]:
    """What a veteran remembers: both histories of its games against bots that err the way people do."""
    own, theirs = [], []
    for name in PEOPLE:
        for move, answer, *_ in rounds_of(Diaconis(1), PEOPLE[name](1), LESSONS):
            own.append(move)
            theirs.append(answer)
    return own, theirs
