"""Sheets as PDF 1.4: vector, with the TrueType faces embedded.

Written by hand, since a plate needs four operators of the language and no library that is large enough to
be worth it. Type is written as numbers of glyphs, with a table that gives the letters back to whoever copies
or searches the text; a letter that the face has not becomes its empty box.

Source: ISO 32000-1 (2008), sections 8.5 (paths), 9.7 (composite fonts), 9.8 (font descriptors), 9.10.3
(ToUnicode), 14.3.3 (document information).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import numpy as np

from .marks import ANCHORS, FACES, Dots, Line, Picture, Sheet, Text, type_of
from .typeface import MISSING, typeface

KAPPA = 0.5523  # handles of the Bezier curve that is a quarter of a circle
EM = 1000
FONT_OBJECTS = 5  # of each face
FIRST_FONT = 3  # after the catalog and the list of pages
TITLE_MARK = b"\xfe\xff"  # what follows is UTF-16


def pdf(*sheets: Sheet) -> bytes:
    """The sheets as the pages of one PDF file, named after the first."""
    objects: list[str | bytes] = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    for italic in FACES:
        objects += _font(italic, len(objects) + 1)
    pages = []
    for sheet in sheets:
        pictures = [mark for mark in sheet.marks if isinstance(mark, Picture)]
        first = len(objects) + 1
        objects += [_image(mark) for mark in pictures]
        objects.append(_stream("", _content(sheet, pictures).encode("latin-1")))
        objects.append(_page(sheet, len(objects), range(first, first + len(pictures))))
        pages.append(len(objects))
    kids = " ".join(f"{number} 0 R" for number in pages)
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"
    return _file(objects, sheets[0].title)


def _content(sheet, pictures):
    lines = [f"{_rgb(sheet.paper)} rg 0 0 {sheet.width:.2f} {sheet.height:.2f} re f"]
    for mark in sheet.marks:
        name = f"P{pictures.index(mark)}" if isinstance(mark, Picture) else ""
        lines.append(_WRITE[type(mark)](mark, sheet.height, name))
    return "\n".join(lines)


def _page(sheet, content, pictures):
    fonts = " ".join(f"/F{int(italic)} {FIRST_FONT + FONT_OBJECTS * int(italic)} 0 R" for italic in FACES)
    images = " ".join(f"/P{i} {number} 0 R" for i, number in enumerate(pictures))
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.width:.2f} {sheet.height:.2f}] "
        f"/Contents {content} 0 R /Resources << /Font << {fonts} >> /XObject << {images} >> >> >>"
    )


def _file(objects, title):
    """Objects 1, 2, ... with the table of their places; the document information comes last."""
    objects = [
        *objects,
        f"<< /Title {_hexed(TITLE_MARK + title.encode('utf-16-be'))} /Producer (The Latent Library) >>",
    ]
    body, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, entry in enumerate(objects, start=1):
        places.append(len(body))
        entry = entry if isinstance(entry, bytes) else entry.encode("latin-1")
        body += b"%d 0 obj\n%b\nendobj\n" % (number, entry)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    return body + (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\n"
        f"startxref\n{len(body)}\n%%EOF\n"
    ).encode("latin-1")


def _stream(entries: str, data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    return (
        f"<< {entries} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode()
        + packed
        + b"\nendstream"
    )


def _font(italic: bool, number: int) -> list:
    """A composite font as the objects ``number`` to ``number + 4``: font, glyphs, metrics, file, letters."""
    own, name = typeface(italic), f"EBGaramond-{'Italic' if italic else 'Regular'}"
    scale = EM / own.em
    widths = " ".join(f"{width * scale:.0f}" for width in own.widths)
    return [
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
        f"/DescendantFonts [{number + 1} 0 R] /ToUnicode {number + 4} 0 R >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /FontDescriptor {number + 2} 0 R "
        f"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/CIDToGIDMap /Identity /W [0 [{widths}]] >>",
        f"<< /Type /FontDescriptor /FontName /{name} /Flags {4 + 64 * italic} "
        f"/FontBBox [-400 {own.descent * scale:.0f} 1300 {own.ascent * scale:.0f}] "
        f"/ItalicAngle {-15 * italic} /Ascent {own.ascent * scale:.0f} /Descent {own.descent * scale:.0f} "
        f"/CapHeight 650 /StemV 70 /FontFile2 {number + 3} 0 R >>",
        _stream(f"/Length1 {len(own.data)}", own.data),
        _stream("", _letters(own.glyphs).encode()),
    ]


def _letters(glyphs: dict[str, int]) -> str:
    """The table that turns glyphs back into letters, at most 100 lines in a block."""
    first = {glyph: letter for letter, glyph in reversed(glyphs.items()) if glyph != MISSING}
    lines = [f"<{glyph:04X}> <{ord(letter):04X}>" for glyph, letter in sorted(first.items())]
    blocks = [lines[i : i + 100] for i in range(0, len(lines), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /House def\n"
        "/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{body}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    )


def _image(mark: Picture) -> bytes:
    image = mark.image.convert("RGB")
    size = f"/Width {image.width} /Height {image.height} /ColorSpace /DeviceRGB /BitsPerComponent 8"
    return _stream(f"/Type /XObject /Subtype /Image {size}", image.tobytes())


def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3f}" for i in (1, 3, 5))


def _hexed(data: bytes) -> str:
    return f"<{data.hex().upper()}>"


def _line(mark: Line, height, _):
    (x, y), *rest = mark.points
    path = f"{x:.2f} {height - y:.2f} m " + " ".join(f"{x:.2f} {height - y:.2f} l" for x, y in rest)
    return f"{_rgb(mark.colour)} RG {mark.width:.2f} w {path} S"


def _dots(mark: Dots, height, _):
    r, k = mark.radius, KAPPA * mark.radius
    turns = [(r, k, k, r, 0, r), (-k, r, -r, k, -r, 0), (-r, -k, -k, -r, 0, -r), (k, -r, r, -k, r, 0)]
    discs = []
    for x, y in mark.points:
        y = height - y
        curves = (" ".join(f"{v:.2f}" for v in np.add(turn, (x, y) * 3)) + " c" for turn in turns)
        discs.append(f"{x + r:.2f} {y:.2f} m {' '.join(curves)} f")
    return f"{_rgb(mark.colour)} rg " + "\n".join(discs)


def _text(mark: Text, height, _):
    shift = ANCHORS[mark.anchor] * type_of(mark.italic, EM).getlength(mark.words) * mark.size / EM
    cos, sin = np.cos(np.radians(mark.turn)), np.sin(np.radians(mark.turn))
    x, y = mark.x - shift * cos, height - mark.y - shift * sin
    numbers = typeface(mark.italic).numbers(mark.words)
    line = _hexed(b"".join(number.to_bytes(2, "big") for number in numbers))
    return (
        f"BT {_rgb(mark.colour)} rg /F{int(mark.italic)} {mark.size:.2f} Tf "
        f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x:.2f} {y:.2f} Tm {line} Tj ET"
    )


def _picture(mark: Picture, height, name):
    corner = f"{mark.x:.2f} {height - mark.y - mark.height:.2f}"
    return f"q {mark.width:.2f} 0 0 {mark.height:.2f} {corner} cm /{name} Do Q"


_WRITE: dict[type, Callable[[Any, float, str], str]] = {
    Line: _line,
    Dots: _dots,
    Text: _text,
    Picture: _picture,
}
