"""Bots that err the way people do."""

from __future__ import annotations

from functools import partial

from lab.roshambo.bot import EVEN, Bot, Factory
from lab.roshambo.dice import private
from lab.roshambo.moves import payoff
from lab.roshambo.predictors import Policy, turned
from lab.roshambo.responses import draw

OPENING = (0.40, 0.33, 0.27)  # people open with rock


def conditional(stay: tuple, seed: int) -> Bot:
    """Win-stay, lose-shift: how likely it repeats, goes up or goes down depends on the last result.

    Parameters
    ----------
    stay : tuple of three distributions
        Of the step (0, 1, 2) after a tie, a win and a loss.
    seed : int

    Source: Z. Wang, B. Xu and H.-J. Zhou, Social cycling and conditional responses in the Rock-Paper-Scissors
    game, 2014.
    """

    def rule(own, theirs):
        if not own:
            return OPENING
        return turned(stay[payoff(own[-1], theirs[-1])], own[-1])

    return Bot(Policy(rule), draw, seed)


def weary(seed: int) -> Bot:
    """Avoids a third repetition and alternates too much, as people do who want to look random.

    Source: W. Wagenaar, Generation of random sequences by human subjects, 1972.
    """

    def rule(own, theirs):
        if len(own) < 2:
            return OPENING
        again = 0.05 if own[-1] == own[-2] else 0.22
        back = 0.5 * (1 - again)
        weights = [0.5 * (1 - again)] * 3
        weights[own[-1]] = again
        if own[-1] != own[-2]:
            weights[own[-2]] = back * 0.8
            weights[3 - own[-1] - own[-2]] = back * 1.2
        return tuple(weights)

    return Bot(Policy(rule), draw, seed)


def favourite_words(seed: int) -> Bot:
    """Strings together a few words of three to five moves that it likes."""
    generator = private(seed)
    words = [generator.integers(3, size=generator.integers(3, 6)).tolist() for _ in range(4)]
    moves: list[int] = []
    while len(moves) < 4096:
        moves += words[generator.integers(4)]

    def rule(own, theirs):
        step = [0.05, 0.05, 0.05]
        step[moves[len(own) % 4096]] = 0.9
        return tuple(step)

    return Bot(Policy(rule), draw, seed)


def moody(seed: int) -> Bot:
    """Wins make it stay, three losses in a row make it copy the winner, boredom makes it turn."""
    bored = private(seed).random() * 0.2

    def rule(own, theirs):
        if not own:
            return OPENING
        results = [payoff(mine, other) for mine, other in zip(own[-3:], theirs[-3:], strict=True)]
        if results == [-1, -1, -1]:
            return turned((0.7, 0.2, 0.1), theirs[-1])
        return turned((0.75 - bored, 0.15 + bored, 0.1), own[-1]) if results[-1] == 1 else EVEN

    return Bot(Policy(rule), draw, seed)


PEOPLE: dict[str, Factory] = {
    "win-stay-lose-shift": partial(conditional, ((0.4, 0.3, 0.3), (0.7, 0.15, 0.15), (0.1, 0.6, 0.3))),
    "win-stay-lose-shift-sure": partial(conditional, ((1.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0))),
    "win-shift": partial(conditional, ((0.3, 0.4, 0.3), (0.2, 0.3, 0.5), (0.45, 0.35, 0.2))),
    "weary": weary,
    "favourite-words": favourite_words,
    "moody": moody,
}
