"""The batched referee: thousands of matches of simple bots at once, as tensors on any device.

A simple bot is a rule table (memory of one round) or a table of counts. Both answer for all matches in one
step, so that a round of ten thousand matches costs little more than a round of one. Random numbers come from
a CPU generator, so that all devices play the same matches; given the same numbers, bots that play one by one
make the very same moves. (Apple's devices know no double precision: there a draw may fall on the other side
once in ten million.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from lab.roshambo.dice import check_seed
from lab.roshambo.match import check_rounds
from lab.roshambo.moves import PAYOFF
from lab.roshambo.rules import RuleTable

if TYPE_CHECKING:
    import torch

MOST_MATCHES = 1_000_000


class Batch(Protocol):
    """A bot of many matches at once: it draws from its shares and plays the move ``step`` after."""

    step: int

    def begin(self, matches: int, device: str) -> None: ...  # noqa: D102
    def shares(self) -> torch.Tensor: ...  # noqa: D102
    def hear(self, own: torch.Tensor, theirs: torch.Tensor) -> None: ...  # noqa: D102


class Tables:
    """Rule tables, one for each match or one for all; they say the distribution of their own move."""

    step = 0

    def __init__(self, tables: Sequence[RuleTable]):
        self.rows = np.array([[table.start, *table.rows] for table in tables], dtype=np.float64)

    def begin(self, matches: int, device: str) -> None:
        """A new game in all matches."""
        import torch

        if len(self.rows) not in (1, matches):
            raise ValueError(
                f"There are {len(self.rows)} tables for {matches} matches: give one, or one for each."
            )
        table = torch.as_tensor(self.rows, dtype=_precision(device), device=device)
        self.table = table.expand(matches, -1, -1)
        self.place = torch.zeros(matches, dtype=torch.long, device=device)
        self.matches = torch.arange(matches, device=device)

    def shares(self) -> torch.Tensor:
        """Distribution of the own move, shape (matches, 3)."""
        return self.table[self.matches, self.place]

    def hear(self, own: torch.Tensor, theirs: torch.Tensor) -> None:
        """Remember the round."""
        self.place = 1 + 3 * own + theirs


class Counting:
    """Bayes in a batch: counts of their next move after their last ``order`` moves, sampled and beaten."""

    step = 1

    def __init__(self, order: int, prior: float = 1.0):
        self.order, self.prior = order, prior

    def begin(self, matches: int, device: str) -> None:
        """Empty all counts."""
        import torch

        shape, kind = (matches, 3**self.order, 3), _precision(device)
        self.counts = torch.full(shape, self.prior, dtype=kind, device=device)
        self.context = torch.zeros(matches, dtype=torch.long, device=device)
        self.matches = torch.arange(matches, device=device)
        self.heard = 0

    def shares(self) -> torch.Tensor:
        """What is predicted of their move."""
        row = self.counts[self.matches, self.context]
        return row / row.sum(1, keepdim=True) if self.heard >= self.order else row * 0 + 1 / 3

    def hear(self, own: torch.Tensor, theirs: torch.Tensor) -> None:
        """Count the round."""
        if self.heard >= self.order:
            self.counts[self.matches, self.context, theirs] += 1
        self.context = (3 * self.context + theirs) % 3**self.order
        self.heard += 1


@dataclass(frozen=True, eq=False)
class Scores:
    """Rounds won, tied and lost by the first side: int arrays of shape (matches,)."""

    won: np.ndarray
    tied: np.ndarray
    lost: np.ndarray

    @property
    def score(self) -> np.ndarray:
        """Rounds won minus rounds lost."""
        return self.won - self.lost


def referee(
    first: Batch, second: Batch, matches: int, rounds: int, seed: int = 0, device: str = "cpu"
) -> Scores:
    """Play all matches, round by round.

    Parameters
    ----------
    first, second : Batch
        Never the same object.
    matches, rounds : int
    seed : int
    device : str
        "cpu", "cuda", "mps".
    """
    import torch

    check_rounds(rounds)
    if not 1 <= matches <= MOST_MATCHES:
        raise ValueError(f"{matches} matches cannot be played at once: choose 1 to {MOST_MATCHES}.")
    dice = _dice(matches, rounds, seed)
    tally = torch.zeros(3, matches, dtype=torch.long, device=device)
    for side in (first, second):
        side.begin(matches, device)
    for rolled in dice:
        u = rolled.to(device, _precision(device))
        mine = (_drawn(first.shares(), u[0]) + first.step) % 3
        other = (_drawn(second.shares(), u[1]) + second.step) % 3
        tally.scatter_add_(0, ((mine - other) % 3)[None], torch.ones_like(mine)[None])
        first.hear(mine, other)
        second.hear(other, mine)
    tied, won, lost = tally.cpu().numpy()
    return Scores(won, tied, lost)


def expected_score(first: RuleTable, second: RuleTable, rounds: int) -> float:
    """Expected score of two rule tables, exactly: the game is a Markov chain on the nine last rounds."""
    chain = np.array(
        [
            np.outer(first.rows[3 * own + theirs], second.rows[3 * theirs + own]).ravel()
            for own in range(3)
            for theirs in range(3)
        ]
    )
    gains = np.array([PAYOFF[(own - theirs) % 3] for own in range(3) for theirs in range(3)])
    state, total = np.outer(first.start, second.start).ravel(), 0.0
    for _ in range(rounds):
        total += float(state @ gains)
        state = state @ chain
    return total


def _dice(matches: int, rounds: int, seed: int) -> Iterator[torch.Tensor]:
    """For each round uniform numbers in [0, 1) of both sides, shape (2, matches), double precision."""
    import torch

    generator = torch.Generator().manual_seed(check_seed(seed))
    for _ in range(rounds):
        yield torch.rand(2, matches, generator=generator, dtype=torch.float64)


def _precision(device: str):
    import torch

    return torch.float32 if device.startswith("mps") else torch.float64


def _drawn(shares, u):
    """A move from each row's distribution, as `responses.draw` draws it."""
    return (u >= shares[:, 0]).long() + (u >= shares[:, 0] + shares[:, 1]).long()
