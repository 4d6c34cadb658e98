"""Drawing styles: each a rule for colours, a rule for outlines and a rule for the finished sheet.

A sheet is a float32 array (size, size, 3) in [0, 1]; every length is a share of the sheet's side.
"""

from dataclasses import dataclass

import numpy as np

DUOTONE = {
    "red": ((0.25, 0.02, 0.08), (0.86, 0.2, 0.16), (1.0, 0.88, 0.76)),
    "golden": ((0.25, 0.11, 0.03), (0.9, 0.6, 0.12), (1.0, 0.96, 0.76)),
    "green": ((0.02, 0.15, 0.13), (0.2, 0.6, 0.36), (0.92, 0.98, 0.8)),
    "blue": ((0.03, 0.06, 0.25), (0.16, 0.42, 0.8), (0.88, 0.96, 1.0)),
    "violet": ((0.13, 0.03, 0.22), (0.56, 0.3, 0.7), (0.98, 0.88, 0.97)),
}
INK = {
    "natural": (0.09, 0.08, 0.1),
    "red": (0.58, 0.06, 0.09),
    "golden": (0.55, 0.35, 0.02),
    "green": (0.02, 0.36, 0.22),
    "blue": (0.06, 0.17, 0.55),
    "violet": (0.36, 0.1, 0.48),
}
NEON = {
    "natural": None,
    "red": (1, 0.2, 0.25),
    "golden": (1, 0.8, 0.2),
    "green": (0.3, 1, 0.4),
    "blue": (0.25, 0.6, 1),
    "violet": (0.8, 0.35, 1),
}
LUMA = np.array([0.299, 0.587, 0.114])
CREAM, PAPER, PRUSSIAN = (
    np.array([0.965, 0.925, 0.83]),
    np.array([0.985, 0.975, 0.95]),
    np.array([0.05, 0.2, 0.46]),
)


@dataclass(frozen=True)
class Style:
    """Lengths of a style: the outline's width, the offset of a cut-out's shadow, the sigma of a blur."""

    width: float = 0.0
    shadow: float = 0.0
    blur: float = 0.0


STYLES = {
    "painting": Style(),
    "watercolour": Style(blur=0.008),
    "engraving": Style(width=0.0125),
    "ink": Style(width=0.015),
    "neon": Style(width=0.013, blur=0.028),
    "blueprint": Style(width=0.0095),
    "collage": Style(width=0.011, shadow=0.017),
}


def luminance(rgb):
    """Rec. 601 luma of colours (..., 3)."""
    return rgb @ LUMA


def ramp(table, tone):
    """Three-colour ramp at tones (...,) in [0, 1]."""
    dark, middle, bright = (np.asarray(c) for c in table)
    tone = np.asarray(tone)[..., None]
    return np.where(
        tone < 0.5, dark + (middle - dark) * 2 * tone, middle + (bright - middle) * (2 * tone - 1)
    )


def graded(rgb, palette, share=0.8):
    """Colours moved onto the palette's ramp."""
    if palette == "natural":
        return rgb
    return rgb + (ramp(DUOTONE[palette], luminance(rgb)) - rgb) * share


def fill(style, palette, rgb, glow):
    """Colour of a filled shape."""
    rgb = np.minimum(np.maximum(rgb, 0), 1)
    if style in ("engraving", "ink"):
        tone = luminance(rgb) ** 0.65
        return np.repeat(
            tone if style == "engraving" else 0.42 * _step(tone, 0.42, 0.05) + 0.58 * _step(tone, 0.66, 0.05),
            3,
        )
    if style == "neon":
        shade = np.array([0.03, 0.02, 0.08]) + 0.14 * rgb + 0.3 * luminance(rgb) ** 6
        return neon_line(rgb, palette) * 0.75 if glow else shade
    if style == "blueprint":
        return PRUSSIAN * (0.7 + 0.4 * luminance(rgb)) + (0.62 if glow else 0.3 * luminance(rgb) ** 4) * (
            1 - PRUSSIAN
        )
    if style == "collage":
        rgb = rgb + (luminance(rgb) * np.array([1.08, 0.98, 0.8]) - rgb) * 0.45
        return graded(np.clip(rgb, 0, 1), palette)
    return graded(rgb, palette)


def neon_line(rgb, palette):
    """Fully saturated bright version of a colour."""
    if NEON[palette] is not None:
        return np.array(NEON[palette]) * (0.75 + 0.25 * luminance(rgb))
    spread = np.ptp(rgb)
    vivid = (rgb - rgb.min()) / spread if spread > 0.04 else np.array([0.4, 0.9, 1.0])
    return 0.12 + 0.88 * vivid


def outline(style, palette, rgb):
    """Colour of a shape's outline."""
    if style == "neon":
        return neon_line(rgb, palette)
    if style == "blueprint":
        return np.array([0.9, 0.96, 1.0])
    if style == "collage":
        return CREAM * 0.98
    return np.array([0.02, 0.02, 0.02])


def _axes(size):
    """Pixel centres in the unit square, (size, size) each."""
    line = (np.arange(size, dtype=np.float32) + 0.5) / size
    return np.meshgrid(line, line)


def _step(x, edge, soft):
    """Smooth step of half-width `soft`."""
    t = np.clip((x - edge) / (2 * soft) + 0.5, 0, 1)
    return t * t * (3 - 2 * t)


def engraved(sheet, palette):
    """Parallel cuts that swell in the shade until they close, printed on cream paper."""
    x, y = _axes(len(sheet))
    tone = np.clip(sheet[..., 0], 0, 1)
    wave = np.abs(((y + 0.35 * x) * 24) % 1 - 0.5) * 2
    soft = np.clip(24 * 1.0 / len(sheet), 0.16, 0.3)
    depth = np.clip((0.86 - tone) / 0.8, 0, 1)
    ink = 0.85 * _step(depth, wave, soft) * _step(depth, 0.06, 0.06)
    ink = np.maximum(ink, np.clip((0.36 - tone) / 0.32, 0, 1))
    return CREAM + (np.array(INK[palette]) - CREAM) * ink[..., None]


def inked(sheet, palette):
    """Paper, a half-tone wash and full ink, in the ink's colour."""
    ink, paper = np.array(INK[palette]), np.array([0.99, 0.985, 0.97])
    return ink + (paper - ink) * sheet


def washed(sheet, soft):
    """Pigment that gathers at edges and leaves a wavy white border of paper."""
    x, y = _axes(len(sheet))
    edge = np.abs(sheet - soft).mean(-1, keepdims=True)
    bloom = 0.05 * np.sin(9 * x + 4 * np.sin(5 * y)) * np.sin(8 * y + 3 * np.sin(6 * x))
    color = 0.45 * sheet + 0.55 * soft
    color = PAPER + (color - PAPER) * (0.84 + bloom[..., None]) - 0.5 * edge
    sides = np.minimum(x + 0.007 * np.sin(17 * y), 1 - x + 0.007 * np.sin(13 * y + 1))
    ends = np.minimum(y + 0.007 * np.sin(15 * x + 2), 1 - y + 0.007 * np.sin(19 * x))
    frame = np.minimum(sides, ends)
    mask = _step(frame, 0.055, 0.012)[..., None]
    return PAPER + (color - PAPER) * mask


def gridded(sheet):
    """Eight by eight faint grid and a frame line of a technical drawing."""
    x, y = _axes(len(sheet))
    near = np.minimum(np.abs((x * 8) % 1 - 0.5), np.abs((y * 8) % 1 - 0.5)) / 8
    rim = np.abs(np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y)) - 0.025)
    line = np.maximum(0.16 * (1 - _step(near, 0.005, 0.003)), 0.8 * (1 - _step(rim, 0.005, 0.003)))
    return sheet + (1 - sheet) * line[..., None]


def pasted(sheet):
    """Old paper: the fine horizontal cuts of a printed wood engraving show through."""
    _, y = _axes(len(sheet))
    cuts = np.abs((y * 32) % 1 - 0.5) * 2
    shade = 0.2 * cuts * np.clip(1.1 - luminance(sheet), 0, 1)
    return sheet * (1 - shade[..., None]) * 0.95 + 0.04 * CREAM


def finish(style, palette, sheet, soft):
    """The finished sheet of a style; `soft` is the blurred sheet where the style has a blur."""
    if style == "engraving":
        return engraved(sheet, palette)
    if style == "ink":
        return inked(sheet, palette)
    if style == "watercolour":
        return washed(sheet, soft)
    if style == "neon":
        return 1 - (1 - np.clip(sheet, 0, 1)) * (1 - np.clip(soft * 1.15, 0, 1))
    if style == "blueprint":
        return gridded(sheet)
    return pasted(sheet) if style == "collage" else sheet
