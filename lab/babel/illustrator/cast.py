"""The cast: twelve people as vectors of features, so that anyone between two of them can be drawn.

Lengths are in half-heights of the head.
"""

import numpy as np

from .scene import PEOPLE

PALE, ROSE, OLIVE, BROWN, DARK = (
    (0.98, 0.85, 0.75),
    (0.95, 0.72, 0.62),
    (0.85, 0.66, 0.48),
    (0.62, 0.4, 0.27),
    (0.4, 0.25, 0.19),
)
BLACK, WHITE, GINGER, BLOND = (0.1, 0.09, 0.13), (0.94, 0.93, 0.9), (0.83, 0.33, 0.12), (0.95, 0.76, 0.33)
RED, YELLOW, GREEN, BLUE, VIOLET = (
    (0.8, 0.2, 0.17),
    (0.95, 0.72, 0.2),
    (0.18, 0.5, 0.36),
    (0.16, 0.36, 0.66),
    (0.46, 0.27, 0.58),
)
COAT = {
    "red": RED,
    "yellow": YELLOW,
    "green": GREEN,
    "blue": BLUE,
    "violet": VIOLET,
    "white": (0.93, 0.91, 0.86),
}

FEATURES = ("width", "jaw", "volume", "length", "fringe", "beard", "glasses", "hat", "brim", "tip", "age")
# In the order of FEATURES; volume, length and fringe are the hair's, tip is the hat's (0 pointed, 1 flat).
_CAST = {
    "Ada":   ((0.74, 0.5, 0.24, 1.6, 0.3, 0.0, 1.0, 0.0, 0.0, 0.5, 0.1), PALE, GINGER, RED),
    "Bruno": ((0.86, 0.9, 0.1, 0.0, 0.1, 0.9, 0.0, 0.0, 0.0, 0.5, 0.4), OLIVE, BLACK, GREEN),
    "Clio":  ((0.76, 0.5, 0.75, 0.5, 0.2, 0.0, 0.0, 0.0, 0.0, 0.5, 0.1), DARK, BLACK, YELLOW),
    "Dante": ((0.68, 0.6, 0.08, 0.2, 0.2, 0.0, 0.0, 1.5, 0.25, 0.0, 0.3), OLIVE, BLACK, RED),
    "Edda":  ((0.76, 0.6, 0.34, 0.3, 0.15, 0.0, 0.0, 0.0, 0.0, 0.5, 1.0), ROSE, WHITE, VIOLET),
    "Felix": ((0.9, 0.7, 0.12, 0.1, 0.3, 0.0, 0.0, 0.45, 0.2, 1.0, 0.0), PALE, BLOND, GREEN),
    "Gala":  ((0.74, 0.5, 0.28, 0.9, 0.75, 0.0, 0.0, 0.0, 0.0, 0.5, 0.0), PALE, BLACK, VIOLET),
    "Hugo":  ((0.8, 0.8, -0.12, 0.0, -0.5, 1.5, 1.0, 0.0, 0.0, 0.5, 1.0), ROSE, WHITE, BLUE),
    "Iris":  ((0.74, 0.6, 0.2, 0.35, 0.5, 0.0, 0.0, 0.0, 0.0, 0.5, 0.0), OLIVE, (0.15, 0.5, 0.75), YELLOW),
    "Juno":  ((0.8, 0.5, 0.55, 1.3, 0.35, 0.0, 0.0, 0.0, 0.0, 0.5, 0.1), BROWN, GINGER, BLUE),
    "Knut":  ((0.84, 0.9, 0.1, 0.2, 0.1, 1.1, 0.0, 0.75, 0.75, 0.75, 0.5), ROSE, GINGER, BLUE),
    "Luna":  ((0.7, 0.5, 0.28, 1.7, 0.3, 0.0, 0.0, 1.5, 0.55, 0.0, 0.2), DARK, (0.82, 0.84, 0.88), VIOLET),
}  # fmt: skip
assert tuple(_CAST) == PEOPLE


def features(a, b=None, mix=0.0):
    """Features of `a`, or of somebody between `a` and `b`: a dict of floats and RGB arrays."""
    one, two = _CAST[a], _CAST[b or a]
    blend = [np.asarray(p) * (1 - mix) + np.asarray(q) * mix for p, q in zip(one, two, strict=True)]
    return dict(zip(FEATURES, blend[0], strict=True)) | {
        "skin": blend[1],
        "hair": blend[2],
        "cloth": blend[3],
    }
