"""``python -m lab shuffling``: how a walk on a group mixes, step by step, written to a folder."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from lab.shuffling import STAYS, WALKS, ShuffleSpec, mixing_time, shipped, shuffle
from lab.shuffling.archive import distances_csv, spectrum_csv


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: which walk, where."""
    add = parser.add_argument
    add("--walk", default=ShuffleSpec.walk, help=f"one of {', '.join(WALKS)}")
    add("--size", type=int, default=ShuffleSpec.size, help="cards, places, switches or moves")
    add("--stay", default=ShuffleSpec.stay, help=f"how often a step stays: {', '.join(STAYS)}")
    add("--exhibits", action="store_true", help="compute anew what ships with the library")
    add("--out", type=Path, default=Path("out/shuffling"), metavar="DIR")


def perform(arguments: argparse.Namespace) -> int:
    """Follow the walk and write its numbers."""
    if arguments.exhibits:
        print(shipped.write())
        return 0
    spec = ShuffleSpec(arguments.walk, arguments.size, arguments.stay)
    found = shuffle(spec)
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "distances.csv").write_text(distances_csv(found), encoding="utf-8")
    (arguments.out / "spectrum.csv").write_text(spectrum_csv(found), encoding="utf-8")
    exact = mixing_time(found.laws.distance) if found.laws else None
    result = asdict(spec) | {
        "exact": found.laws is not None,
        "mixed after": exact,
        "bound mixed after": mixing_time(found.bound),
        "cutoff": spec.cutoff,
        "period": spec.period,
    }
    (arguments.out / "result.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    told = "never" if spec.period > 1 else exact if found.laws else "unknown"
    print(f"mixed after: {told}; the lemma promises it after: {result['bound mixed after'] or 'never'}")
    print(arguments.out)
    return 0
