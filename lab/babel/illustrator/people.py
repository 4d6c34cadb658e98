"""A whole person: a head on clothes, from a far figure on the path to a portrait.

Clothes are drawn in half-heights of the head, with the head's centre at the origin and y down.
"""

from dataclasses import replace

import numpy as np

from .face import SIDES, head
from .forms import Shape, box, ellipse, resample
from .scene import HEAD

HOOD = resample([(0, 1.6), (-1.3, 1.6), (-1.22, -0.5), (-0.8, -1.25), (0, -1.6), (0.8, -1.25), (1.22, -0.5),
                 (1.3, 1.6)], 24)  # fmt: skip
LAMPS = ((-0.75, 2.5), (0, 3.0), (0.75, 2.5))
LEGS = Shape((box(-0.75, 3.4, -0.12, 4.5), box(0.12, 3.4, 0.75, 4.5)), np.array([0.2, 0.18, 0.24]))


def _body(hem, length, shoulder=1.25):
    """Outline of a garment from the neck to its hem."""
    half = np.array([(-0.42, 1.02), (-shoulder, 1.5), (-shoulder - 0.12, 2.4), (-hem, length)])
    return np.concatenate([half, half[::-1] * [-1, 1]])


def _robe(neck):
    """Technopriest: a dark robe, and a collar that shines and feeds three lamps."""
    glow, cloth = np.array([0.25, 0.95, 0.9]), np.array([0.2, 0.13, 0.33])
    wires = [box(x - 0.055, 1.75, x + 0.055, y) for x, y in LAMPS]
    lamps = [ellipse(x, y, 0.17, 0.17, 12) for x, y in LAMPS]
    return [
        neck,
        Shape((_body(1.9, 4.5, 1.5),), cloth, torn=True),
        Shape((ellipse(0, 1.42, 0.98, 0.42, 32),), glow, glow=True),
        Shape((ellipse(0, 1.33, 0.8, 0.27, 32),), cloth * 0.6, 0),
        neck,
        Shape((*wires, *lamps), glow, 0, glow=True),
    ]


def _cardigan(neck):
    """Librarian: a brown cardigan over a white shirt, and a red book."""
    cloth, shirt = np.array([0.5, 0.34, 0.22]), np.array([0.95, 0.93, 0.87])
    opening = np.array([(-0.5, 1.02), (0, 2.05), (0.5, 1.02)])
    return [
        LEGS,
        Shape((_body(1.2, 3.4),), cloth, torn=True),
        Shape((opening,), shirt),
        neck,
        Shape((box(-0.72, 2.0, 0.72, 3.0),), np.array([0.72, 0.16, 0.17])),
        Shape((box(-0.03, 2.0, 0.09, 3.0), box(-0.72, 2.84, 0.72, 2.94)), shirt, 0),
    ]


def _coat(neck, cloth):
    """Anybody: a long coat with lapels."""
    lapels = tuple(np.array([(s * 0.42, 1.0), (s * 0.95, 1.45), (s * 0.05, 2.6)]) for s in SIDES)
    return [
        LEGS,
        neck,
        Shape((_body(1.5, 3.8),), cloth, torn=True),
        Shape(lapels, cloth * 0.72, 0.6),
        Shape((box(-0.05, 2.6, 0.05, 3.8),), cloth * 0.6, 0),
    ]


def head_height(radius: float) -> float:
    """Where the centre of a head of that half-height is, from the upper edge, in sides of the picture."""
    return 0.42 + 0.225 * ((HEAD["portrait"] - radius) / (HEAD["portrait"] - HEAD["figure"]))


def person(f, role, coat, radius):
    """Shapes of a person on the picture: feet on the path when far, head in the middle when near.

    `f` are features of the cast, `coat` an RGB colour, `radius` the head's half-height: 0.066 far, 0.2 near.
    """
    centre = np.array([0.5, head_height(radius)])
    neck = Shape((box(-0.3, 0.6, 0.3, 1.5),), f["skin"] * 0.8, 0)
    back, front = head(f)
    shapes = [back, *(_cardigan(neck) if role == "librarian" else _coat(neck, np.asarray(coat))), *front]
    if role == "technopriest":
        shapes = [Shape((HOOD,), np.array([0.3, 0.18, 0.46]), torn=True), back, *_robe(neck), *front]
    return [replace(s, polygons=tuple(centre + p * radius for p in s.polygons)) for s in shapes]
