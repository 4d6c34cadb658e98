"""Similarities and scores of step 2 as plain data, for a browser that draws and brushes them."""

from __future__ import annotations

from typing import Any

import numpy as np

from lab.figures.style import Palette
from lab.similarity.steps import Compared
from lab.tables import Groups

from .heat import order_by, reach_of, tail_of
from .scores import group_colours

DIGITS = 5
FAINT = 1e-8  # of what is dropped at this k: axes that hold less are not seen in any map


def scene(result: Compared, groups: Groups, colours: Palette) -> dict[str, Any]:
    """Everything that step 2 shows, as JSON.

    Parameters
    ----------
    result : Compared
    groups : Groups
        Of its samples (m,).

    Returns
    -------
    dict with
        scores : of each sample on the axes that can be seen: G is their product with themselves, G_k that of
            the first k
        order : samples as they stand in the maps
        reach, strength : similarity that takes the last colour, and how many times stronger the difference is
            drawn
        tail : share of the squared matrix that is lost, for k = 0, 1, ...
        measured : the same at this k, entry by entry
    """
    found = result.found
    reach, strength = reach_of(found)
    total = float((found.eigenvalues**2).sum()) or 1.0
    left = np.append(np.cumsum(found.eigenvalues[::-1] ** 2)[::-1], 0.0)
    needed = max(2, result.k, int((left > FAINT * left[result.k]).sum()))
    return {
        "k": result.k,
        "scores": [
            [float(f"{value:.{DIGITS}g}") for value in row] for row in result.scores[:, :needed].tolist()
        ],
        "order": order_by(groups.codes, result.scores[:, 0]).tolist(),
        "group": groups.codes.tolist(),
        "groups": list(zip(groups.names, group_colours(groups, colours), strict=True)),
        "reach": reach,
        "strength": strength,
        "tail": (tail_of(found.eigenvalues, result.k) / total).tolist(),
        "measured": found.measured / total,
        "divergence": colours.divergence,
    }
