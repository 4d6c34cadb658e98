"""The cast: twelve people as vectors of features, so that anyone between two of them can be drawn.

Lengths are in half-heights of the head, with the head's centre at the origin and y down.
"""

import numpy as np

from .forms import Shape, box, ellipse, resample
from .scene import PEOPLE

PALE, ROSE, OLIVE, BROWN, DARK = (0.98, 0.85, 0.75), (0.95, 0.72, 0.62), (0.85, 0.66, 0.48), (0.62, 0.4, 0.27), (0.4, 0.25, 0.19)
BLACK, WHITE, GINGER, BLOND = (0.1, 0.09, 0.13), (0.94, 0.93, 0.9), (0.83, 0.33, 0.12), (0.95, 0.76, 0.33)
RED, YELLOW, GREEN, BLUE, VIOLET = (0.8, 0.2, 0.17), (0.95, 0.72, 0.2), (0.18, 0.5, 0.36), (0.16, 0.36, 0.66), (0.46, 0.27, 0.58)
COAT = {"red": RED, "yellow": YELLOW, "green": GREEN, "blue": BLUE, "violet": VIOLET, "white": (0.93, 0.91, 0.86)}

FEATURES = ("width", "jaw", "volume", "length", "fringe", "beard", "glasses", "hat", "brim", "tip", "age")
# width, jaw, hair volume, hair length, fringe, beard, glasses, hat height, brim, hat tip (0 pointed, 1 flat), age
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
    return dict(zip(FEATURES, blend[0], strict=True)) | {"skin": blend[1], "hair": blend[2], "cloth": blend[3]}


def _hair(f):
    """Hair behind the head and the cap of hair over the brow."""
    w, vol = f["width"] + f["volume"], 1 + f["volume"]
    drop = -0.1 + f["length"]
    back = resample([(0, drop), (-w * 0.95, drop), (-w, -0.1), (-w * 0.85, -0.62 * vol), (-w * 0.45, -0.98 * vol),
                     (0, -1.08 * vol), (w * 0.45, -0.98 * vol), (w * 0.85, -0.62 * vol), (w, -0.1), (w * 0.95, drop)])  # fmt: skip
    fringe, side = -0.78 + 0.62 * f["fringe"], f["width"] * 1.02
    top = -1.02 - 0.25 * f["volume"]
    cap = np.array([(-side, -0.12 + 0.3 * f["fringe"]), (-side, -0.6), (-side * 0.55, top * 0.97), (0, top), (side * 0.55, top * 0.97),
                    (side, -0.6), (side, -0.12 + 0.3 * f["fringe"]), (side * 0.72, fringe), (0, fringe + 0.06), (-side * 0.72, fringe)])  # fmt: skip
    if f["fringe"] < -0.02:  # a receding hairline shrinks the cap towards the crown
        cap = cap * [1, 1 + f["fringe"] * 0.0] + (np.array([0, -0.98]) - cap) * min(1.0, -2 * f["fringe"])
    return back, cap


def _face(f):
    """Outline of the face: wide brow, cheeks, and a chin as broad as the jaw says."""
    w, j = f["width"], f["jaw"]
    left = [(-0.22 - 0.2 * j, 0.98), (-w * (0.62 + 0.25 * j), 0.62), (-w, 0.05), (-w * 0.96, -0.5), (-w * 0.6, -0.9), (-0.2, -1.0)]
    return np.array(left + [(-x, y) for x, y in left[::-1]])


def _beard(f):
    """Beard from ear to ear; shrinks to the chin as the feature goes to zero."""
    w, b = f["width"] * 1.03, f["beard"]
    left = [(-0.25, 0.95 + 0.55 * b), (-w * 0.75, 0.8 + 0.25 * b), (-w, 0.05), (-w * 0.8, 0.2), (-0.4, 0.36)]
    return np.array(left + [(-x, y) for x, y in left[::-1]])


def _hat(f):
    """Crown and brim of a hat; flat when its height is zero."""
    h, t, w = f["hat"], f["tip"], f["width"] * 1.08 + 0.05
    crown = np.array([(-w, -0.55), (-w * t - 0.04, -0.6 - 1.15 * h), (w * t + 0.04, -0.6 - 1.15 * h), (w, -0.55)])
    brim = ellipse(0, -0.55, w + f["brim"], 0.1 + 0.12 * f["brim"], 24)
    return crown, brim


def head(f):
    """Shapes of a head in head units, hair behind first (that one is drawn before the clothes)."""
    back, cap = _hair(f)
    skin, hair, dark = f["skin"], f["hair"], np.array([0.12, 0.08, 0.1])
    lip = skin * [0.8, 0.5, 0.5]
    shapes = [Shape((_face(f),), skin)]
    shapes.append(Shape((np.array([(0.0, -0.95), (f["width"], -0.4), (f["width"], 0.05), (f["width"] * (0.62 + 0.25 * f["jaw"]), 0.62),
                                   (0.32, 0.97), (0.1, 0.97), (0.3, 0.4), (0.12, 0.3), (0.1, -0.2)]),), skin * 0.86, 0))  # fmt: skip
    if f["age"] > 0.05:
        a = 0.2 * f["age"]
        shapes.append(Shape((box(-0.5, 0.2, -0.5 + a, 0.25), box(0.5 - a, 0.2, 0.5, 0.25), box(-a, -0.52, a, -0.47)), skin * 0.66, 0))
    if f["beard"] > 0.03:
        shapes.append(Shape((_beard(f),), hair))
    eyes = [ellipse(s * 0.34, -0.04, 0.15, 0.1, 16) for s in (-1, 1)]
    pupils = [ellipse(s * 0.34, -0.03, 0.085, 0.1, 12) for s in (-1, 1)]
    brows = [np.array([(s * 0.17, -0.28), (s * 0.52, -0.3), (s * 0.52, -0.2), (s * 0.17, -0.18)]) for s in (-1, 1)]
    mouth = np.array([(-0.27, 0.55), (0, 0.52), (0.27, 0.55), (0, 0.68)])
    shapes += [Shape(tuple(eyes), np.array([0.98, 0.97, 0.94]), 0.4), Shape(tuple(pupils), dark, 0),
               Shape(tuple(brows), hair * 0.7, 0), Shape((mouth,), lip, 0.4)]  # fmt: skip
    shapes.append(Shape((cap,), hair, 0.6))
    g = f["glasses"]
    if g > 0.03:
        rings = [p for s in (-1, 1) for p in (ellipse(s * 0.36, -0.02, 0.3 * g, 0.27 * g, 24), ellipse(s * 0.36, -0.02, 0.22 * g, 0.19 * g, 24)[::-1])]
        shapes.append(Shape((*rings, box(-0.1 * g, -0.08, 0.1 * g, 0.0)), dark, 0))
    if f["hat"] > 0.03:
        crown, brim = _hat(f)
        shapes += [Shape((crown,), f["cloth"] * 0.9), Shape((brim,), f["cloth"] * 0.7)]
    return Shape((back,), hair * 0.9, torn=True), shapes


def clothes(f, role, coat):
    """Shapes of a technopriest's robe, a librarian's cardigan or a coloured coat, from the neck to the feet."""
    legs = Shape((box(-0.75, 3.4, -0.12, 4.5), box(0.12, 3.4, 0.75, 4.5)), np.array([0.2, 0.18, 0.24]))
    neck = Shape((box(-0.3, 0.6, 0.3, 1.5),), f["skin"] * 0.8, 0)
    body = lambda hem, long, shoulder=1.25: np.array([  # noqa: E731
        (-0.42, 1.02), (-shoulder, 1.5), (-shoulder - 0.12, 2.4), (-hem, long), (hem, long), (shoulder + 0.12, 2.4), (shoulder, 1.5), (0.42, 1.02)])  # fmt: skip
    if role == "technopriest":
        glow, cloth = np.array([0.25, 0.95, 0.9]), np.array([0.2, 0.13, 0.33])
        wires = [box(x - 0.055, 1.75, x + 0.055, y) for x, y in ((-0.75, 2.5), (0, 3.0), (0.75, 2.5))]
        lamps = [ellipse(x, y, 0.17, 0.17, 12) for x, y in ((-0.75, 2.5), (0, 3.0), (0.75, 2.5))]
        collar = ellipse(0, 1.42, 0.98, 0.42, 32)
        return [neck, Shape((body(1.9, 4.5, 1.5),), cloth, torn=True), Shape((collar,), glow, glow=True),
                Shape((ellipse(0, 1.33, 0.8, 0.27, 32),), cloth * 0.6, 0), neck, Shape((*wires, *lamps), glow, 0, glow=True)]  # fmt: skip
    if role == "librarian":
        cloth, shirt = np.array([0.5, 0.34, 0.22]), np.array([0.95, 0.93, 0.87])
        opening = np.array([(-0.5, 1.02), (0, 2.05), (0.5, 1.02)])
        return [legs, Shape((body(1.2, 3.4),), cloth, torn=True), Shape((opening,), shirt), neck,
                Shape((box(-0.72, 2.0, 0.72, 3.0),), np.array([0.72, 0.16, 0.17])), Shape((box(-0.03, 2.0, 0.09, 3.0), box(-0.72, 2.84, 0.72, 2.94)), shirt, 0)]  # fmt: skip
    cloth = np.asarray(coat)
    lapels = [np.array([(s * 0.42, 1.0), (s * 0.95, 1.45), (s * 0.05, 2.6)]) for s in (-1, 1)]
    return [legs, neck, Shape((body(1.5, 3.8),), cloth, torn=True), Shape(tuple(lapels), cloth * 0.72, 0.6), Shape((box(-0.05, 2.6, 0.05, 3.8),), cloth * 0.6, 0)]


def person(f, role, coat, radius):
    """Shapes of a whole person on the picture; the feet stand on the path, a near head is in the middle."""
    far = (0.2 - radius) / 0.144
    centre = np.array([0.5, 0.42 + 0.225 * far])
    back, front = head(f)
    hood = []
    if role == "technopriest":
        hood = [Shape((resample([(0, 1.6), (-1.3, 1.6), (-1.22, -0.5), (-0.8, -1.25), (0, -1.6), (0.8, -1.25), (1.22, -0.5), (1.3, 1.6)], 24),), np.array([0.3, 0.18, 0.46]), torn=True)]
    shapes = [*hood, back, *clothes(f, role, coat), *front]
    place = lambda p: centre + np.asarray(p) * radius  # noqa: E731
    return [Shape(tuple(place(p) for p in s.polygons), s.color, s.line, s.alpha, s.glow, None, s.torn) for s in shapes]
