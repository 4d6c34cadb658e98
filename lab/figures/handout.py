"""The printed handout of a room: what to look at, questions with lines to write on, answers on the last page.

It says what the guided tour says, from the same file, and shows the results that ship with the library.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil

import numpy as np
from PIL import Image

from lab import catalog, tours
from lab.figures.morph import read_film
from lab.figures.sheet import Line, Picture, Sheet, Text, pdf
from lab.figures.sheet.flow import Column, height, paragraph
from lab.figures.style import LIGHT, SHEET
from lab.tours import Plate, Tour

WIDTH, HEIGHT = 595.0, 842.0  # A4
MARGIN, FOOT = 54.0, 60.0
INNER = WIDTH - 2 * MARGIN
BODY = Column(MARGIN, INNER, LIGHT.ink, 10.5)
INDENTED = Column(MARGIN + 18, INNER - 18, LIGHT.ink, 10.5)
SMALL = Column(MARGIN, INNER, LIGHT.faint, 8.5, italic=True)
HEAD = Column(MARGIN, INNER, LIGHT.ink, 13)
LINES_TO_WRITE_ON, LINE_HEIGHT = 3, 19.0
ROW_MOST, SINGLE_MOST = 84.0, 190.0  # height of pictures


class Pages:
    """Pages under construction: blocks are put below each other; one that does not fit begins a page."""

    def __init__(self) -> None:
        self.pages: list[list] = [[]]
        self.y = MARGIN

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append([])
        self.y = MARGIN

    def room_for(self, tall: float) -> None:
        """Begin a new page if so much does not fit on this one."""
        if self.y + tall > HEIGHT - FOOT:
            self.turn()

    def write(self, text: str, column: Column, after: float = 0) -> None:
        """Put a paragraph."""
        self.room_for(height(text, column))
        marks, self.y = paragraph(text, self.y, column)
        self.pages[-1] += marks
        self.y += after

    def rule(self, colour: str, left: float = MARGIN, width: float = 0.5) -> None:
        """Put a line across."""
        ends = np.array([[left, self.y], [WIDTH - MARGIN, self.y]])
        self.pages[-1].append(Line(ends, colour, width))


def handout(word: str) -> bytes:
    """The handout of a room as a PDF file.

    Raises
    ------
    ValueError
        If the room has no tour, and so nothing to print.
    """
    tour = tours.read(word)
    if tour is None:
        there = ", ".join(tour.word for tour in tours.tours())
        raise ValueError(f"There is no handout of {word!r}: there are {there}.")
    return pdf(*draw(tour))


def draw(tour: Tour) -> tuple[Sheet, ...]:
    """The pages of a handout."""
    room = catalog.by_word(tour.word)
    pages = Pages()
    pages.write("The Latent Library · a handout to work through", SMALL, 4)
    pages.write(room.title, Column(MARGIN, INNER, LIGHT.accent, 26), 2)
    pages.write(room.sentence, Column(MARGIN, INNER, LIGHT.ink, 12, italic=True), 6)
    pages.write(f"*What it is for.* {tour.aim}", BODY, 4)
    pages.write("Open a step by writing its link behind the library's address. Name, date:", BODY, 12)
    films = [(plate, pick(read_film(plate.path), plate.frames)) for plate in tour.plates[:2]]
    if len(films) == 2 and all(len(frames) == 1 for _, frames in films):
        hang_pair(pages, films)
    else:
        for plate, frames in films:
            hang(pages, plate, frames)
    for number, step in enumerate(tour.steps, start=1):
        ask(pages, number, step, f"/{tour.address(number)}")
    answers(pages, tour)
    count = len(pages.pages)
    sheets = []
    for number, marks in enumerate(pages.pages, start=1):
        foot = [
            Text(MARGIN, HEIGHT - 34, f"{room.title} · The Latent Library", LIGHT.faint, 8),
            Text(WIDTH - MARGIN, HEIGHT - 34, f"{number} / {count}", LIGHT.faint, 8, anchor="end"),
        ]
        sheets.append(Sheet(WIDTH, HEIGHT, SHEET, f"{room.title}, a handout", (*marks, *foot)))
    return tuple(sheets)


def ask(pages: Pages, number: int, step: tours.Step, link: str) -> None:
    """One stop with its link: what to look at, the question, lines for the answer."""
    writing = LINES_TO_WRITE_ON * LINE_HEIGHT
    question = f"*Question.* {step.question}"
    tall = HEAD.size * 2 + height(step.look, INDENTED) + height(question, INDENTED) + writing + 12
    pages.room_for(tall)
    pages.write(f"{number}   {step.title}", HEAD, 1)
    address = Text(WIDTH - MARGIN, pages.y - 5, link, LIGHT.faint, 8, anchor="end")
    pages.pages[-1].append(address)
    pages.write(step.look, INDENTED, 3)
    pages.write(question, INDENTED, 2)
    for _ in range(LINES_TO_WRITE_ON):
        pages.y += LINE_HEIGHT
        pages.rule(LIGHT.line, INDENTED.x)
    pages.y += 14


def answers(pages: Pages, tour: Tour) -> None:
    """The last page, to be folded away or cut off."""
    pages.turn()
    pages.write("Answers", Column(MARGIN, INNER, LIGHT.accent, 18), 2)
    pages.write("For the teacher, or for afterwards.", SMALL, 8)
    for number, step in enumerate(tour.steps, start=1):
        pages.room_for(HEAD.size + height(step.answer, INDENTED))
        pages.write(f"{number}   {step.title}", Column(MARGIN, INNER, LIGHT.ink, 11), 0)
        pages.write(step.answer, INDENTED, 7)
    pages.write(f"Sources: {'; '.join(catalog.by_word(tour.word).sources)}.", SMALL)


def hang_pair(pages: Pages, films: list[tuple[Plate, list[np.ndarray]]]) -> None:
    """Two single pictures beside each other, each over its caption."""
    gap = 18.0
    wide = (INNER - gap) / 2
    pages.room_for(wide + 24)
    top, ends = pages.y, []
    for index, (plate, (image,)) in enumerate(films):
        x = MARGIN + index * (wide + gap)
        tall = min(wide * image.shape[0] / image.shape[1], wide)
        across = tall * image.shape[1] / image.shape[0]
        pages.pages[-1].append(Picture(x, top, across, tall, Image.fromarray(image)))
        marks, end = paragraph(plate.caption, top + tall + 2, replace(SMALL, x=x, width=wide))
        pages.pages[-1] += marks
        ends.append(end)
    pages.y = max(ends) + 12


def hang(pages: Pages, plate: Plate, frames: list[np.ndarray]) -> None:
    """A shipped result with its caption: one picture, or some of a film's frames in rows."""
    across = min(plate.across, len(frames))
    tall, wide = frames[0].shape[:2]
    gap = 4.0
    each = (INNER - gap * (across - 1)) / across
    most = SINGLE_MOST if len(frames) == 1 else ROW_MOST
    each = min(each, most * wide / tall)
    rows = ceil(len(frames) / across)
    pages.room_for(rows * (each * tall / wide + gap) + 24)
    for index, frame in enumerate(frames):
        x = MARGIN + (index % across) * (each + gap)
        y = pages.y + (index // across) * (each * tall / wide + gap)
        pages.pages[-1].append(Picture(x, y, each, each * tall / wide, Image.fromarray(frame)))
    pages.y += rows * (each * tall / wide + gap)
    pages.write(plate.caption, SMALL, 10)


def pick(frames: list[np.ndarray], count: int) -> list[np.ndarray]:
    """Some of the frames, evenly chosen, the first and the last among them."""
    places = np.linspace(0, len(frames) - 1, min(count, len(frames))).round().astype(int)
    return [frames[place] for place in places]
