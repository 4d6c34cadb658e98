"""The few marks a scientific plate is made of, and the house's type for print."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageFont

FONTS = Path(__file__).resolve().parents[3] / "data" / "fonts"
FACES = {False: "eb-garamond", True: "eb-garamond-italic"}
ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True, eq=False)
class Line:
    """A polyline through points (n, 2)."""

    points: np.ndarray
    colour: str
    width: float = 0.5


@dataclass(frozen=True, eq=False)
class Dots:
    """Discs of one size and colour at points (n, 2)."""

    points: np.ndarray
    colour: str
    radius: float = 1.4


@dataclass(frozen=True)
class Text:
    """A line of type; ``turn`` in degrees counter-clockwise about its anchor."""

    x: float
    y: float
    words: str
    colour: str
    size: float = 9
    anchor: str = "start"
    italic: bool = False
    turn: int = 0


@dataclass(frozen=True, eq=False)
class Picture:
    """An RGB picture in a rectangle."""

    x: float
    y: float
    width: float
    height: float
    image: Image.Image


Mark = Line | Dots | Text | Picture


@dataclass(frozen=True, eq=False)
class Sheet:
    """Marks on paper, drawn in order."""

    width: float
    height: float
    paper: str
    title: str
    marks: tuple[Mark, ...]


@cache
def face(italic: bool) -> bytes:
    """The TrueType file of the house's type, upright or italic (Latin letters)."""
    return (FONTS / f"{FACES[italic]}.ttf").read_bytes()


def type_of(italic: bool, size: float) -> ImageFont.FreeTypeFont:
    """The same type for Pillow, to measure and to draw."""
    return ImageFont.truetype(io.BytesIO(face(italic)), size)
