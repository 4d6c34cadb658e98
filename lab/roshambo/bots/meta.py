"""Bots that listen to the opponent, and bots that ask what the opponent hears from them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from lab.roshambo.bot import EVEN, Bot, Distribution, Factory, Predictor
from lab.roshambo.moves import PAYOFF
from lab.roshambo.predictors import SURE, Counts, LongestMatch
from lab.roshambo.responses import beat_likeliest, draw, likeliest


class Strategies(Predictor):
    """Predictors of either player, each with three rotations; the one that would have earned most moves.

    A prediction ``y`` of the opponent is answered by ``y + 1``; if it expects that, by ``y + 3``; if it
    expects that, by ``y + 5``: the three rotations, which are the three phases of a Fourier coefficient.

    Parameters
    ----------
    theirs, own : sequence of Predictor
        Of the opponent's next move, and of one's own as the opponent may predict it.
    decays : sequence of float
        Of what each strategy has earned; the boldest record of all decays decides.
    bail : float
        Plays at random while the best record is below it.

    Source: D. Egnor, Iocaine Powder (1999), whose idea this is, not its code.
    """

    def __init__(
        self,
        theirs: Sequence[Predictor],
        own: Sequence[Predictor],
        decays: Sequence[float] = (0.95,),
        bail: float = -1e9,
    ):
        self.predictors = [*theirs, *own]
        self.decays, self.bail = decays, bail
        self.begin()

    def begin(self) -> None:
        """Forget all records."""
        for predictor in self.predictors:
            predictor.begin()
        self.records = [[0.0] * (3 * len(self.predictors)) for _ in self.decays]
        self.moves: list[int | None] = [None] * (3 * len(self.predictors))

    def hear(self, own: list[int], theirs: list[int]) -> None:
        """Pay all strategies, hear the round, let all strategies choose again."""
        for decay, record in zip(self.decays, self.records, strict=True):
            for index, move in enumerate(self.moves):
                gain = 0 if move is None else PAYOFF[(move - theirs[-1]) % 3]
                record[index] = decay * record[index] + gain
        self.moves = []
        for predictor in self.predictors:
            predictor.hear(own, theirs)
            guess = predictor.distribution(own, theirs)
            move = None if guess == EVEN else likeliest(guess, 0.5)
            self.moves += [None] * 3 if move is None else [(move + shift) % 3 for shift in range(3)]

    def distribution(self, own: list[int], theirs: list[int]) -> Distribution:
        """All on the move of the best strategy."""
        best, chosen = self.bail, None
        for decay, record in zip(self.decays, self.records, strict=True):
            for move, earned in zip(self.moves, record, strict=True):
                worth = earned * (1 - decay) if decay < 1 else earned / max(1, len(own))
                if move is not None and worth > best:
                    best, chosen = worth, move
        return EVEN if chosen is None else SURE[chosen]


def iocaine_like(seed: int) -> Bot:
    """History matching on own moves, theirs and both, seen from both sides, at several memories."""
    matchers: list[Predictor] = [LongestMatch(reads, 16) for reads in ("theirs", "own", "both")]
    swapped: list[Predictor] = [LongestMatch(reads, 16, aim="own") for reads in ("theirs", "own", "both")]
    matchers.append(Counts(0, prior=0))
    swapped.append(Counts(0, prior=0, aim="own"))
    return Bot(Strategies(matchers, swapped, (0.8, 0.95, 1.0)), draw, seed)


def markov_meta(seed: int) -> Bot:
    """Count tables of orders 1 and 2 in the places of the matchers."""
    theirs = [Counts(1, "both", 0.5, 0.9), Counts(2, "theirs", 0.5, 0.9)]
    swapped = [Counts(1, "both", 0.5, 0.9, aim="own"), Counts(2, "own", 0.5, 0.9, aim="own")]
    return Bot(Strategies(theirs, swapped, (0.9,)), draw, seed)


def one_up(seed: int) -> Bot:
    """Assumes the opponent beats its most frequent move, and beats that."""
    return Bot(Counts(0, prior=0, aim="own"), lambda guess, u: (likeliest(guess, u) + 2) % 3, seed)


def matcher(reads: str, longest: int, seed: int) -> Bot:
    """Beats what followed the longest match among the moves it reads."""
    return Bot(LongestMatch(reads, longest), beat_likeliest, seed)


def second_guesser(seed: int) -> Bot:
    """Believes that the opponent matches its history, and is one step ahead of it."""
    return Bot(LongestMatch("own", 16, aim="own"), lambda guess, u: (likeliest(guess, u) + 2) % 3, seed)


def coward(seed: int) -> Bot:
    """Beats by order 3 as long as it pays, plays at random when it does not."""
    parts = [Counts(order, "both", 0, 0.95) for order in (1, 2, 3)]
    return Bot(Strategies(parts, [], (0.97,), bail=0.08), draw, seed)


def hasty(decay: float, order: int, seed: int) -> Bot:
    """Beats the likeliest move by counts that fade."""
    return Bot(Counts(order, "both" if order else "theirs", 0, decay), beat_likeliest, seed)


META: dict[str, Factory] = {
    "iocaine-like": iocaine_like,
    "markov-meta": markov_meta,
    "one-up": one_up,
    "matcher-theirs": partial(matcher, "theirs", 20),
    "matcher-own": partial(matcher, "own", 20),
    "second-guesser": second_guesser,
    "coward": coward,
    "hasty-0": partial(hasty, 0.9, 0),
    "hasty-2": partial(hasty, 0.8, 2),
}
