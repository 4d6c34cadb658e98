"""What a PDF must know of a TrueType face: the number and the width of every letter's glyph.

Source: the OpenType specification, tables `cmap` (format 4), `head`, `hhea`, `hmtx`.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache

from .marks import face

MISSING = 0  # the glyph that stands for every letter a face has not


@dataclass(frozen=True, eq=False)
class Typeface:
    """A face by its glyphs.

    Attributes
    ----------
    data : bytes
        The TrueType file.
    glyphs : dict of str to int
        Glyph number of each letter there is.
    widths : tuple of int
        Advance of each glyph, in units of the em.
    em, ascent, descent : int
        In the same units; the descent is negative.
    """

    data: bytes
    glyphs: dict[str, int]
    widths: tuple[int, ...]
    em: int
    ascent: int
    descent: int

    def numbers(self, words: str) -> list[int]:
        """Glyph numbers of a line of type."""
        return [self.glyphs.get(letter, MISSING) for letter in words]


@cache
def typeface(italic: bool) -> Typeface:
    """The house's face, upright or italic."""
    data = face(italic)
    count = struct.unpack_from(">H", data, 4)[0]
    entries = (struct.unpack_from(">4sIII", data, 12 + 16 * i) for i in range(count))
    tables = {tag.decode(): place for tag, _, place, _ in entries}
    em = struct.unpack_from(">H", data, tables["head"] + 18)[0]
    ascent, descent = struct.unpack_from(">hh", data, tables["hhea"] + 4)
    return Typeface(data, _glyphs(data, tables["cmap"]), _widths(data, tables), em, ascent, descent)


def _widths(data: bytes, tables: dict[str, int]) -> tuple[int, ...]:
    """Advances; glyphs beyond the last entry are as wide as that one."""
    entries = struct.unpack_from(">H", data, tables["hhea"] + 34)[0]
    glyphs = struct.unpack_from(">H", data, tables["maxp"] + 4)[0]
    known = [struct.unpack_from(">H", data, tables["hmtx"] + 4 * i)[0] for i in range(entries)]
    return tuple(known + known[-1:] * (glyphs - entries))


def _glyphs(data: bytes, table: int) -> dict[str, int]:
    """Letters and their glyphs from the first subtable of format 4."""
    subtables = struct.unpack_from(">H", data, table + 2)[0]
    places = [table + struct.unpack_from(">HHI", data, table + 4 + 8 * i)[2] for i in range(subtables)]
    start = next(place for place in places if struct.unpack_from(">H", data, place)[0] == 4)
    doubled = struct.unpack_from(">H", data, start + 6)[0]
    count, found = doubled // 2, {}
    ends = struct.unpack_from(f">{count}H", data, start + 14)
    begins = struct.unpack_from(f">{count}H", data, start + 16 + doubled)
    shifts = struct.unpack_from(f">{count}h", data, start + 16 + 2 * doubled)
    offsets_at = start + 16 + 3 * doubled
    offsets = struct.unpack_from(f">{count}H", data, offsets_at)
    for i, (begin, end, shift, offset) in enumerate(zip(begins, ends, shifts, offsets, strict=True)):
        for code in range(begin, min(end, 0xFFFE) + 1):
            if offset:  # counted from where it stands
                at = offsets_at + 2 * i + offset + 2 * (code - begin)
                glyph = struct.unpack_from(">H", data, at)[0]
                glyph = (glyph + shift) % 0x10000 if glyph else 0
            else:
                glyph = (code + shift) % 0x10000
            if glyph:
                found[chr(code)] = glyph
    return found
