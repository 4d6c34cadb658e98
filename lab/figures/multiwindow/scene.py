"""The multiwindow plot as plain data, for a browser that draws and brushes it by itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from lab.figures.style import Palette
from lab.multiwindow import Densities, Windows
from lab.tables import Groups

from .density import address, shade
from .labels import labels, spans
from .lattice import Look, extent_of, lattice_of, limits, seen_counts, unit, window_counts
from .screen import group_colours

FINE = 10_000  # steps of a position across a window: finer than a screen


def scene(result: Windows | Densities, table, groups: Groups, colours: Palette, look: Look) -> dict[str, Any]:
    """Everything the figure shows, as JSON; same arguments as `draw`.

    Returns
    -------
    dict with
        view : ends of the plane
        windows : of each window its place in the lattice and in the plane, its name and count; row by row
            from below, margins and corner included
        labels : words in the plane
        points : of each table row its position inside a window in ``1 / FINE``, -1 where it is not finite,
            the number of its cell, -1 where it has none, and its group; None for densities
        pictures : addresses of the shaded counts, one a window; empty for points
    """
    lattice = lattice_of(result, look)
    marks = None
    pictures: list[str] = []
    if isinstance(result, Windows):
        marks = _points(result, table, groups)
    else:
        top = np.log1p(result.corner.max())
        pictures = [address(shade(counts, top, colours)) for *_, counts in seen_counts(result)]
    return {
        "view": lattice.view,
        "lattice": [lattice.columns, lattice.rows],
        "windows": [
            {"row": row, "column": column, "at": lattice.place(row, column), "count": count, "name": name}
            for (row, column, count), name in zip(window_counts(result), _names(result), strict=True)
        ],
        "labels": [asdict(label) for label in labels(result, lattice, extent_of(result, table))],
        "counts": look.counts,
        "points": marks,
        "pictures": pictures,
        "groups": list(zip(groups.names, group_colours(groups, colours, look), strict=True)),
        "variables": result.spec.plot,
    }


def _points(result: Windows, table, groups: Groups) -> dict[str, list]:
    values = [np.asarray(table[name], dtype=float) for name in result.spec.plot]
    x, y = (unit(v, *limits(v)) for v in values)
    known = np.isfinite(x) & np.isfinite(y)
    place = [np.where(known, np.round(FINE * np.where(known, p, 0)), -1).astype(int) for p in (x, y)]
    cell = np.full(len(x), -1)
    for number, rows in enumerate(result.cells.flat):
        cell[rows] = number
    told = [[float(f"{v:.5g}") if ok else None for v, ok in zip(each, known, strict=True)] for each in values]
    return {
        "x": place[0].tolist(),
        "y": place[1].tolist(),
        "cell": cell.tolist(),
        "group": groups.codes.tolist(),
        "values": told,
    }


def _names(result: Windows | Densities):
    """What each window holds, in words."""
    (over, beside), (across, upward) = result.spec.panel, (spans(edges) for edges in result.edges)
    for row, column, _ in window_counts(result):
        parts = [f"{over} {across[column]}"] if column < len(across) else []
        parts += [f"{beside} {upward[row]}"] if row < len(upward) else []
        yield ", ".join(parts) or "all rows"
