"""Opponents that no number of Diaconis was chosen by: families unseen, and hunters who know its code."""

from __future__ import annotations

from functools import partial

import numpy as np

from lab.roshambo import BOTS, Diaconis
from lab.roshambo.bot import Bot, Listener
from lab.roshambo.bots.meta import Strategies
from lab.roshambo.bots.shapes import blur
from lab.roshambo.diaconis.mind import Temper
from lab.roshambo.dice import private
from lab.roshambo.moves import PAYOFF
from lab.roshambo.predictors import SURE, Counts, Follow, LongestMatch, Policy, Predictor
from lab.roshambo.responses import beat_likeliest, draw


def thue_morse(seed):
    """The ternary Thue-Morse word: no square in it, and yet no chance."""
    word = [0]
    while len(word) < 2187:
        word += [(move + 1) % 3 for move in word] + [(move + 2) % 3 for move in word]
    return Bot(Follow(word[seed % 7 :]), draw, seed)


def feedback(length, seed):
    """A linear recurrence over Z/3 of the given length, from a random state."""
    generator = private(seed)
    taps = [1, *generator.integers(3, size=length - 1).tolist()]
    word = generator.integers(3, size=length).tolist()
    for _ in range(4000):
        word.append(sum(tap * move for tap, move in zip(taps, word[-length:], strict=True)) % 3)
    return Bot(Follow(word), draw, seed)


class Hedge(Listener):
    """Exponential weights on the three moves: no regret, in the long run."""

    def begin(self):
        """Even weights."""
        self.gains = [0.0, 0.0, 0.0]

    def hear(self, own, theirs):
        """What each move would have earned."""
        self.gains = [0.97 * g + PAYOFF[(move - theirs[-1]) % 3] for move, g in enumerate(self.gains)]

    def choose(self, own, theirs, u):
        """Drawn by weight."""
        weights = np.exp(0.5 * np.array(self.gains))
        return draw(tuple((weights / weights.sum()).tolist()), u)


class Voters(Listener):
    """Counts of several orders vote; the vote is beaten."""

    def begin(self):
        """New counts."""
        self.voters = [
            Counts(order, reads, 0.3) for order in (1, 2, 3) for reads in ("theirs", "own", "both")
        ]

    def hear(self, own, theirs):
        """All voters hear."""
        for voter in self.voters:
            voter.hear(own, theirs)

    def choose(self, own, theirs, u):
        """Beat the sum of the votes."""
        votes = np.sum([voter.distribution(own, theirs) for voter in self.voters], axis=0)
        return beat_likeliest(tuple(votes.tolist()), u)


class Turncoat(Listener):
    """Two bots of the field; another takes over when the present one loses ten points."""

    def begin(self):
        """The first one begins."""
        generator = private(self.seed)
        names = ("rfind", "frequency", "bayes-1", "rotation-up", "mirror-2-1", "hasty-2")
        self.parts = [BOTS[names[i]](self.seed) for i in generator.permutation(len(names))[:2]]
        self.turn, self.purse = 0, 0

    def hear(self, own, theirs):
        """Both hear, the purse counts."""
        for part in self.parts:
            part.hear(own, theirs)
        self.purse += PAYOFF[(own[-1] - theirs[-1]) % 3]
        if self.purse <= -10:
            self.turn, self.purse = 1 - self.turn, 0

    def choose(self, own, theirs, u):
        """As the present one."""
        return self.parts[self.turn].choose(own, theirs, u)


def doubter(seed):
    """Matches histories, but plays at random a third of the time."""
    matcher = LongestMatch("both", 10)
    return Bot(matcher, lambda guess, u: int(9 * u) % 3 if u < 1 / 3 else beat_likeliest(guess, u), seed)


def window(length, seed):
    """Beats the most frequent of the opponent's last moves."""

    def rule(own, theirs):
        counts = [theirs[-length:].count(move) for move in range(3)]
        return SURE[(counts.index(max(counts)) + 1) % 3]

    return Bot(Policy(rule), draw, seed)


def far_mirror(seed):
    """The opponent's move of nine rounds ago, turned, with noise."""
    turn = int(private(seed).integers(3))

    def rule(own, theirs):
        return blur(SURE[(theirs[-9] + turn) % 3], 0.4) if len(theirs) >= 9 else blur(SURE[0], 1.0)

    return Bot(Policy(rule), draw, seed)


UNSEEN = {
    "thue-morse": thue_morse,
    "feedback-4": partial(feedback, 4),
    "feedback-7": partial(feedback, 7),
    "hedge": Hedge,
    "voters": Voters,
    "turncoat": Turncoat,
    "doubter": doubter,
    "window-9": partial(window, 9),
    "window-40": partial(window, 40),
    "far-mirror": far_mirror,
}


class Copy(Predictor):
    """What a copy of Diaconis in the opponent's seat would plan: only its dice are unknown."""

    def __init__(self, temper: Temper | None = None):
        self.temper = temper
        self.begin()

    def begin(self):
        """A fresh copy."""
        self.copy = Diaconis(0, self.temper)

    def hear(self, own, theirs):
        """The copy sits in the other seat."""
        self.copy.follow(theirs, own)

    def distribution(self, own, theirs):
        """All on its plan."""
        return SURE[self.copy.mind.nerves[0].plan or 0]


def twin(noise, seed):
    """Beats the plan of a copy, in some of the rounds at random to hide it."""
    return Bot(Copy(), lambda guess, u: int(3 * u / noise) if u < noise else beat_likeliest(guess, u), seed)


def older_brother(seed):
    """Beats the plan of a copy of other temper: fewer patterns, one memory."""
    return Bot(Copy(Temper(window=3, most=2, memories=(0.97,))), beat_likeliest, seed)


class Lure(Listener):
    """Plays a wave for some rounds, to be trusted, and then beats the plan of a copy."""

    def __init__(self, rounds, seed):
        self.rounds = rounds
        super().__init__(seed)

    def begin(self):
        """A fresh copy."""
        self.copy = Copy()

    def hear(self, own, theirs):
        """The copy hears from the first round on."""
        self.copy.hear(own, theirs)

    def choose(self, own, theirs, u):
        """The wave, then the hunt."""
        if len(own) < self.rounds:
            return len(own) % 3
        return beat_likeliest(self.copy.distribution(own, theirs), u)


class Feigner(Listener):
    """Hunts while the copy's account is high, and lets it win while its plans are not believed."""

    def begin(self):
        """A fresh copy."""
        self.copy = Copy()

    def hear(self, own, theirs):
        """The copy hears."""
        self.copy.hear(own, theirs)

    def choose(self, own, theirs, u):
        """Beat the plan where it is believed, lose to it where it is not."""
        plan = self.copy.distribution(own, theirs).index(1.0)
        return (plan + (1 if self.copy.copy.mind.nerves[0].trust > 0.5 else 2)) % 3


def meta_hunter(seed):
    """In the manner of Iocaine: history matching, and a copy of Diaconis, each at three rotations."""
    return Bot(Strategies([LongestMatch("both")], [Copy(), LongestMatch("both", aim="own")]), draw, seed)


HUNTERS = {
    "twin": partial(twin, 1e-9),
    "twin-half": partial(twin, 0.5),
    "older-brother": older_brother,
    "lure-300": partial(Lure, 300),
    "feigner": Feigner,
    "meta-hunter": meta_hunter,
}
