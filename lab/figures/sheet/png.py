"""A sheet as PNG."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageDraw

from .marks import ANCHORS, Dots, Line, Picture, Sheet, Text, type_of


def png(sheet: Sheet, scale: float = 3.0) -> bytes:
    """The sheet with ``scale`` pixels to the point, drawn twice as large for smooth edges."""
    zoom = 2 * scale
    size = (round(sheet.width * zoom), round(sheet.height * zoom))
    image = Image.new("RGB", size, sheet.paper)
    for mark in sheet.marks:
        _DRAW[type(mark)](mark, image, zoom)
    return png_bytes(image.resize((size[0] // 2, size[1] // 2), Image.Resampling.BOX))


def png_bytes(image: Image.Image) -> bytes:
    """A picture as a PNG file."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _line(mark: Line, image, zoom):
    points = [(x * zoom, y * zoom) for x, y in mark.points]
    ImageDraw.Draw(image).line(points, fill=mark.colour, width=max(1, round(mark.width * zoom)))


def _dots(mark: Dots, image, zoom):
    pen, r = ImageDraw.Draw(image), mark.radius * zoom
    for x, y in mark.points * zoom:
        pen.ellipse((x - r, y - r, x + r, y + r), fill=mark.colour)


def _text(mark: Text, image, zoom):
    font = type_of(mark.italic, mark.size * zoom)
    length, ascent = font.getlength(mark.words), font.getmetrics()[0]
    shift = ANCHORS[mark.anchor] * length
    if not mark.turn:
        place = (mark.x * zoom - shift, mark.y * zoom - ascent)
        ImageDraw.Draw(image).text(place, mark.words, fill=mark.colour, font=font)
        return
    # turned type: drawn on a square whose centre is the anchor, then turned about it
    half = int(length) + ascent + 2
    mask = Image.new("L", (2 * half, 2 * half))
    ImageDraw.Draw(mask).text((half - shift, half - ascent), mark.words, fill=255, font=font)
    mask = mask.rotate(mark.turn, resample=Image.Resampling.BICUBIC)
    image.paste(mark.colour, (round(mark.x * zoom) - half, round(mark.y * zoom) - half), mask)


def _picture(mark: Picture, image, zoom):
    size = (round(mark.width * zoom), round(mark.height * zoom))
    image.paste(mark.image.convert("RGB").resize(size), (round(mark.x * zoom), round(mark.y * zoom)))


_DRAW: dict[type, Callable[[Any, Image.Image, float], None]] = {
    Line: _line,
    Dots: _dots,
    Text: _text,
    Picture: _picture,
}
