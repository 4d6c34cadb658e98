"""Running text on a sheet: a paragraph with `*emphasis*`, broken into lines of a column."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .marks import Text
from .typeface import typeface

LEADING = 1.28  # distance of two lines, in sizes of the type


@dataclass(frozen=True)
class Column:
    """Where text stands and how it looks."""

    x: float
    width: float
    colour: str
    size: float = 10
    italic: bool = False


def length(words: str, size: float, italic: bool = False) -> float:
    """How long a line of type is, in points."""
    face = typeface(italic)
    return sum(face.widths[glyph] for glyph in face.numbers(words)) * size / face.em


def lines(text: str, column: Column) -> list[list[tuple[str, bool]]]:
    """The text as lines of (words, italic) that fit into the column; a mark glued to an emphasis may hang."""
    broken: list[list[tuple[str, bool]]] = []
    line: list[tuple[str, bool]] = []
    used = 0.0
    space = length(" ", column.size)
    for number, part in enumerate(re.split(r"\*+", text)):
        italic = column.italic != bool(number % 2)
        for place, word in enumerate(re.split(r" +", part)):
            glued = place == 0 and number > 0  # no blank between the asterisk and this word
            wide = length(word, column.size, italic)
            gap = 0 if glued or not line else space
            if line and not glued and used + gap + wide > column.width:
                broken.append(line)
                line, used, gap = [], 0.0, 0
            if word:
                line.append((" " * bool(gap) + word, italic))
                used += gap + wide
            elif line and not glued:
                line.append((" ", italic))
                used += space
    return broken + [line] if line else broken


def height(text: str, column: Column) -> float:
    """How much room a paragraph takes."""
    return len(lines(text, column)) * column.size * LEADING


def paragraph(text: str, y: float, column: Column) -> tuple[list[Text], float]:
    """Marks of a paragraph whose top is at ``y``, and where the next one may begin."""
    marks: list[Text] = []
    for line in lines(text, column):
        y += column.size * LEADING
        x, base = column.x, y - column.size * (LEADING - 1)
        for words, italic in joined(line):
            marks.append(Text(x, base, words, column.colour, column.size, italic=italic))
            x += length(words, column.size, italic)
    return marks, y


def joined(line: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Neighbouring words of one kind as one piece."""
    pieces: list[tuple[str, bool]] = []
    for words, italic in line:
        if pieces and pieces[-1][1] == italic:
            pieces[-1] = (pieces[-1][0] + words, italic)
        else:
            pieces.append((words, italic))
    return pieces
