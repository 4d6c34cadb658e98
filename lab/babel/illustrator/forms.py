"""Outlines as arrays of equally many points, so that any two can be blended point by point.

Coordinates: the unit square, x to the right, y down. Every place shares one layout: a horizon, a
vanishing point in the middle, and three masses on either side that stand along the path.
"""

from dataclasses import dataclass

import numpy as np

POINTS = 36
HORIZON = 0.58
SLOPE = 0.86  # of the ground line on which the masses stand
LEVELS = ((-0.07, 0.215), (0.205, 0.345), (0.335, 0.43))  # outer and inner x of near, mid and far mass


@dataclass(frozen=True, eq=False)
class Shape:
    """Polygons of one colour.

    `line` scales the outline (0: none), `glow` says that it shines by itself,
    `fade` is the colour at the lower end of a vertical gradient, `torn` says whether a collage cuts it out.
    """

    polygons: tuple
    color: np.ndarray
    line: float = 1.0
    alpha: float = 1.0
    glow: bool = False
    fade: np.ndarray | None = None
    torn: bool = False


def resample(corners, count=POINTS):
    """Closed outline through `corners` as (count, 2) points that keep every corner."""
    corners = np.asarray(corners, float)
    edges = np.roll(corners, -1, 0) - corners
    lengths = np.hypot(*edges.T) + 1e-9
    spare = count - len(corners)
    ends = np.round(np.cumsum(lengths) / lengths.sum() * spare).astype(int)
    counts = np.diff(np.concatenate([[0], ends])) + 1
    return np.concatenate(
        [c + e * np.arange(n)[:, None] / n for c, e, n in zip(corners, edges, counts, strict=True)]
    )


def ellipse(x, y, rx, ry, count=POINTS):
    """Ellipse as (count, 2) points, from its lowest point clockwise on the screen."""
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.stack([x - rx * np.sin(angle), y + ry * np.cos(angle)], 1)


def box(x0, y0, x1, y1):
    """Axis-parallel rectangle as (4, 2) points."""
    return np.array([[x0, y1], [x0, y0], [x1, y0], [x1, y1]], float)


def hexagon(x, y, r, count=POINTS):
    """Hexagon standing on a side, as (count, 2) points from its middle bottom."""
    angle = np.deg2rad([120, 180, 240, 300, 360, 420])
    corners = np.stack([x + r * np.cos(angle), y + r * np.sin(angle)], 1)
    return resample(np.concatenate([[(corners[0] + corners[-1]) / 2], corners]), count)


def mirrored(half):
    """Symmetric outline from its left half, given from bottom to top in the unit cell (v upwards)."""
    half = np.asarray(half, float)
    right = half[::-1] * [-1, 1] + [1, 0]
    return np.concatenate([[[0.5, half[0, 1]]], half, right])


def round_crown(u, v, ru, rv):
    """Ellipse in the unit cell of a mass (v upwards)."""
    return ellipse(u, -v, ru, rv) * [1, -1]


# Outlines of masses in their cell: u from the outer to the inner side, v from the ground up.
BLOCK = mirrored([(0, 0), (0, 1)])
GABLE = mirrored([(0, 0), (0, 0.8), (0.5, 1)])
CROWN = round_crown(0.5, 0.66, 0.62, 0.36)
PINE = mirrored([(0.02, 0.14), (0.3, 0.42), (0.12, 0.42), (0.36, 0.7), (0.22, 0.7), (0.5, 1.05)])
PEAK = np.array(
    [(0.4, 0), (-0.9, 0), (-0.3, 0.5), (-0.1, 0.56), (0.32, 1), (0.55, 0.72), (0.75, 0.62), (1.5, 0)]
)
MESA = np.array([(0.5, 0), (-0.2, 0), (-0.05, 0.6), (0.05, 1), (0.7, 1), (0.8, 0.62), (0.95, 0.5), (1.1, 0)])
CACTUS = np.array([
    (0.5, 0), (0.36, 0), (0.36, 0.4), (0.2, 0.42), (0.2, 0.74), (0.04, 0.74), (0.04, 0.27), (0.36, 0.24),
    (0.36, 0.96), (0.5, 1.03), (0.64, 0.96), (0.64, 0.38), (0.82, 0.42), (0.82, 0.84), (0.98, 0.84),
    (0.98, 0.25), (0.64, 0.2), (0.64, 0),
])  # fmt: skip
CYPRESS = mirrored([(0.32, 0.03), (0.2, 0.25), (0.26, 0.6), (0.5, 1.05)])
PUMP = mirrored([(0.16, 0), (0.16, 0.86), (0.3, 1)])
COLUMN = mirrored([(0.14, 0), (0.14, 0.07), (0.3, 0.1), (0.3, 0.8), (0.12, 0.9), (0.12, 1.6)])


def ground_y(x):
    """Where the masses stand: the line from the vanishing point to the lower corners."""
    return HORIZON + (0.5 - x) * SLOPE


def cell(level, points, height, flat, right=False):
    """Points of a mass's unit cell on the picture.

    `height` is the mass's height as a multiple of its distance to the vanishing line; `flat` blends from a
    wall in perspective (0) to an upright cut-out (1).
    """
    points = np.asarray(points, float)
    x0, x1 = LEVELS[level]
    x = x0 + (x1 - x0) * points[..., 0]
    stand = (1 - flat) * x + flat * (x0 + 0.62 * (x1 - x0))
    base = ground_y(np.minimum(stand, 0.5))
    top = HORIZON - (0.5 - stand) * 1.9 * height
    y = base + (top - base) * points[..., 1]
    return np.stack([1 - x if right else x, y], -1)
