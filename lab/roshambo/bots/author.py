"""The author's field: the bots of T. Denton's tournament, and their siblings by a number.

Source: T. Denton, *inventingsituations.net*, the posts on RoShamBo, parts I to IV (2014).
"""

from __future__ import annotations

from functools import partial

from lab.roshambo.bot import EVEN, Bot, Factory
from lab.roshambo.dice import private
from lab.roshambo.moves import beat
from lab.roshambo.predictors import SURE, Counts, Follow, LongestMatch, NaiveBayes, Policy, turned
from lab.roshambo.responses import beat_likeliest, draw, sample_and_beat


def random_bot(seed: int) -> Bot:
    """Uniform in every round: the equilibrium, which nobody beats and which beats nobody."""
    return Bot(Policy(lambda own, theirs: EVEN), draw, seed)


def always(move: int, seed: int) -> Bot:
    """The same move in every round."""
    return Bot(Policy(lambda own, theirs: SURE[move]), draw, seed)


def beat_last(seed: int) -> Bot:
    """Beats the opponent's last move."""
    return Bot(Policy(lambda own, theirs: SURE[beat(theirs[-1])] if theirs else EVEN), draw, seed)


def lose_to_last(seed: int) -> Bot:
    """The reverse of beat-last: loses to the opponent's last move."""
    return Bot(Policy(lambda own, theirs: SURE[(theirs[-1] + 2) % 3] if theirs else EVEN), draw, seed)


def sixty(seed: int) -> Bot:
    """60 % of one move, 20 % of each of the others; which one is settled by the seed."""
    favourite = int(private(seed).integers(3))
    return Bot(Policy(lambda own, theirs: turned((0.6, 0.2, 0.2), favourite)), draw, seed)


def random_bias(seed: int) -> Bot:
    """A distribution drawn uniformly from the triangle, kept for the whole match."""
    bias = tuple(private(seed).dirichlet((1, 1, 1)).tolist())
    return Bot(Policy(lambda own, theirs: bias), draw, seed)


def switchbot(seed: int) -> Bot:
    """Uniform over the two moves it did not just play.

    It never repeats: the best reply wins half of the rounds and never loses one.
    """

    def rule(own, theirs):
        return turned((0.0, 0.5, 0.5), own[-1]) if own else EVEN

    return Bot(Policy(rule), draw, seed)


def counter_switchbot(seed: int) -> Bot:
    """The best reply to switchbot: ``y + 2`` after its ``y``, which beats ``y + 1`` and ties ``y + 2``."""
    return lose_to_last(seed)


def rfind(seed: int) -> Bot:
    """Beats what followed the longest suffix of the game that was seen before."""
    return Bot(LongestMatch("both"), beat_likeliest, seed)


def cycle(length: int, seed: int) -> Bot:
    """A random word of the given length, over and over."""
    return Bot(Follow(private(seed).integers(3, size=length).tolist()), draw, seed)


def frequency(seed: int) -> Bot:
    """Beats the opponent's most frequent move."""
    return Bot(Counts(0, prior=0), beat_likeliest, seed)


def bayes(order: int, seed: int) -> Bot:
    """Counts what follows the opponent's last moves (from 1), draws a prediction and beats it."""
    return Bot(Counts(order), sample_and_beat, seed)


def double_bayes(order: int, seed: int) -> Bot:
    """As Bayes, with the last moves of both players as the context."""
    return Bot(Counts(order, "both"), sample_and_beat, seed)


def frequentist(order: int, seed: int) -> Bot:
    """Counts from 0 and beats the likeliest move."""
    return Bot(Counts(order, prior=0), beat_likeliest, seed)


def naive_bayes(order: int, seed: int) -> Bot:
    """Takes the opponent's last moves as independent given its next one, draws a prediction and beats it."""
    return Bot(NaiveBayes(order), sample_and_beat, seed)


AUTHOR: dict[str, Factory] = {
    "random": random_bot,
    "always-rock": partial(always, 0),
    "always-paper": partial(always, 1),
    "always-scissors": partial(always, 2),
    "beat-last": beat_last,
    "lose-to-last": lose_to_last,
    "60-20-20": sixty,
    "random-bias": random_bias,
    "switchbot": switchbot,
    "counter-switchbot": counter_switchbot,
    "rfind": rfind,
    **{f"cycle-{length}": partial(cycle, length) for length in (3, 5, 10)},
    "frequency": frequency,
    **{f"bayes-{order}": partial(bayes, order) for order in (1, 2, 3, 4)},
    **{f"double-bayes-{order}": partial(double_bayes, order) for order in (1, 2)},
    **{f"frequentist-{order}": partial(frequentist, order) for order in (1, 2, 3)},
    **{f"naive-bayes-{order}": partial(naive_bayes, order) for order in (2, 4)},
}
