"""The atlas: ten places in the same words, each a row of forms, heights, colours and landmarks.

`forms`, `heights` belong to the near, mid and far masses, `colors` to near left, near right,
    mid left and so on;
`flat` is 0 for walls in perspective and 1 for upright cut-outs; `details` lie on the masses in three colours
of `paint` and shine at night as `lit` says; `hole` is the opening of an indoor place's wall.
"""

import numpy as np

from . import forms
from .forms import BLOCK, CACTUS, COLUMN, CROWN, CYPRESS, GABLE, MESA, PEAK, PINE, PUMP, resample

DETAILS = 8
PROPS = (
    "slab", "nest", "lighthouse", "ship", "fountain", "pyramid", "sign", "rose", "lamp", "snowcap",
    "waves", "trunk",
)  # fmt: skip
OPEN = resample([(0.5, 2), (-2, 2), (-2, -2), (3, -2), (3, 2)])
HEXAGON = forms.hexagon(0.5, 0.365, 0.325)
WINDOW = resample([(0.5, 0.53), (0.29, 0.53), (0.29, 0.13), (0.71, 0.13), (0.71, 0.53)])
ARCH = resample([
    (0.5, 0.7), (0.3, 0.7), (0.3, 0.3), (0.34, 0.18), (0.42, 0.08), (0.5, 0.02), (0.58, 0.08), (0.66, 0.18),
    (0.7, 0.3), (0.7, 0.7),
])  # fmt: skip

RIDGE_X = np.linspace(0, 1, 25)
FLAT = np.zeros(25)
HILLS = 0.07 + 0.03 * np.sin(RIDGE_X * 9)
DUNES = 0.06 + 0.035 * np.sin(RIDGE_X * 7 + 1)
PEAKS = np.interp(
    RIDGE_X, [0, 0.2, 0.33, 0.42, 0.52, 0.6, 0.7, 1], [0.2, 0.3, 0.16, 0.24, 0.41, 0.27, 0.2, 0.3]
)
SKYLINE = np.interp(
    RIDGE_X,
    [0, 0.3, 0.4, 0.41, 0.46, 0.47, 0.54, 0.55, 0.6, 1],
    [0.2, 0.2, 0.2, 0.1, 0.1, 0.17, 0.17, 0.08, 0.08, 0.2],
)

WINDOWS = [forms.box(u, v, u + 0.28, v + 0.17) for v in (0.26, 0.58) for u in (0.14, 0.58)]
BOOKS = [
    forms.box(0.1 + 0.2 * i, v, 0.27 + 0.2 * i, v + h)
    for v in (0.22, 0.56)
    for i, h in enumerate((0.24, 0.2, 0.26, 0.22))
]
HOLES = [forms.box(0.34, 0.5, 0.64, 0.7)]
BLOOMS = [
    forms.ellipse(u, v, 0.1, 0.045, 4)
    for u, v in ((0.3, 0.55), (0.7, 0.6), (0.5, 0.78), (0.2, 0.75), (0.8, 0.8), (0.5, 0.5))
]
NOTHING: list = []

_BOOK = ((0.75, 0.2, 0.16), (0.92, 0.68, 0.25), (0.2, 0.48, 0.45))
_GLASS = ((0.98, 0.86, 0.55),) * 3
ATLAS = {
    "street": dict(
        forms=(BLOCK, BLOCK, BLOCK), heights=(1.05, 1.0, 0.95), flat=0, details=WINDOWS, paint=_GLASS, lit=1,
        colors=((0.74, 0.32, 0.25), (0.88, 0.62, 0.33), (0.2, 0.46, 0.5), (0.6, 0.36, 0.42),
                (0.8, 0.6, 0.48), (0.42, 0.5, 0.62)),
        ground=(0.62, 0.56, 0.55), path=(0.42, 0.41, 0.5), ridge=SKYLINE, ridge_color=(0.55, 0.6, 0.7)),
    "forest": dict(
        forms=(CROWN, PINE, PINE), heights=(1.15, 0.95, 0.8), flat=1, details=NOTHING, paint=_GLASS,
        foliage=1, trunk=1,
        colors=((0.13, 0.36, 0.24), (0.18, 0.42, 0.25), (0.22, 0.5, 0.3), (0.16, 0.44, 0.32),
                (0.38, 0.6, 0.4), (0.34, 0.58, 0.42)),
        ground=(0.4, 0.56, 0.27), path=(0.8, 0.66, 0.42), ridge=HILLS + 0.1, ridge_color=(0.5, 0.68, 0.52),
        grass=1),
    "gas station": dict(
        forms=(PUMP, PUMP, BLOCK), heights=(0.52, 0.36, 0.4),
        flat=1, details=HOLES, paint=((0.95, 0.93, 0.86),) * 3, lit=0.5,
        colors=((0.84, 0.26, 0.2), (0.84, 0.26, 0.2), (0.9, 0.42, 0.24), (0.9, 0.42, 0.24),
                (0.94, 0.88, 0.72), (0.3, 0.56, 0.58)),
        ground=(0.86, 0.7, 0.47), path=(0.36, 0.38, 0.43),
        ridge=HILLS * 0.6, ridge_color=(0.68, 0.55, 0.5), slab=1, sign=1),
    "library": dict(
        forms=(BLOCK, BLOCK, BLOCK), heights=(0.95, 0.72, 0.0), flat=0, details=BOOKS, paint=_BOOK,
        colors=((0.36, 0.2, 0.14), (0.36, 0.2, 0.14), (0.48, 0.28, 0.17), (0.48, 0.28, 0.17),
                (0.6, 0.4, 0.25), (0.6, 0.4, 0.25)),
        ground=(0.68, 0.45, 0.28), path=(0.66, 0.2, 0.18), ridge=FLAT, ridge_color=(0.6, 0.5, 0.4),
        hole=HEXAGON,
        wall=(0.86, 0.68, 0.42), nest=1),
    "mountains": dict(
        forms=(PEAK, PEAK, PEAK), heights=(0.3, 0.42, 0.5), flat=1, details=NOTHING, paint=_GLASS,
        foliage=0.25,
        colors=((0.24, 0.33, 0.38), (0.28, 0.36, 0.4), (0.38, 0.45, 0.54), (0.34, 0.42, 0.52),
                (0.52, 0.58, 0.68), (0.5, 0.56, 0.68)),
        ground=(0.52, 0.64, 0.34), path=(0.84, 0.76, 0.56), ridge=PEAKS, ridge_color=(0.42, 0.5, 0.68),
        grass=1, snowcap=1),
    "harbour": dict(
        forms=(GABLE, GABLE, GABLE), heights=(0.62, 0.6, 0.5),
        flat=0.8, details=WINDOWS, paint=((0.22, 0.32, 0.45),) * 3, lit=1,
        colors=((0.94, 0.5, 0.38), (0.95, 0.9, 0.8), (0.96, 0.78, 0.42), (0.85, 0.36, 0.32),
                (0.92, 0.88, 0.8), (0.4, 0.62, 0.68)),
        ground=(0.13, 0.46, 0.55), path=(0.76, 0.56, 0.36), ridge=FLAT, ridge_color=(0.3, 0.55, 0.65),
        lighthouse=1, ship=1, waves=1),
    "garden": dict(
        forms=(CYPRESS, CROWN, CROWN), heights=(0.95, 0.5, 0.35),
        flat=1, details=BLOOMS, paint=((0.96, 0.5, 0.58), (0.99, 0.93, 0.85), (0.97, 0.75, 0.3)),
        foliage=0.8, trunk=0.6,
        colors=((0.2, 0.45, 0.3), (0.2, 0.45, 0.3), (0.36, 0.6, 0.3), (0.36, 0.6, 0.3), (0.55, 0.72, 0.4),
                (0.55, 0.72, 0.4)),
        ground=(0.56, 0.74, 0.36), path=(0.96, 0.87, 0.7), ridge=HILLS, ridge_color=(0.6, 0.76, 0.56),
        grass=1, fountain=1),
    "desert": dict(
        forms=(CACTUS, MESA, MESA), heights=(0.8, 0.5, 0.55), flat=1, details=NOTHING, paint=_GLASS,
        colors=((0.22, 0.48, 0.34), (0.28, 0.52, 0.36), (0.78, 0.36, 0.22), (0.72, 0.32, 0.22),
                (0.88, 0.5, 0.32), (0.86, 0.48, 0.3)),
        ground=(0.95, 0.76, 0.46), path=(0.99, 0.88, 0.64), ridge=DUNES, ridge_color=(0.9, 0.62, 0.42),
        pyramid=1),
    "reading room": dict(
        forms=(BLOCK, BLOCK, BLOCK), heights=(0.55, 0.3, 0.0), flat=0, details=BOOKS, paint=_BOOK[::-1],
        colors=((0.62, 0.4, 0.24), (0.62, 0.4, 0.24), (0.54, 0.32, 0.2), (0.54, 0.32, 0.2),
                (0.5, 0.3, 0.2), (0.5, 0.3, 0.2)),
        ground=(0.72, 0.5, 0.32), path=(0.2, 0.42, 0.52), ridge=HILLS, ridge_color=(0.45, 0.62, 0.5),
        hole=WINDOW,
        wall=(0.36, 0.56, 0.5), lamp=1),
    "cathedral": dict(
        forms=(COLUMN, COLUMN, COLUMN), heights=(0.85, 0.8, 0.9), flat=1, details=NOTHING, paint=_GLASS,
        colors=((0.84, 0.76, 0.7), (0.86, 0.78, 0.7), (0.66, 0.6, 0.64), (0.68, 0.62, 0.64),
                (0.52, 0.48, 0.58), (0.54, 0.5, 0.58)),
        ground=(0.7, 0.66, 0.66), path=(0.68, 0.17, 0.22), ridge=FLAT, ridge_color=(0.5, 0.5, 0.6), hole=ARCH,
        wall=(0.36, 0.31, 0.46), rose=1),
}  # fmt: skip
