"""Places as points of one parameter space: the same masses, ground, frame and landmarks, each in its form.

A place is a flat dict of arrays of equal shapes, so that a hybrid is an elementwise blend of two of them:
a tree really bends into a tower. Masses are ordered near left, near right, mid left, mid right, far left,
far right.
"""

from functools import cache

import numpy as np

from .atlas import ATLAS, DETAILS, OPEN, PROPS
from .forms import cell, resample


def _masses(row):
    """(6, POINTS, 2) outlines of the masses and (6, DETAILS, 4, 2) polygons on them."""
    outlines, details = [], []
    for level, (form, height) in enumerate(zip(row["forms"], row["heights"], strict=True)):
        for right in (False, True):
            tall = height * (0.93 if right else 1.0)
            outlines.append(cell(level, resample(form), tall, row["flat"], right))
            middle = cell(level, (0.5, 0.5), tall, row["flat"], right)
            slots = np.tile(middle, (DETAILS, 4, 1))
            for i, polygon in enumerate(row["details"] if height and level < 2 else ()):
                slots[i] = cell(level, polygon, tall, row["flat"], right)
            details.append(slots)
    return np.array(outlines), np.array(details)


@cache
def place(name):
    """The place as a dict of arrays; see the module's head."""
    row = ATLAS[name]
    outlines, details = _masses(row)
    arrays = {"outlines": outlines, "details": details, "hole": row.get("hole", OPEN)}
    arrays |= {key: row[key] for key in ("colors", "paint", "ground", "path", "ridge", "ridge_color")}
    arrays |= {key: row.get(key, 0.0) for key in ("lit", "foliage", "grass")}
    arrays["wall"] = row.get("wall", row["ridge_color"])
    arrays |= {prop: row.get(prop, 0.0) for prop in PROPS}
    return {key: np.asarray(value, float) for key, value in arrays.items()}


# When each part turns from place a to place b: the backdrop first, what stands near last.
_EARLY = {"ground", "ridge", "ridge_color", "grass", "snowcap", "waves"}
_STAGGER = np.array([0.85, 0.75, 0.5, 0.4, 0.15, 0.15])


def _share(mix, late):
    """Smooth share of place b at `mix` for a part that starts turning at `late` / 2."""
    x = np.clip(2 * mix - late, 0, 1)
    return x * x * (3 - 2 * x)


def blend(a, b, mix):
    """The place between `a` and `b`: geometry and colour blended part by part, never a cross-fade."""
    one, two = place(a), place(b)
    if a == b or mix == 0:
        return dict(one)
    result = {}
    for key in one:
        share = _share(mix, 0.0 if key in _EARLY else 0.5)
        if key in ("outlines", "details", "colors"):
            share = _share(mix, _STAGGER).reshape(-1, *[1] * (one[key].ndim - 1))
        if key in PROPS and key not in _EARLY:  # landmarks of both stand together in the middle
            result[key] = np.maximum(one[key] * min(1.0, 2 - 2 * mix), two[key] * min(1.0, 2 * mix))
            continue
        if key == "hole" and np.abs(one[key] - two[key]).max() > 1:
            # a wall opens: most of that way is out of sight
            share = share**0.25 if np.abs(one[key]).max() > 1.5 else 1 - (1 - share) ** 0.25
        result[key] = one[key] + (two[key] - one[key]) * share
    return result
