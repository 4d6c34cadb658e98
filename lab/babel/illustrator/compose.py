"""From a scene to an ordered list of shapes, back to front, in full colour and before any style."""

from dataclasses import replace

import numpy as np

from . import light, props
from .atlas import RIDGE_X
from .cast import COAT, features
from .forms import HORIZON, LEVELS, Shape, box, ground_y
from .people import person
from .places import blend
from .scene import HEAD, OUT_OF_SIGHT, Scene

LEAF = {
    "spring": (0.96, 0.62, 0.7),
    "summer": (0.2, 0.5, 0.2),
    "autumn": (0.92, 0.48, 0.13),
    "winter": (0.82, 0.88, 0.94),
}
MEADOW = {
    "spring": (0.6, 0.8, 0.36),
    "summer": (0.45, 0.66, 0.24),
    "autumn": (0.78, 0.56, 0.25),
    "winter": (0.88, 0.92, 0.96),
}
LEAF_SHARE = {"spring": 0.75, "summer": 0.2, "autumn": 0.85, "winter": 0.6}
WHITE = np.array([0.93, 0.96, 1.0])


def _toward(color, other, share):
    """Colour moved towards another."""
    return color + (np.asarray(other) - color) * share


def _season(p, season, snow):
    """The place with its leaves, meadows and snow-covered ground."""
    tint = LEAF_SHARE[season] * p["foliage"]
    shades = np.array([0.0, -0.03, 0.02, 0.05, 0.1, 0.08])[:, None]
    p["colors"] = _toward(p["colors"], np.array(LEAF[season]) + shades, tint)
    p["ground"] = _toward(p["ground"], MEADOW[season], 0.8 * p["grass"])
    outside = 1 - float(np.clip(p["nest"] + p["lamp"] + p["rose"], 0, 1))
    cover = snow * outside
    p["ground"] = _toward(p["ground"], WHITE, 0.85 * cover * (1 - 0.8 * p["waves"]))
    p["path"] = _toward(p["path"], WHITE * 0.92, 0.5 * cover)
    p["ridge_color"] = _toward(p["ridge_color"], WHITE, 0.5 * cover)
    p["colors"] = _toward(p["colors"], WHITE, 0.28 * cover)
    return p


def _ground(p, snow_lit):
    """Ground below the horizon and the path to the vanishing point."""
    far, near = _toward(p["ground"], snow_lit, 0.35), p["ground"] * 0.92
    path = np.array([(0.12, 1.02), (0.485, HORIZON), (0.515, HORIZON), (0.88, 1.02)])
    return [Shape((box(-0.02, HORIZON, 1.02, 1.02),), far, 0.6, fade=near), Shape((path,), p["path"], 0.6)]


def _frame(p):
    """Wall with the opening of an indoor place; out of sight outdoors."""
    hole = p["hole"]
    if np.abs(hole[:, 0] - 0.5).min() > 0.9 or (hole[:, 0].min() < -0.3 and hole[:, 1].min() < -0.3):
        return []
    wall = box(-0.05, -0.05, 1.05, HORIZON + 0.07)
    return [Shape((wall, np.minimum(hole, [9, HORIZON + 0.07])), p["wall"], fade=p["wall"] * 0.82)]


def _trunks(p, level):
    """Trunks under the crowns of a level's two masses."""
    x0, x1 = LEVELS[level]
    x, y, half = x0 + 0.5 * (x1 - x0), ground_y(x0 + 0.62 * (x1 - x0)), 0.11 * (x1 - x0) * p["trunk"]
    top = y - (y - HORIZON + 0.35) * 0.5 * p["trunk"]
    return Shape(tuple(box(c - half, top, c + half, y) for c in (x, 1 - x)), np.array([0.36, 0.23, 0.18]))


def _masses(p, level, low, night, haze):
    """Both masses of a level with what is on them; far ones take the colour of the air."""
    air = (0.05 + haze * 0.3, 0.16 + haze * 0.5, 0.34 + haze * 0.5)[level]
    shapes = [_trunks(p, level)] if p["trunk"] > 0.02 and level < 2 else []
    for side in (0, 1):
        i = 2 * level + side
        shapes.append(
            Shape(
                (p["outlines"][i],),
                _toward(p["colors"][i], low, air),
                fade=_toward(p["colors"][i] * 0.78, low, air),
                torn=level < 2,
            )
        )
    if level == 2:
        return shapes
    lit = float(p["lit"]) * night
    paint = p["paint"]
    for k in range(3):
        polygons = tuple(
            q
            for i in (2 * level, 2 * level + 1)
            for j, q in enumerate(p["details"][i])
            if j % 3 == k and np.ptp(q[:, 1]) > 0.01
        )
        if polygons:
            shapes.append(
                Shape(
                    polygons,
                    _toward(_toward(paint[k], (1.0, 0.8, 0.36), lit), low, air * (1 - lit)),
                    0.5,
                    glow=lit > 0.4,
                )
            )
    return shapes


def _lit(shape, ambient):
    """A shape under the light of the hour; what glows keeps its colour."""
    if shape.glow:
        return shape
    fade = None if shape.fade is None else np.minimum(shape.fade * ambient, 1)
    return replace(shape, color=np.minimum(shape.color * ambient, 1), fade=fade)


def _grown(table, p):
    """Landmarks whose amount is above zero."""
    return [shape for name, build in table.items() if p[name] > 0.02 for shape in build(float(p[name]))]


def _cast(scene):
    """Shapes of the person in the scene, if there is one."""
    if scene.head < OUT_OF_SIGHT:
        return []
    f = features(scene.person_a, scene.person_b, scene.person_mix)
    coat = f["cloth"] if scene.named else COAT[scene.coat]
    return person(f, scene.role, coat, scene.head)


def _ridge(p, air, haze):
    """Far ridge, dunes or skyline on the horizon, in the colour of the air."""
    if p["ridge"].max() <= 0.015:
        return []
    crest = np.stack([RIDGE_X, HORIZON + 0.004 - p["ridge"]], 1)
    outline = np.concatenate([[(-0.02, HORIZON + 0.02)], crest, [(1.02, HORIZON + 0.02)]])
    return [Shape((outline,), _toward(p["ridge_color"], air, 0.35 + 0.4 * haze), torn=True)]


def _setting(scene, weights, low, ambient):
    """The place from the ridge to its nearest masses, lit, with fog between its depths."""
    p = _season(blend(scene.place_a, scene.place_b, scene.mix), scene.season, weights["snow"])
    night = float(np.clip(scene.time - 1, 0, 1))
    haze = weights["fog"] + 0.25 * weights["snow"] + 0.2 * weights["rain"]
    air = np.clip(low / np.maximum(ambient, 0.2), 0, 1)  # unlit, for the light comes on top of it
    back = (
        _ridge(p, air, haze) + _ground(p, air) + _grown(props.BACK, p) + _frame(p) + _grown(props.FRAMED, p)
    )
    shapes = [_lit(s, ambient) for s in back]
    for level in (2, 1, 0):
        shapes += light.veil(weights, ambient, level)
        shapes += [_lit(s, ambient) for s in _masses(p, level, air, night, haze)]
    return shapes + [_lit(s, ambient) for s in _grown(props.FRONT, p)]


def compose(scene: Scene) -> list[Shape]:
    """All shapes of the scene from the sky to the falling rain."""
    weights = light.weather(scene.weather_a, scene.weather_b, scene.weather_mix)
    top, low, ambient = light.sky(scene.time, weights)
    close = float(np.clip((scene.head - HEAD["figure"]) / (HEAD["portrait"] - HEAD["figure"]), 0, 1))
    sky = Shape((box(-0.02, -0.02, 1.02, HORIZON + 0.03),), top, 0, fade=low)
    disc = light.discs(scene.time, close, weights)
    halo, sun = (disc, []) if close > 0.2 else ([], disc)
    setting = _setting(scene, weights, low, ambient)
    cast = [_lit(s, ambient + (1 - ambient) * 0.4) for s in _cast(scene)]
    bolt, rain = light.bolt(weights, close), light.falling(weights, ambient)
    return [sky, *light.clouds(weights, low, top), *sun, *setting, *halo, *bolt, *cast, *rain]
