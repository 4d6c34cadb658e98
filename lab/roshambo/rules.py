"""A bot as a table: for each last round, weights of rock, paper and scissors. No code, only data."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from lab.roshambo.bot import EVEN, Bot, Distribution
from lab.roshambo.moves import LETTERS
from lab.roshambo.predictors import Policy
from lab.roshambo.responses import draw

ANY = "*"
MOST_LINES, MOST_LETTERS = 200, 40
EXAMPLE = """# own last move, their last move: weights of rock, paper, scissors
start: 1 1 1
* R: 0 1 0
* P: 0 0 1
S S: 0 2 1
"""


@dataclass(frozen=True)
class RuleTable:
    """Ten distributions: before the first round, and after each pair (own, theirs) of last moves."""

    name: str
    start: Distribution
    rows: tuple[Distribution, ...]


def read_rules(name: str, text: str) -> RuleTable:
    """A rule table from lines like ``R P: 0 1 0`` (own, theirs: weights); ``*`` stands for any move.

    Later lines overrule earlier ones; what no line names is even. ``#`` begins a remark.

    Raises
    ------
    ValueError
        With one sentence that names the line and the mend.
    """
    if not name.strip() or len(name) > MOST_LETTERS:
        raise ValueError(f"The bot's name has {len(name)} letters, but it must have 1 to {MOST_LETTERS}.")
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise ValueError(f"The table has {len(lines)} lines, the limit is {MOST_LINES}.")
    start, rows = EVEN, [EVEN] * 9
    for number, line in enumerate(lines, start=1):
        rule = line.split("#")[0].strip()
        if not rule:
            continue
        context, colon, weights = rule.partition(":")
        if not colon:
            raise ValueError(f"Line {number} has no colon: write it like “R P: 0 1 0”.")
        shares = _shares(weights, number)
        if context.strip().lower() == "start":
            start = shares
            continue
        for place in _places(context, number):
            rows[place] = shares
    return RuleTable(name.strip(), start, tuple(rows))


def rule_bot(table: RuleTable, seed: int) -> Bot:
    """The bot that plays by a rule table."""

    def rule(own, theirs):
        return table.rows[3 * own[-1] + theirs[-1]] if own else table.start

    return Bot(Policy(rule), draw, seed)


def _shares(weights, number):
    try:
        values = [float(weight) for weight in weights.split()]
    except ValueError:
        values = []
    if len(values) != 3 or min(values) < 0 or not isfinite(sum(values)) or sum(values) == 0:
        raise ValueError(
            f"Line {number} needs three weights of at least 0 after the colon, not all of them 0: “0 1 0”."
        )
    return tuple(value / sum(values) for value in values)


def _places(context, number):
    letters = context.upper().split()
    if len(letters) != 2 or any(letter not in (*LETTERS, ANY) for letter in letters):
        raise ValueError(f"Line {number} must begin with “start” or two of R, P, S, * (own, theirs).")
    own, theirs = ([0, 1, 2] if letter == ANY else [LETTERS.index(letter)] for letter in letters)
    return [3 * mine + other for mine in own for other in theirs]
