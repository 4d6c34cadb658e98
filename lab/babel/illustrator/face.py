"""A head from features: hair, face, beard, eyes, glasses and hat, in half-heights of the head, y down."""

import numpy as np

from .forms import Shape, box, ellipse, resample

DARK, EYE_WHITE = np.array([0.12, 0.08, 0.1]), np.array([0.98, 0.97, 0.94])
SIDES = (-1, 1)


def _hair(f):
    """Hair behind the head and the cap of hair over the brow."""
    w, vol = f["width"] + f["volume"], 1 + f["volume"]
    drop = -0.1 + f["length"]
    back = resample([(0, drop), (-w * 0.95, drop), (-w, -0.1), (-w * 0.85, -0.62 * vol), (-w * 0.45,
        -0.98 * vol),
                     (0, -1.08 * vol), (w * 0.45, -0.98 * vol), (w * 0.85, -0.62 * vol), (w, -0.1),
                     (w * 0.95, drop)])  # fmt: skip
    fringe, side = -0.78 + 0.62 * f["fringe"], f["width"] * 1.02
    top = -1.02 - 0.25 * f["volume"]
    cap = np.array([(-side, -0.12 + 0.3 * f["fringe"]), (-side, -0.6), (-side * 0.55, top * 0.97), (0,
        top), (side * 0.55, top * 0.97),
                    (side, -0.6), (side, -0.12 + 0.3 * f["fringe"]), (side * 0.72, fringe), (0,
                    fringe + 0.06), (-side * 0.72, fringe)])  # fmt: skip
    if f["fringe"] < -0.02:  # a receding hairline shrinks the cap towards the crown
        cap = cap + (np.array([0, -0.98]) - cap) * min(1.0, -2 * f["fringe"])
    return back, cap


def _face(f):
    """Outline of the face: wide brow, cheeks, and a chin as broad as the jaw says."""
    w, j = f["width"], f["jaw"]
    left = [
        (-0.22 - 0.2 * j, 0.98),
        (-w * (0.62 + 0.25 * j), 0.62),
        (-w, 0.05),
        (-w * 0.96, -0.5),
        (-w * 0.6, -0.9),
        (-0.2, -1.0),
    ]
    return np.array(left + [(-x, y) for x, y in left[::-1]])


def _beard(f):
    """Beard from ear to ear; shrinks to the chin as the feature goes to zero."""
    w, b = f["width"] * 1.03, f["beard"]
    left = [(-0.25, 0.95 + 0.55 * b), (-w * 0.75, 0.8 + 0.25 * b), (-w, 0.05), (-w * 0.8, 0.2), (-0.4, 0.36)]
    return np.array(left + [(-x, y) for x, y in left[::-1]])


def _hat(f):
    """Crown and brim of a hat; flat when its height is zero."""
    h, t, w = f["hat"], f["tip"], f["width"] * 1.08 + 0.05
    crown = np.array(
        [(-w, -0.55), (-w * t - 0.04, -0.6 - 1.15 * h), (w * t + 0.04, -0.6 - 1.15 * h), (w, -0.55)]
    )
    brim = ellipse(0, -0.55, w + f["brim"], 0.1 + 0.12 * f["brim"], 24)
    return crown, brim


def _shade(f):
    """Shaded half of the face, with the ridge of the nose."""
    w, jaw = f["width"], f["width"] * (0.62 + 0.25 * f["jaw"])
    return np.array([(0, -0.95), (w, -0.4), (w, 0.05), (jaw, 0.62), (0.32, 0.97), (0.1, 0.97),
                     (0.3, 0.4), (0.12, 0.3), (0.1, -0.2)])  # fmt: skip


def _wrinkles(f):
    """Two lines on the cheeks and one on the brow; age makes them longer."""
    a = 0.2 * f["age"]
    lines = (box(-0.5, 0.2, -0.5 + a, 0.25), box(0.5 - a, 0.2, 0.5, 0.25), box(-a, -0.52, a, -0.47))
    return Shape(lines, f["skin"] * 0.66, 0)


def _gaze(f):
    """Eyes, brows and mouth."""
    eyes = tuple(ellipse(s * 0.34, -0.04, 0.15, 0.1, 16) for s in SIDES)
    pupils = tuple(ellipse(s * 0.34, -0.03, 0.085, 0.1, 12) for s in SIDES)
    brow = np.array([(0.17, -0.28), (0.52, -0.3), (0.52, -0.2), (0.17, -0.18)])
    mouth = np.array([(-0.27, 0.55), (0, 0.52), (0.27, 0.55), (0, 0.68)])
    return [
        Shape(eyes, EYE_WHITE, 0.4),
        Shape(pupils, DARK, 0),
        Shape(tuple(brow * [s, 1] for s in SIDES), f["hair"] * 0.7, 0),
        Shape((mouth,), f["skin"] * [0.8, 0.5, 0.5], 0.4),
    ]


def _glasses(f):
    """Two rings, the inner rims turning the other way, and the bridge between them."""
    g, rings = f["glasses"], []
    for s in SIDES:
        rings.append(ellipse(s * 0.36, -0.02, 0.3 * g, 0.27 * g, 24))
        rings.append(ellipse(s * 0.36, -0.02, 0.22 * g, 0.19 * g, 24)[::-1])
    return Shape((*rings, box(-0.1 * g, -0.08, 0.1 * g, 0.0)), DARK, 0)


def head(f):
    """The hair behind the head (drawn before the clothes), and the shapes of the head itself."""
    back, cap = _hair(f)
    shapes = [Shape((_face(f),), f["skin"]), Shape((_shade(f),), f["skin"] * 0.86, 0)]
    if f["age"] > 0.05:
        shapes.append(_wrinkles(f))
    if f["beard"] > 0.03:
        shapes.append(Shape((_beard(f),), f["hair"]))
    shapes += [*_gaze(f), Shape((cap,), f["hair"], 0.6)]
    if f["glasses"] > 0.03:
        shapes.append(_glasses(f))
    if f["hat"] > 0.03:
        crown, brim = _hat(f)
        shapes += [Shape((crown,), f["cloth"] * 0.9), Shape((brim,), f["cloth"] * 0.7)]
    return Shape((back,), f["hair"] * 0.9, torn=True), shapes
