"""A tournament as text: its table as JSON and back, all its moves as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

import numpy as np

from lab.roshambo.match import Match
from lab.roshambo.moves import spell
from lab.roshambo.rules import RuleTable
from lab.roshambo.tournament import Pairing, Tournament, TournamentSpec


def as_json(table: Tournament) -> str:
    """The table with everything needed to play it again."""
    spec = table.spec
    return json.dumps(
        {
            "names": list(spec.names),
            "rounds": spec.rounds,
            "matches": spec.matches,
            "seed": spec.seed,
            "rules": [[rule.name, rule.start, rule.rows] for rule in spec.rules],
            "payoff": table.payoff.round(3).tolist(),
            "standard error": table.error.round(3).tolist(),
            "won, tied, lost": table.tallies.tolist(),
            "microseconds of a move": table.microseconds.round(1).tolist(),
        }
    )


def from_json(text: str) -> Tournament:
    """The tournament that `as_json` wrote."""
    known = json.loads(text)
    rules = tuple(
        RuleTable(name, tuple(start), tuple(map(tuple, rows))) for name, start, rows in known["rules"]
    )
    spec = TournamentSpec(tuple(known["names"]), known["rounds"], known["matches"], known["seed"], rules)
    arrays = ("payoff", "standard error", "won, tied, lost", "microseconds of a move")
    return Tournament(spec, *(np.array(known[name]) for name in arrays))


def as_csv(spec: TournamentSpec, played: Iterable[Pairing]) -> str:
    """One line for each match, moves as letters."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["first", "second", "match", "score", "moves of first", "moves of second"])
    for pairing in played:
        first, second = (spec.names[place] for place in pairing.pair)
        for number, match in enumerate(pairing.matches):
            writer.writerow([first, second, number, match.score, spell(match.first), spell(match.second)])
    return text.getvalue()


def match_as_csv(match: Match) -> str:
    """One line for each round."""
    lines = ["round,first,second,gain"]
    rows = zip(spell(match.first), spell(match.second), match.gains.tolist(), strict=True)
    lines += [f"{number},{mine},{other},{gain}" for number, (mine, other, gain) in enumerate(rows, start=1)]
    return "\n".join(lines) + "\n"
