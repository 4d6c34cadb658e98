"""Bots with a shape of their own: mirrors, rotations, cycles, drifts, and rules drawn by chance."""

from __future__ import annotations

from functools import partial

import numpy as np

from lab.roshambo.bot import EVEN, Bot, Factory
from lab.roshambo.dice import private
from lab.roshambo.predictors import SURE, Follow, Policy
from lab.roshambo.responses import draw


def rotation(step: int, seed: int) -> Bot:
    """Its own last move plus ``step`` in Z/3: a pure wave."""
    start = int(private(seed).integers(3))
    return Bot(Policy(lambda own, theirs: SURE[(start + step * len(own)) % 3]), draw, seed)


def mirror(lag: int, shift: int, seed: int) -> Bot:
    """The opponent's move of ``lag`` rounds ago plus ``shift``; at random before there is one."""

    def rule(own, theirs):
        return SURE[(theirs[-lag] + shift) % 3] if len(theirs) >= lag else EVEN

    return Bot(Policy(rule), draw, seed)


def sum_bot(seed: int) -> Bot:
    """The sum of both last moves plus a constant: a character of degree two, silent in every single move."""
    shift = int(private(seed).integers(3))
    return Bot(
        Policy(lambda own, theirs: SURE[(own[-1] + theirs[-1] + shift) % 3] if own else EVEN), draw, seed
    )


def noisy_sum(noise: float, seed: int) -> Bot:
    """The sum of both last moves, replaced by chance in a share ``noise`` of the rounds."""

    def rule(own, theirs):
        return blur(SURE[(own[-1] + theirs[-1]) % 3], noise) if own else EVEN

    return Bot(Policy(rule), draw, seed)


def de_bruijn(order: int, seed: int) -> Bot:
    """A De Bruijn cycle: every word of ``order`` moves appears once in ``3 ** order`` rounds.

    All words shorter than the order are equally frequent, so that counting them hears nothing.
    """
    generator = private(seed)
    relabel = generator.permutation(3)
    word = relabel[np.array(de_bruijn_word(order))]
    return Bot(Follow(np.roll(word, -int(generator.integers(word.size)))), draw, seed)


def de_bruijn_word(order: int) -> list[int]:
    """The lexicographically least De Bruijn word over Z/3.

    Source: H. Fredricksen and J. Maiorana, Necklaces of beads in k colors, 1978.
    """
    word, necklace = [], [0] * (order + 1)

    def extend(place: int, period: int) -> None:
        if place > order:
            if order % period == 0:
                word.extend(necklace[1 : period + 1])
            return
        necklace[place] = necklace[place - period]
        extend(place + 1, period)
        for move in range(necklace[place - period] + 1, 3):
            necklace[place] = move
            extend(place + 1, place)

    extend(1, 1)
    return word


def long_cycle(seed: int) -> Bot:
    """A random word of 60 moves, over and over."""
    return Bot(Follow(private(seed).integers(3, size=60).tolist()), draw, seed)


def machine(order: int, noise: float, seed: int) -> Bot:
    """A rule drawn by chance: for each context of both players' last moves one move, and some noise."""
    table = private(seed).integers(3, size=9**order).tolist()

    def rule(own, theirs):
        if len(own) < order:
            return EVEN
        context = 0
        for mine, other in zip(own[-order:], theirs[-order:], strict=True):
            context = 9 * context + 3 * mine + other
        return blur(SURE[table[context]], noise)

    return Bot(Policy(rule), draw, seed)


def loaded(seed: int) -> Bot:
    """For each pair of last moves a distribution of its own, drawn uniformly from the triangle."""
    table = private(seed).dirichlet((1, 1, 1), size=9)
    rows = [tuple(row) for row in table.tolist()]
    return Bot(Policy(lambda own, theirs: rows[3 * own[-1] + theirs[-1]] if own else EVEN), draw, seed)


def drift(rate: float, seed: int) -> Bot:
    """A bias that walks slowly around the triangle, ``rate`` turns in 1000 rounds."""
    phase = private(seed).random()

    def rule(own, theirs):
        angle = 2 * np.pi * (phase + rate * len(own) / 1000)
        weights = np.exp(1.5 * np.cos(angle - 2 * np.pi * np.arange(3) / 3))
        return tuple((weights / weights.sum()).tolist())

    return Bot(Policy(rule), draw, seed)


def flat(seed: int) -> Bot:
    """Plays most often what it has played least: what it tries to hide is what gives it away."""

    def rule(own, theirs):
        counts = [own.count(move) for move in range(3)]
        return blur(SURE[counts.index(min(counts))], 0.4)

    return Bot(Policy(rule), draw, seed)


def switcher(rounds: int, seed: int) -> Bot:
    """A new random rule of one round's memory after each stretch of rounds, lengths around ``rounds``."""
    generator = private(seed)
    ends = np.cumsum(generator.integers(rounds // 2, 2 * rounds, size=64)).tolist()
    tables = generator.integers(3, size=(65, 9)).tolist()

    def rule(own, theirs):
        table = tables[int(np.searchsorted(ends, len(own), "right")) % 65]
        return blur(SURE[table[3 * own[-1] + theirs[-1]]], 0.1) if own else EVEN

    return Bot(Policy(rule), draw, seed)


def blur(distribution, noise: float):
    """Mix a distribution with the even one."""
    return tuple((1 - noise) * share + noise / 3 for share in distribution)


SHAPES: dict[str, Factory] = {
    "rotation-up": partial(rotation, 1),
    "rotation-down": partial(rotation, 2),
    **{f"mirror-{lag}-{shift}": partial(mirror, lag, shift) for lag, shift in ((1, 0), (2, 1), (5, 2))},
    "sum": sum_bot,
    "noisy-sum": partial(noisy_sum, 0.5),
    **{f"de-bruijn-{order}": partial(de_bruijn, order) for order in (3, 4)},
    "cycle-60": long_cycle,
    **{f"machine-{order}": partial(machine, order, 0.0) for order in (1, 2)},
    "noisy-machine": partial(machine, 1, 0.5),
    "loaded": loaded,
    "drift-1": partial(drift, 1.0),
    "drift-5": partial(drift, 5.0),
    "flat": flat,
    "switcher-60": partial(switcher, 60),
    "switcher-200": partial(switcher, 200),
}
