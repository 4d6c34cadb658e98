"""Kaggle's score of guessed circles: how many single edits turn one set of circles into another.

Both sides are padded with empty circles to an equal number. A pair costs the size of its symmetric
difference (one edit adds or takes out one person), and the pairing is the cheapest there is: an assignment
problem, solved exactly by the Hungarian method (H. Kuhn 1955). Lower is better; guessing nothing costs the
sum of the circles' sizes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

Circle = frozenset[Hashable]


@dataclass(frozen=True)
class Pair:
    """A true circle and the guess it is matched with; either may be empty.

    Attributes
    ----------
    truth, found : int or None
        Places in the two lists; None for the empty circle of the padding.
    missed, wrong : int
        Members that the guess lacks, and those it has too many: together the edits.
    """

    truth: int | None
    found: int | None
    missed: int
    wrong: int

    @property
    def cost(self) -> int:
        """Edits of this pair."""
        return self.missed + self.wrong


def edit_distance(truth: Iterable[Iterable[Hashable]], found: Iterable[Iterable[Hashable]]) -> int:
    """Least number of edits between two sets of circles; symmetric, 0 only for equal ones.

    Parameters
    ----------
    truth, found : iterable of iterable of hashable
        Circles in any order; empty ones count nothing. A circle given twice counts twice.

    Source: the metric of Kaggle's *Learning Social Circles in Networks*, 2014.
    """
    return sum(pair.cost for pair in matching(truth, found))


def matching(truth: Iterable[Iterable[Hashable]], found: Iterable[Iterable[Hashable]]) -> list[Pair]:
    """The cheapest pairing, one `Pair` for each true circle in order, then the guesses left alone.

    Parameters
    ----------
    truth, found : iterables of circles
        Each an iterable of its members.
    """
    known, guessed = circles(truth), circles(found)
    size = max(len(known), len(guessed))
    if not size:
        return []
    sides = [list(side) + [frozenset()] * (size - len(side)) for side in (known, guessed)]
    cost = np.array([[len(a ^ b) for b in sides[1]] for a in sides[0]])
    pairs = []
    for row, column in zip(*linear_sum_assignment(cost), strict=True):
        a, b = sides[0][row], sides[1][column]
        if a or b:
            ends = (int(row) if row < len(known) else None, int(column) if column < len(guessed) else None)
            pairs.append(Pair(*ends, len(a - b), len(b - a)))
    return pairs


def circles(given: Iterable[Iterable[Hashable]]) -> list[Circle]:
    """Circles as frozen sets."""
    return [frozenset(circle) for circle in given]


def nothing(truth: Iterable[Iterable[Hashable]]) -> int:
    """What it costs to guess no circle at all: every membership has to be added.

    Parameters
    ----------
    truth : iterable of circles
    """
    return sum(len(circle) for circle in circles(truth))
