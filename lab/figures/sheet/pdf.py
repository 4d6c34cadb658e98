"""A sheet as PDF 1.4: vector, with the TrueType faces embedded.

Written by hand, since a plate needs four operators of the language and no library that is large enough to
be worth it. Type is encoded in WinAnsi (Latin letters); a character outside it becomes a question mark.

Source: ISO 32000-1 (2008), sections 8.5 (paths), 9.6.3 (TrueType), 9.8 (font descriptors).
"""

from __future__ import annotations

import zlib

import numpy as np

from .marks import ANCHORS, FACES, Dots, Line, Picture, Sheet, Text, face, type_of

KAPPA = 0.5523  # handles of the Bezier curve that is a quarter of a circle
FIRST, LAST = 32, 255
EM = 1000


def pdf(sheet: Sheet) -> bytes:
    """The sheet as a PDF file of one page."""
    pictures = [mark for mark in sheet.marks if isinstance(mark, Picture)]
    content = [f"{_rgb(sheet.paper)} rg 0 0 {sheet.width:.2f} {sheet.height:.2f} re f"]
    for mark in sheet.marks:
        name = f"P{pictures.index(mark)}" if isinstance(mark, Picture) else ""
        content.append(_WRITE[type(mark)](mark, sheet.height, name))
    fonts = " ".join(f"/F{int(italic)} {5 + 3 * int(italic)} 0 R" for italic in FACES)
    images = " ".join(f"/P{i} {11 + i} 0 R" for i in range(len(pictures)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.width:.2f} {sheet.height:.2f}] /Contents 4 0 R "
        f"/Resources << /Font << {fonts} >> /XObject << {images} >> >> >>",
        _stream("", "\n".join(content).encode("latin-1")),
        *(entry for italic in FACES for entry in _font(italic, 5 + 3 * int(italic))),
        *(_image(mark) for mark in pictures),
    ]
    return _file(objects, sheet.title)


def _file(objects, title):
    """Objects 1, 2, ... with the table of their places; the document information comes last."""
    objects = [*objects, f"<< /Title ({_escaped(title)}) /Producer (The Latent Library) >>"]
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
    """Font, its descriptor and its file, as objects ``number``, ``number + 1`` and ``number + 2``."""
    name, measure = f"EBGaramond-{'Italic' if italic else 'Regular'}", type_of(italic, EM)
    ascent, descent = measure.getmetrics()
    codes = [bytes([code]).decode("cp1252", "ignore") for code in range(FIRST, LAST + 1)]
    widths = " ".join(f"{measure.getlength(letter):.0f}" if letter else "0" for letter in codes)
    return [
        f"<< /Type /Font /Subtype /TrueType /BaseFont /{name} /FirstChar {FIRST} /LastChar {LAST} "
        f"/Widths [{widths}] /Encoding /WinAnsiEncoding /FontDescriptor {number + 1} 0 R >>",
        f"<< /Type /FontDescriptor /FontName /{name} /Flags {32 + 64 * italic} "
        f"/FontBBox [-400 {-descent} 1300 {ascent}] "
        f"/ItalicAngle {-15 * italic} /Ascent {ascent} /Descent {-descent} /CapHeight 650 /StemV 70 "
        f"/FontFile2 {number + 2} 0 R >>",
        _stream(f"/Length1 {len(face(italic))}", face(italic)),
    ]


def _image(mark: Picture) -> bytes:
    image = mark.image.convert("RGB")
    size = f"/Width {image.width} /Height {image.height} /ColorSpace /DeviceRGB /BitsPerComponent 8"
    return _stream(f"/Type /XObject /Subtype /Image {size}", image.tobytes())


def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3f}" for i in (1, 3, 5))


def _escaped(words: str) -> str:
    plain = words.encode("cp1252", "replace").decode("latin-1")
    return plain.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


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
    return (
        f"BT {_rgb(mark.colour)} rg /F{int(mark.italic)} {mark.size:.2f} Tf "
        f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x:.2f} {y:.2f} Tm ({_escaped(mark.words)}) Tj ET"
    )


def _picture(mark: Picture, height, name):
    corner = f"{mark.x:.2f} {height - mark.y - mark.height:.2f}"
    return f"q {mark.width:.2f} 0 0 {mark.height:.2f} {corner} cm /{name} Do Q"


_WRITE = {Line: _line, Dots: _dots, Text: _text, Picture: _picture}
