"""``python -m lab reading``: a shelf of the reading room on the terminal, or the references as BibTeX."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from lab import reading


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: which shelf, and what on it."""
    parser.add_argument("shelf", choices=list(SHELVES), nargs="?", default="essays")
    parser.add_argument("--find", default="", metavar="WORDS", help="only what contains these words")
    parser.add_argument("--bibtex", action="store_true", help="the references as a BibTeX file")


def perform(arguments: argparse.Namespace) -> int:
    """Print the shelf."""
    texts = [reading.bibtex()] if arguments.bibtex else SHELVES[arguments.shelf]()
    words = arguments.find.lower().split()
    found = [text for text in texts if all(word in text.lower() for word in words)]
    if not found:
        raise ValueError(
            f"Nothing on the shelf {arguments.shelf} contains {arguments.find!r}; try fewer words."
        )
    print("\n\n".join(found))
    return 0


def _essays() -> Iterator[str]:
    for essay in reading.essays():
        yield f"# {essay.title}\n{essay.after}\n\n{essay.text.strip()}"


def _course() -> Iterator[str]:
    for number, lesson in enumerate(reading.course(), start=1):
        plan = "\n".join(f"  {minutes:2} min  {text}" for minutes, text in lesson.plan)
        asked = "\n".join(
            f"  {i}. {e.question}\n     {e.solution}" for i, e in enumerate(lesson.exercises, 1)
        )
        yield f"{number} {lesson.title} ({lesson.room})\n{plan}\n{asked}"


SHELVES: dict[str, Callable[[], Iterator[str]]] = {
    "essays": _essays,
    "course": _course,
    "glossary": lambda: (f"{term.name}: {term.sentence}" for term in reading.glossary()),
    "references": lambda: map(reading.cited, reading.references()),
}
