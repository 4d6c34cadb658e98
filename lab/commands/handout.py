"""``python -m lab handout <room>``: the printed handout of a room, or of all rooms, as PDF."""

from __future__ import annotations

import argparse
from pathlib import Path

from lab import tours
from lab.figures.handout import handout


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: which room, where."""
    words = [tour.word for tour in tours.tours()]
    parser.add_argument("room", choices=[*words, "all"], help="whose guided tour is printed")
    parser.add_argument("--out", type=Path, default=Path("out/handout"), metavar="DIR")


def perform(arguments: argparse.Namespace) -> int:
    """Write the files, one line for each."""
    asked = [tour.word for tour in tours.tours()] if arguments.room == "all" else [arguments.room]
    arguments.out.mkdir(parents=True, exist_ok=True)
    for word in asked:
        path = arguments.out / f"{word}.pdf"
        path.write_bytes(handout(word))
        print(path)
    return 0
