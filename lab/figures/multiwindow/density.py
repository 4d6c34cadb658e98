"""Counts of a window as a shaded picture."""

from __future__ import annotations

import base64

import numpy as np
from PIL import Image

from lab.figures.sheet.png import png_bytes
from lab.figures.style import Palette


def shade(counts: np.ndarray, top: float, colours: Palette) -> Image.Image:
    """Counts (height, width), row 0 lowest, as an RGB picture; equal steps of colour are equal factors.

    Parameters
    ----------
    top : float
        log(1 + count) that takes the last colour; one for all windows, so that they can be compared.
    """
    stops = np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in colours.sequence], dtype=float)
    part = np.log1p(counts[::-1]) / max(top, 1e-9) * (len(stops) - 1)
    part = np.where(counts[::-1] > 0, np.maximum(part, 0.6), 0)  # one row is not nothing
    low = np.clip(part.astype(int), 0, len(stops) - 2)
    rgb = stops[low] + (part - low)[..., None] * (stops[low + 1] - stops[low])
    return Image.fromarray(rgb.round().astype(np.uint8), "RGB")


def address(picture: Image.Image) -> str:
    """A picture as an address that holds it whole."""
    return f"data:image/png;base64,{base64.b64encode(png_bytes(picture)).decode()}"
