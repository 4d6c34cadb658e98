"""Light and weather: colours of the sky by the hour, what clouds do to them, and what falls."""

import numpy as np

from .forms import Shape, box, ellipse
from .scene import WEATHERS

# by hour: dawn, day, dusk, night
TOP = np.array([(0.62, 0.72, 0.86), (0.3, 0.64, 0.86), (0.36, 0.22, 0.48), (0.04, 0.06, 0.2)])
LOW = np.array([(1.0, 0.8, 0.72), (0.86, 0.94, 0.92), (1.0, 0.5, 0.28), (0.2, 0.28, 0.52)])
DISC = np.array([(1.0, 0.93, 0.66), (1.0, 0.95, 0.72), (1.0, 0.36, 0.2), (0.98, 0.96, 0.84)])
AMBIENT = np.array([(1.02, 0.9, 0.92), (1.0, 1.0, 1.0), (0.9, 0.64, 0.62), (0.42, 0.47, 0.74)])
GREY = {
    "clear": (0, 0, 0),
    "rain": (0.5, 0.58, 0.66),
    "snow": (0.8, 0.85, 0.9),
    "fog": (0.88, 0.88, 0.86),
    "storm": (0.2, 0.22, 0.32),
}
COVER = {"clear": 0.0, "rain": 0.72, "snow": 0.55, "fog": 0.75, "storm": 0.85}
SUN_X, SUN_Y = np.array([0.43, 0.5, 0.57, 0.5]), np.array([0.36, 0.22, 0.36, 0.2])


def at(table, time):
    """Linear interpolation of a table by the hour, time in [0, 3]."""
    i = int(min(max(time, 0), 2.999))
    return table[i] + (table[i + 1] - table[i]) * (min(time, 3) - i)


def weather(a, b, mix):
    """Weights of the five weathers as a dict."""
    return {name: (name == a) * (1 - mix) + (name == b) * mix for name in WEATHERS}


def sky(time, weights):
    """Colours (top, low, ambient) of the sky and of what it lights."""
    ambient = at(AMBIENT, time)
    top, low = at(TOP, time), at(LOW, time)
    cover = sum(COVER[n] * w for n, w in weights.items())
    grey = sum(np.array(GREY[n]) * w for n, w in weights.items() if n != "clear")
    if cover > 0:
        grey = grey / max(1e-6, 1 - weights["clear"]) * ambient**0.8
        top = top + (grey * 0.9 - top) * cover
        low = low + (grey * 1.08 - low) * cover * 0.75
    return top, low, ambient * (1 - 0.12 * weights["rain"] - 0.42 * weights["storm"])


RAYS = np.arange(12) * np.pi / 6 + np.pi / 12  # angles of the sun's rays, from straight up
STARS = ((0.4, 0.1), (0.63, 0.13), (0.38, 0.32), (0.64, 0.36), (0.51, 0.43))


def _rays(hours, r):
    """Wedges round a disc of radius r: over the rising sun, and all round at noon."""
    wedges = []
    for angle in RAYS:
        share = max(hours[1], hours[0] * (np.cos(angle) > 0))
        if share > 0.02:
            turned = angle + np.array([-0.13, 0.13, 0.0])
            reach = r * np.array([1.18, 1.18, 1.18 + 0.8 * share])
            wedges.append(reach[:, None] * np.stack([np.sin(turned), -np.cos(turned)], 1))
    return tuple(wedges)


def _star(x, y, r):
    """A star of four points."""
    turn = np.arange(8) * np.pi / 4
    reach = r * np.where(np.arange(8) % 2, 0.36, 1)
    return np.array([x, y]) + reach[:, None] * np.stack([np.sin(turn), -np.cos(turn)], 1)


def _bands(hours):
    """From where to where the disc is seen: whole, its upper half at dawn, barred at dusk."""
    lowest = 1 - 0.85 * hours[0]
    if hours[2] < 0.02:
        return ((-1, lowest),)
    gaps = [(y, y + h * hours[2]) for y, h in ((0.02, 0.13), (0.34, 0.15), (0.68, 0.17))]
    return ((-1, gaps[0][0]), (gaps[0][1], gaps[1][0]), (gaps[1][1], gaps[2][0]), (gaps[2][1], 1))


def _disc(hours, r):
    """The rising half, the whole, the barred sun or the crescent, about the origin."""
    bend = 1 - 1.5 * hours[3]  # the left side of the moon bends in
    cos, sin = np.cos(0.45 * hours[3]), np.sin(0.45 * hours[3])
    bands = []
    for top, bottom in _bands(hours):
        y = np.sin(np.linspace(np.arcsin(top), np.arcsin(bottom), 18))
        x = np.sqrt(np.maximum(1 - y**2, 0))
        outline = np.concatenate([np.stack([x, y], 1), np.stack([-bend * x, y], 1)[::-1]])
        bands.append(r * (outline - [0.2 * hours[3], 0]) @ np.array([[cos, sin], [-sin, cos]]))
    return tuple(bands)


def discs(time, closeness, weights):
    """What tells the hour: the half sun with its fan, the sun at noon, the barred sun, the moon and stars.

    Behind a portrait the disc grows into a halo.
    """
    hours = np.clip(1 - np.abs(time - np.arange(4)), 0, 1)
    big = closeness**1.5
    x, y = at(SUN_X, time), at(SUN_Y, time)
    centre = np.array([x + (0.5 + (x - 0.5) * 0.8 - x) * big, y + (0.36 - y) * big])
    r = 0.08 + 0.26 * big
    color = at(DISC, time)
    alpha = 1 - 0.4 * weights["storm"] - 0.3 * weights["rain"] - 0.25 * weights["fog"]
    shapes = []
    if rays := _rays(hours, r):
        shapes.append(Shape(tuple(centre + p for p in rays), color, 0.4, alpha, glow=True))
    disc = tuple(centre + p for p in _disc(hours, r))
    shapes.append(Shape(disc, color, 0.7, alpha, glow=True, torn=True))
    if hours[3] > 0.05:
        size = 0.036 * hours[3] ** 0.5
        shapes.append(Shape(tuple(_star(*place, size) for place in STARS), color, 0.3, alpha, glow=True))
    return shapes


CLOUDS = ((0.17, 0.1, 0.26, 0.075), (0.84, 0.15, 0.27, 0.08), (0.5, 0.04, 0.28, 0.085))


def clouds(weights, low, top):
    """Three broad clouds; they grow with the cover."""
    size = min(1.0, weights["rain"] + weights["snow"] * 0.85 + weights["storm"] * 1.15)
    if size < 0.02:
        return []
    color = (top * 0.72 + low * 0.12) * (1 - 0.3 * weights["storm"]) + 0.1 * weights["snow"]
    s = size**0.5
    bodies = tuple(
        p
        for x, y, rx, ry in CLOUDS
        for p in (ellipse(x, y, rx * s, ry * s), ellipse(x + rx * 0.35, y + ry * 0.6, rx * s * 0.6, ry * s))
    )
    return [Shape(bodies, color, 0.0, torn=False)]


BOLT = np.array(
    [(0.63, 0.08), (0.53, 0.31), (0.6, 0.31), (0.51, 0.56), (0.7, 0.25), (0.62, 0.25), (0.7, 0.08)]
)


def bolt(weights, closeness):
    """Lightning; beside the head of a portrait."""
    if weights["storm"] < 0.02:
        return []
    points = BOLT * [1, weights["storm"] ** 0.5] + [0.26 * closeness, 0]
    return [Shape((points,), np.array([1.0, 0.95, 0.6]), 1.0, glow=True, torn=True)]


def veil(weights, ambient, depth):
    """Fog in front of far (2), mid (1) and near (0) masses."""
    if weights["fog"] < 0.02:
        return []
    color = np.array([0.93, 0.93, 0.9]) * (0.4 + 0.6 * ambient)
    sheet = Shape((box(-0.02, -0.02, 1.02, 1.02),), color, 0.0, (0.2, 0.4, 0.5)[depth] * weights["fog"])
    y, h = ((0.9, 0.07), (0.74, 0.05), (0.6, 0.05))[depth]
    banks = Shape(
        tuple(ellipse(x, y, 0.42, h * weights["fog"]) for x in (0.1, 0.9)), color, 0.0, 0.6 * weights["fog"]
    )
    return [sheet, banks]


DROPS = ((0.08, 0.16), (0.3, 0.06), (0.52, 0.17), (0.74, 0.05), (0.94, 0.2), (0.19, 0.42), (0.41, 0.36),
    (0.66, 0.44), (0.87, 0.5),
         (0.07, 0.7), (0.3, 0.66), (0.75, 0.74), (0.95, 0.82), (0.2, 0.9))  # fmt: skip
FLAKES = ((0.12, 0.14), (0.37, 0.07), (0.63, 0.16), (0.88, 0.1), (0.23, 0.36), (0.77, 0.38), (0.09, 0.58),
    (0.92, 0.62), (0.3, 0.7),
          (0.7, 0.74), (0.13, 0.86), (0.88, 0.88))  # fmt: skip


def falling(weights, ambient, shift=0.0):
    """Rain streaks and snow flakes, in fixed steady arrangements."""
    shapes, wet = [], weights["rain"] + 0.6 * weights["storm"]
    bright = 0.55 + 0.45 * ambient.mean()
    if wet > 0.02:
        long = 0.115 * min(wet, 1) ** 0.5
        streaks = tuple(
            np.array([(x, y), (x + 0.016, y), (x - 0.3 * long + 0.014, y + long), (x - 0.3 * long, y + long)])
            + [shift, 0]
            for x, y in DROPS
        )
        shapes.append(Shape(streaks, np.array([0.88, 0.95, 1.0]) * bright, 0.4, 0.9, glow=True))
    if weights["snow"] > 0.02:
        r = 0.024 * weights["snow"] ** 0.5
        flakes = tuple(ellipse(x + shift, y, r, r, 16) for x, y in FLAKES)
        shapes.append(Shape(flakes, np.array([1.0, 1.0, 1.0]) * bright, 0.4, 0.97, glow=True))
    return shapes
