"""Landmarks of places: each a function of its amount in [0, 1], growing from a point or from the ground."""

import numpy as np

from .forms import HORIZON as H
from .forms import Shape, box, ellipse, hexagon


def _rgb(*values):
    """A colour in [0, 1]."""
    return np.array(values, float)


def _grown(amount, x, y, *polygons):
    """Polygons scaled by `amount` about the point (x, y)."""
    anchor = np.array([x, y])
    return tuple(anchor + (np.asarray(p) - anchor) * amount for p in polygons)


def slab(a):
    """Canopy of a gas station on two posts."""
    posts = _grown(a, 0.5, 0.8, box(0.235, 0.3, 0.262, 0.8), box(0.738, 0.3, 0.765, 0.8))
    roof = _grown(a, 0.5, 0.8, np.array([(0.1, 0.375), (0.06, 0.285), (0.94, 0.285), (0.9, 0.375)]))
    band = _grown(a, 0.5, 0.8, np.array([(0.09, 0.35), (0.08, 0.32), (0.92, 0.32), (0.91, 0.35)]))
    return [
        Shape(posts, _rgb(0.9, 0.86, 0.75)),
        Shape(roof, _rgb(0.95, 0.9, 0.76), torn=True),
        Shape(band, _rgb(0.84, 0.25, 0.2), 0),
    ]


def sign(a):
    """Round sign on a pole, leaning: nobody looks after it any more."""
    pole = np.array([(0.31, 0.66), (0.298, 0.18), (0.318, 0.18), (0.335, 0.66)])
    parts = _grown(
        a, 0.32, 0.66, pole, ellipse(0.305, 0.15, 0.085, 0.085), ellipse(0.305, 0.15, 0.052, 0.052)
    )
    return [
        Shape(parts[:1], _rgb(0.35, 0.35, 0.4)),
        Shape(parts[1:2], _rgb(0.2, 0.52, 0.55), torn=True),
        Shape(parts[2:], _rgb(0.97, 0.88, 0.62), 0.6),
    ]


def nest(a):
    """Next galleries of the library, hexagon within hexagon."""

    def ring(r, q):
        return hexagon(0.5, 0.375, r * a), hexagon(0.5, 0.375, q * a)[::-1]

    return [
        Shape(ring(0.34, 0.2), _rgb(0.7, 0.48, 0.28)),
        Shape(ring(0.235, 0.215), _rgb(0.4, 0.22, 0.15), 0),
        Shape(ring(0.2, 0.15), _rgb(0.88, 0.7, 0.42)),
    ]


def lighthouse(a):
    """Striped lighthouse on the right of the horizon."""
    tower = np.array([(0.565, H + 0.02), (0.58, 0.3), (0.63, 0.3), (0.645, H + 0.02)])
    band = [np.array([(0.571, y + 0.07), (0.575, y), (0.636, y), (0.64, y + 0.07)]) for y in (0.36, 0.48)]
    top = (box(0.582, 0.235, 0.628, 0.295), np.array([(0.57, 0.24), (0.605, 0.19), (0.64, 0.24)]))
    parts = _grown(a, 0.605, H, tower, *band, *top)
    return [
        Shape(parts[:1], _rgb(0.97, 0.95, 0.9), torn=True),
        Shape(parts[1:3], _rgb(0.84, 0.22, 0.2), 0),
        Shape(parts[3:4], _rgb(1.0, 0.9, 0.5), glow=True),
        Shape(parts[4:], _rgb(0.84, 0.22, 0.2)),
    ]


def ship(a):
    """Sailing boat on the left of the horizon."""
    hull = np.array([(0.36, 0.575), (0.345, 0.545), (0.485, 0.545), (0.465, 0.575)])
    parts = _grown(
        a,
        0.42,
        H,
        hull + [0, 0.02],
        np.array([(0.415, 0.55), (0.415, 0.36), (0.475, 0.55)]),
        np.array([(0.405, 0.55), (0.405, 0.4), (0.36, 0.55)]),
    )
    return [Shape(parts[:1], _rgb(0.45, 0.22, 0.2)), Shape(parts[1:], _rgb(0.99, 0.96, 0.88), torn=True)]


def waves(a):
    """Long light bands on the water."""
    bands = tuple(
        box(x0, y, x0 + 0.2 * a, y + 0.014)
        for x0, y in ((0.03, 0.66), (0.72, 0.7), (0.0, 0.77), (0.78, 0.82), (0.06, 0.9), (0.76, 0.95))
    )
    return [Shape(bands, _rgb(0.6, 0.85, 0.86), 0)]


def fountain(a):
    """Fountain with two bowls on the axis of the garden."""
    bowl = np.array([(0.4, 0.64), (0.38, 0.59), (0.62, 0.59), (0.6, 0.64)])
    top = np.array([(0.48, 0.59), (0.48, 0.53), (0.44, 0.5), (0.56, 0.5), (0.52, 0.53), (0.52, 0.59)])
    jets = [np.array([(0.49, 0.5), (0.49, 0.4), (0.5, 0.37), (0.51, 0.4), (0.51, 0.5)])]
    jets += [
        np.array(
            [
                (0.5, 0.41),
                (0.5 + s * 0.05, 0.38),
                (0.5 + s * 0.1, 0.43),
                (0.5 + s * 0.1, 0.58),
                (0.5 + s * 0.085, 0.58),
                (0.5 + s * 0.08, 0.44),
                (0.5 + s * 0.05, 0.405),
            ]
        )
        for s in (-1, 1)
    ]
    parts = _grown(a, 0.5, 0.64, bowl, top, *jets)
    return [Shape(parts[2:], _rgb(0.88, 0.96, 1.0), 0.5), Shape(parts[:2], _rgb(0.86, 0.8, 0.74), torn=True)]


def pyramid(a):
    """Pyramid on the horizon, one side in the shade."""
    parts = _grown(
        a,
        0.5,
        H,
        np.array([(0.33, H + 0.01), (0.49, 0.34), (0.66, H + 0.01)]),
        np.array([(0.54, H + 0.01), (0.49, 0.34), (0.66, H + 0.01)]),
    )
    return [Shape(parts[:1], _rgb(0.96, 0.72, 0.4), torn=True), Shape(parts[1:], _rgb(0.68, 0.4, 0.28), 0)]


def rose(a):
    """Rose window high in the arch."""
    petals = [
        ellipse(0.5 + 0.075 * np.sin(k * np.pi / 3), 0.22 + 0.075 * np.cos(k * np.pi / 3), 0.031, 0.031, 16)
        for k in range(6)
    ]
    parts = _grown(
        a, 0.5, 0.22, ellipse(0.5, 0.22, 0.125, 0.125), *petals, ellipse(0.5, 0.22, 0.035, 0.035, 16)
    )
    return [
        Shape(parts[:1], _rgb(0.3, 0.2, 0.42)),
        Shape(parts[1:4], _rgb(0.95, 0.35, 0.35), 0, glow=True),
        Shape(parts[4:7], _rgb(0.3, 0.7, 0.9), 0, glow=True),
        Shape(parts[7:], _rgb(1.0, 0.85, 0.4), 0, glow=True),
    ]


def lamp(a):
    """Hanging lamp and a table below the window."""
    parts = _grown(
        a,
        0.5,
        0.0,
        box(0.495, 0, 0.505, 0.1),
        np.array([(0.4, 0.19), (0.46, 0.1), (0.54, 0.1), (0.6, 0.19)]),
        ellipse(0.5, 0.195, 0.05, 0.03),
    )
    table = _grown(
        a, 0.5, 0.7, box(0.33, 0.6, 0.67, 0.635), box(0.36, 0.635, 0.385, 0.74), box(0.615, 0.635, 0.64, 0.74)
    )
    return [
        Shape(parts[:1], _rgb(0.2, 0.2, 0.2), 0),
        Shape(parts[2:], _rgb(1.0, 0.9, 0.55), 0, glow=True),
        Shape(parts[1:2], _rgb(0.86, 0.36, 0.22), torn=True),
        Shape(table, _rgb(0.5, 0.28, 0.16)),
    ]


def snowcap(a):
    """Snow on the central peak of the ridge."""
    y = H - 0.41
    cap = np.array(
        [
            (0.455, y + 0.1),
            (0.52, y - 0.004),
            (0.575, y + 0.1),
            (0.545, y + 0.085),
            (0.52, y + 0.13),
            (0.495, y + 0.09),
        ]
    )
    return [Shape(_grown(a, 0.52, y, cap), _rgb(0.98, 0.98, 1.0), 0.4)]


# Drawn behind the masses, in this order; and those in front of them.
BACK = {
    "snowcap": snowcap,
    "waves": waves,
    "ship": ship,
    "lighthouse": lighthouse,
    "pyramid": pyramid,
    "fountain": fountain,
}
FRAMED = {"nest": nest, "rose": rose, "lamp": lamp}
FRONT = {"slab": slab, "sign": sign}
