"""What ships with the library, so that the room is never bare: a match and a tournament, played once."""

from __future__ import annotations

import json
from pathlib import Path

from lab.roshambo.archive import as_json
from lab.roshambo.bots import BOTS
from lab.roshambo.match import play_match
from lab.roshambo.tournament import TournamentSpec, tabulate
from lab.roshambo.workers import spread_pairings

MATCH = ("diaconis", "win-stay-lose-shift")
FIELD = (
    *("diaconis", "diaconis-2014", "random", "60-20-20", "beat-last", "switchbot", "counter-switchbot"),
    *("rfind", "cycle-10", "frequency", "bayes-2", "double-bayes-1", "frequentist-2", "naive-bayes-4"),
    *("noisy-sum", "de-bruijn-4", "machine-2", "drift-5", "switcher-200"),
    *("win-stay-lose-shift", "weary", "favourite-words", "iocaine-like", "markov-meta", "second-guesser"),
)


def write_match(folder: Path, rounds: int = 600) -> Path:
    """The curve that stands on the table before a visitor's own begins."""
    first, second = MATCH
    match = play_match(BOTS[first](7), BOTS[second](8), rounds)
    scores = [0, *match.gains.cumsum().tolist()]
    legend = f"{first} against {second}, while you make up your mind"
    path = folder / "match.json"
    path.write_text(json.dumps({"ghost": scores, "legend": legend}) + "\n", encoding="utf-8")
    return path


def write_tournament(folder: Path, rounds: int = 1000, workers: int = 1) -> Path:
    """The table that hangs in the room of tournaments."""
    spec = TournamentSpec(FIELD, rounds, seed=2014)
    path = folder / "tournament.json"
    path.write_text(as_json(tabulate(spec, list(spread_pairings(spec, workers)))) + "\n", encoding="utf-8")
    return path
