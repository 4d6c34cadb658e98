"""Tournaments: every bot against every other, and what the table says of each.

Seeds are derived from (seed, pair, match, side), so that the table is the same whatever the order and the
number of workers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations

import numpy as np

from lab.roshambo.bots import BOTS
from lab.roshambo.dice import check_seed, derived_seed
from lab.roshambo.match import ROUNDS, Match, check_rounds, play_match
from lab.roshambo.rules import RuleTable, rule_bot

MOST_MATCHES = 100
MOST_BOTS = 80


@dataclass(frozen=True)
class TournamentSpec:
    """Who plays, how long, how often.

    Attributes
    ----------
    names : tuple of str
        At least two of `BOTS`, or of ``rules``.
    rounds, matches : int
        Rounds of a match, matches of each pair.
    seed : int
    rules : tuple of RuleTable
        Bots that somebody wrote as tables.
    """

    names: tuple[str, ...]
    rounds: int = ROUNDS
    matches: int = 1
    seed: int = 0
    rules: tuple[RuleTable, ...] = field(default=())

    def validate(self) -> TournamentSpec:
        """The spec itself, or `ValueError` with one sentence about what cannot be."""
        check_rounds(self.rounds)
        check_seed(self.seed)
        if not 1 <= self.matches <= MOST_MATCHES:
            raise ValueError(f"{self.matches} matches of a pair cannot be: choose 1 to {MOST_MATCHES}.")
        if not 2 <= len(self.names) <= MOST_BOTS:
            raise ValueError(f"A tournament has 2 to {MOST_BOTS} bots, not {len(self.names)}.")
        own = {rule.name for rule in self.rules}
        for name in self.names:
            if name not in BOTS and name not in own:
                raise ValueError(f"No bot is called {name!r}: choose one of {', '.join(BOTS)}.")
        return self

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """All pairs of different players, as indices."""
        return list(combinations(range(len(self.names)), 2))

    def key(self) -> str:
        """Names the result: equal keys mean equal tables."""
        text = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:24]

    def make(self, player: int, *path: int):
        """The bot of a place, with the seed of a path of numbers."""
        name, seed = self.names[player], derived_seed(self.seed, *path)
        rule = next((rule for rule in self.rules if rule.name == name), None)
        return rule_bot(rule, seed) if rule else BOTS[name](seed)


@dataclass(frozen=True, eq=False)
class Pairing:
    """All matches of one pair of players."""

    pair: tuple[int, int]
    matches: tuple[Match, ...]


@dataclass(frozen=True, eq=False)
class Tournament:
    """The table of a tournament.

    Attributes
    ----------
    payoff : array of shape (players, players)
        Mean score of a match of the row's player against the column's; antisymmetric, 0 on the diagonal.
    error : array of the same shape
        Its standard error: from the spread of the matches, or of the rounds where there was one match.
    tallies : int array of shape (players, players, 3)
        Rounds won, tied and lost in all matches.
    microseconds : array of shape (players,)
        Median time of a move.
    """

    spec: TournamentSpec
    payoff: np.ndarray
    error: np.ndarray
    tallies: np.ndarray
    microseconds: np.ndarray

    @property
    def population_return(self) -> np.ndarray:
        """Mean score of each player over all others."""
        return self.payoff.sum(axis=1) / (len(self.payoff) - 1)

    @property
    def return_error(self) -> np.ndarray:
        """Standard error of `population_return`."""
        return np.sqrt((self.error**2).sum(axis=1)) / (len(self.payoff) - 1)

    @property
    def exploitability(self) -> np.ndarray:
        """What the worst opponent takes from each player on average, at least 0.

        Source: M. Lanctot et al., Population-based evaluation in repeated rock-paper-scissors, 2023.
        """
        others = np.where(np.eye(len(self.payoff), dtype=bool), np.inf, self.payoff)
        return np.maximum(0, -others.min(axis=1))

    @property
    def ranking(self) -> np.ndarray:
        """Places of the players, best mean score first."""
        return np.argsort(-self.population_return, kind="stable")


def play_pair(spec: TournamentSpec, pair: tuple[int, int]) -> Pairing:
    """All matches of one pair; the same whoever plays it, and when."""
    first, second = pair
    matches = []
    for number in range(spec.matches):
        path = (first, second, number)
        matches.append(play_match(spec.make(first, *path, 0), spec.make(second, *path, 1), spec.rounds))
    return Pairing(pair, tuple(matches))


def pairings(spec: TournamentSpec) -> Iterator[Pairing]:
    """Play pair after pair."""
    spec.validate()
    for pair in spec.pairs:
        yield play_pair(spec, pair)


def tabulate(spec: TournamentSpec, played: Sequence[Pairing]) -> Tournament:
    """The table of all pairings, in whatever order they come."""
    players = len(spec.names)
    payoff, error = np.zeros((players, players)), np.zeros((players, players))
    tallies = np.zeros((players, players, 3), dtype=np.int64)
    times: list[list[float]] = [[] for _ in range(players)]
    for pairing in played:
        i, j = pairing.pair
        scores = np.array([match.score for match in pairing.matches], dtype=float)
        payoff[i, j] = scores.mean()
        error[i, j] = error[j, i] = _standard_error(pairing.matches, scores)
        tallies[i, j] = np.sum([match.tally for match in pairing.matches], axis=0)
        tallies[j, i] = tallies[i, j, ::-1]
        for match in pairing.matches:
            times[i].append(match.microseconds[0])
            times[j].append(match.microseconds[1])
    payoff -= payoff.T
    return Tournament(
        spec, payoff, error, tallies, np.array([np.median(each) if each else 0.0 for each in times])
    )


def play_tournament(spec: TournamentSpec) -> Tournament:
    """Play all pairs, one after the other; see `workers.play_spread` for many at once.

    Parameters
    ----------
    spec : TournamentSpec
    """
    return tabulate(spec, list(pairings(spec)))


def curves_of(player: int, spec: TournamentSpec, played: Sequence[Pairing]) -> dict[str, np.ndarray]:
    """Score of one player after every round against each opponent by name, mean of the matches."""
    curves = {}
    for pairing in played:
        if player in pairing.pair:
            first, second = pairing.pair
            sign, other = (1, second) if player == first else (-1, first)
            gains = np.mean([match.gains for match in pairing.matches], axis=0)
            curves[spec.names[other]] = sign * np.cumsum(gains)
    return curves


def _standard_error(matches, scores):
    if len(scores) > 1:
        return scores.std(ddof=1) / np.sqrt(len(scores))
    return matches[0].gains.std() * np.sqrt(len(matches[0].gains))
