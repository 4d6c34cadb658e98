"""A sheet as SVG: vector, with the type embedded in the file."""

from __future__ import annotations

import base64
from collections.abc import Callable
from html import escape
from typing import Any

from .marks import Dots, Line, Picture, Sheet, Text, face
from .png import png_bytes


def svg(sheet: Sheet) -> bytes:
    """The sheet as one self-contained SVG file."""
    faces = "".join(
        f"@font-face{{font-family:Garamond;font-style:{style};"
        f"src:url(data:font/ttf;base64,{base64.b64encode(face(italic)).decode()})}}"
        for italic, style in ((False, "normal"), (True, "italic"))
    )
    w, h = _n(sheet.width), _n(sheet.height)
    size = f'width="{w}pt" height="{h}pt" viewBox="0 0 {w} {h}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
            f"<title>{escape(sheet.title)}</title><style>{faces}text{{font-family:Garamond,serif}}</style>",
            f'<rect width="{w}" height="{h}" fill="{sheet.paper}"/>',
            *(_WRITE[type(mark)](mark) for mark in sheet.marks),
            "</svg>",
        ]
    ).encode()


def _n(number: float) -> str:
    """A length with two digits, as short as it can be written."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _line(mark: Line) -> str:
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in mark.points)
    return f'<polyline points="{points}" fill="none" stroke="{mark.colour}" stroke-width="{_n(mark.width)}"/>'


def _dots(mark: Dots) -> str:
    discs = "".join(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(mark.radius)}"/>' for x, y in mark.points)
    return f'<g fill="{mark.colour}">{discs}</g>'


def _text(mark: Text) -> str:
    place = (
        f'transform="translate({_n(mark.x)} {_n(mark.y)}) rotate({-mark.turn})" text-anchor="{mark.anchor}"'
    )
    style = ' font-style="italic"' if mark.italic else ""
    return (
        f'<text {place} font-size="{_n(mark.size)}" fill="{mark.colour}"{style}>{escape(mark.words)}</text>'
    )


def _picture(mark: Picture) -> str:
    data = base64.b64encode(png_bytes(mark.image)).decode()
    box = f'x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(mark.width)}" height="{_n(mark.height)}"'
    return f'<image {box} preserveAspectRatio="none" href="data:image/png;base64,{data}"/>'


_WRITE: dict[type, Callable[[Any], str]] = {Line: _line, Dots: _dots, Text: _text, Picture: _picture}
