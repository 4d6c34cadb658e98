"""Guided tours are data: `data/tours/<word>.toml`, one for each room.

A tour is a list of steps. Each step holds a link, in the words of the page's own link, says what to look at,
asks one question and knows its answer. The page, the printed handout and the course read the same file. The
texts are plain sentences with `*emphasis*`, so that they can be printed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from lab.catalog import EXPERIMENTS, ROOT

FOLDER = ROOT / "data" / "tours"
GALLERY = ROOT / "data" / "gallery"
Query = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Step:
    """One stop of a tour.

    Attributes
    ----------
    title : str
    link : mapping of str to str or list of str
        The parameters of the page's link at this stop.
    look : str
        What to do and what to look at.
    question : str
        One question; ends with a question mark.
    answer : str
    """

    title: str
    link: Query
    look: str
    question: str
    answer: str


@dataclass(frozen=True)
class Plate:
    """A shipped result: a film or a picture of the gallery.

    Attributes
    ----------
    file : str
        Under `data/gallery`.
    caption : str
        One sentence; also what those hear who do not see it.
    step : int
        The stop of the tour, from 1, whose link leads to it.
    moving : bool
        Whether neighbouring frames are neighbouring pictures, so that it may be shown as a film.
    across : int
        Frames in a row, where all of them are shown.
    frames : int
        How many of its frames stand for it on paper, evenly chosen.
    """

    file: str
    caption: str
    step: int
    moving: bool = False
    across: int = 6
    frames: int = 6

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return GALLERY / self.file


@dataclass(frozen=True)
class Tour:
    """The tour of a room.

    Attributes
    ----------
    word : str
        Of the room.
    aim : str
        What one knows afterwards.
    steps : tuple of Step
    plates : tuple of Plate
        Results that ship with the library.
    """

    word: str
    aim: str
    steps: tuple[Step, ...]
    plates: tuple[Plate, ...]

    def step(self, number: int) -> Step:
        """The stop of a number, counted from 1.

        Raises
        ------
        ValueError
            If the tour has no stop of this number.
        """
        if not 1 <= number <= len(self.steps):
            raise ValueError(f"The tour has {len(self.steps)} steps, so there is no step {number}.")
        return self.steps[number - 1]

    def address(self, number: int) -> str:
        """The teacher's link to a stop, from the front door."""
        return f"?tour={self.word}&step={number}"

    def state(self, number: int) -> str:
        """The page's own link at a stop, without the tour."""
        link = urlencode(dict(self.step(number).link), doseq=True)
        return f"{self.word}?{link}" if link else self.word


@cache
def read(word: str) -> Tour | None:
    """The tour of a room, or nothing where there is none.

    Parameters
    ----------
    word : str
        Of the room.
    """
    path = FOLDER / f"{word}.toml"
    if not path.is_file():
        return None
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    steps = tuple(Step(**{"link": {}, **step}) for step in table["step"])
    plates = tuple(Plate(**plate) for plate in table.get("plate", []))
    return Tour(word, table["aim"], steps, plates)


def tours() -> tuple[Tour, ...]:
    """All tours of open rooms, in the order of the catalog."""
    found = (read(experiment.word) for experiment in EXPERIMENTS if experiment.page.is_file())
    return tuple(tour for tour in found if tour)
