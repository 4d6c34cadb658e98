"""The reading room's texts: essays, glossary, references, course. All of them are data in `data/reading`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache

from lab.catalog import ROOT

FOLDER = ROOT / "data" / "reading"
LESSON_MINUTES = 90
NAMED = 3  # authors that are named before "et al."
FIELDS = (
    *("author", "editor", "title", "journal", "booktitle", "publisher", "address", "howpublished"),
    *("volume", "number", "pages", "year", "url"),
)


@dataclass(frozen=True)
class Essay:
    """What an essay argues, in the house's words.

    Attributes
    ----------
    word : str
        Names it in the link.
    title, after : str
        Our title, and whose essay it follows.
    references : tuple of str
        Keys of `Reference`.
    text : str
        Markdown.
    rooms : tuple of (str, str, int)
        Word of a room, why one should go there, and the step of its tour.
    """

    word: str
    title: str
    after: str
    references: tuple[str, ...]
    text: str
    rooms: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Reference:
    """A book, an article, a talk; `rooms` are the words of the rooms that lean on it."""

    key: str
    kind: str
    author: str
    title: str
    year: int
    rooms: tuple[str, ...]
    editor: str = ""
    journal: str = ""
    booktitle: str = ""
    publisher: str = ""
    address: str = ""
    howpublished: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    url: str = ""


@dataclass(frozen=True)
class Term:
    """A term of the field, one true sentence about it, and the room where one meets it."""

    name: str
    sentence: str
    room: str


@dataclass(frozen=True)
class Exercise:
    """A question and its solution."""

    question: str
    solution: str


@dataclass(frozen=True)
class Lesson:
    """Ninety minutes in one room.

    Attributes
    ----------
    room : str
    title, aim, needs : str
    plan : tuple of (int, str)
        Minutes and what is done in them; they add up to `LESSON_MINUTES`.
    exercises : tuple of Exercise
    """

    room: str
    title: str
    aim: str
    needs: str
    plan: tuple[tuple[int, str], ...]
    exercises: tuple[Exercise, ...] = field(default=())


def _table(name: str) -> dict:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def essays() -> tuple[Essay, ...]:
    """The essays, in the order of the file."""
    tables = _table("essays")["essay"]
    return tuple(
        Essay(
            **{**table, "references": tuple(table["references"]), "rooms": tuple(map(tuple, table["rooms"]))}
        )
        for table in tables
    )


@cache
def glossary() -> tuple[Term, ...]:
    """The terms, by the alphabet."""
    terms = (Term(name, *entry) for name, entry in _table("glossary")["terms"].items())
    return tuple(sorted(terms, key=lambda term: term.name.lower()))


@cache
def references() -> tuple[Reference, ...]:
    """The references, by author and year."""
    tables = _table("references")["reference"]
    found = (Reference(**{**table, "rooms": tuple(table["rooms"])}) for table in tables)
    return tuple(sorted(found, key=lambda one: (one.author.lower(), one.year)))


@cache
def course() -> tuple[Lesson, ...]:
    """The lessons, in the order of the file."""
    lessons = []
    for table in _table("course")["lesson"]:
        exercises = tuple(Exercise(**exercise) for exercise in table.pop("exercise"))
        plan = tuple((int(minutes), text) for minutes, text in table.pop("plan"))
        lessons.append(Lesson(**table, plan=plan, exercises=exercises))
    return tuple(lessons)


def matching(words: str) -> tuple[Term, ...]:
    """The terms whose name or sentence contains all of some words."""
    asked = words.lower().split()
    return tuple(
        term for term in glossary() if all(w in f"{term.name} {term.sentence}".lower() for w in asked)
    )


def cited(reference: Reference) -> str:
    """A reference as one line of Markdown: who, what, where, when."""
    names = [name.split(",")[0].strip() for name in reference.author.split(" and ")]
    more = "others" in names or len(names) > NAMED
    names = [name for name in names if name != "others"]
    who = f"{names[0]} et al." if more else " and ".join(names)
    where = reference.journal or reference.booktitle or reference.publisher or reference.howpublished
    place = " ".join(
        filter(None, [where, reference.volume, f"({reference.number})" * bool(reference.number)])
    )
    pages = f", {reference.pages.replace('--', '–')}" if reference.pages else ""
    return f"{who}, *{reference.title}*. {place}{pages}, {reference.year}."


def bibtex(chosen: tuple[Reference, ...] | None = None) -> str:
    """References as a BibTeX file; all of them if none are named."""
    return "\n".join(_entry(reference) for reference in (references() if chosen is None else chosen))


def _entry(reference: Reference) -> str:
    """One entry; braces keep the capitals of the title."""
    lines = []
    for name in FIELDS:
        if value := str(getattr(reference, name)):
            text = re.sub(r"([&%$#_])", r"\\\1", value) if name != "url" else value
            lines.append(f"  {name} = {{{'{' + text + '}' if name == 'title' else text}}},")
    return "\n".join([f"@{reference.kind}{{{reference.key},", *lines, "}", ""])
