"""The multiwindow plot as a plate for print: hairlines, small dots, type in the margins."""

from __future__ import annotations

from typing import Any

import numpy as np

from lab.figures.sheet import Dots, Line, Mark, Picture, Sheet, Text
from lab.figures.style import LIGHT
from lab.multiwindow import Densities, Windows
from lab.tables import Groups

from .density import shade
from .labels import spans, tidy
from .lattice import Look, lattice_of, limits, points, seen_counts, window_counts
from .screen import group_colours

WIDTH = 504.0  # 7 inches
LEFT, RIGHT, TOP, BOTTOM = 44.0, 40.0, 82.0, 44.0


def lay_out(result: Windows | Densities, table, groups: Groups, look: Look, title: str) -> Sheet:
    """The plate in day colours; same arguments as for the screen."""
    lattice = lattice_of(result, look)
    width, height = lattice.size
    side = (WIDTH - LEFT - RIGHT) / width
    total = TOP + side * height + BOTTOM

    def on_paper(places):
        return np.column_stack([LEFT + side * places[:, 0], total - BOTTOM - side * places[:, 1]])

    marks: list[Mark] = []
    if isinstance(result, Windows):
        places, rows = points(result, table, lattice)
        radius = max(0.5, min(1.5, 60 / np.sqrt(len(rows) + 1)))
        for code, colour in enumerate(group_colours(groups, LIGHT, look)):
            marks.append(Dots(on_paper(places[groups.codes[rows] == code]), colour, radius))
        extent = (*limits(table[result.spec.plot[0]]), *limits(table[result.spec.plot[1]]))
    else:
        top = np.log1p(result.corner.max())
        for row, column, counts in seen_counts(result):
            x, y = on_paper(np.array([lattice.place(row, column)]) + [[0, 1]])[0]
            marks.append(Picture(x, y, side, side, shade(counts, top, LIGHT)))
        extent = result.extent
    marks += [Line(on_paper(box), LIGHT.line, 0.4) for box in lattice.boxes()]
    marks += _labels(result, lattice, extent, on_paper)
    if look.counts:
        marks += _counts(result, lattice, on_paper)
    marks += _heading(title, groups, look)
    return Sheet(WIDTH, total, LIGHT.paper, title, tuple(marks))


def _counts(result, lattice, on_paper):
    """How many rows each window holds, in its lower right corner; nothing where it is empty."""
    told = [(lattice.place(row, column), count) for row, column, count in window_counts(result) if count]
    places = on_paper(np.array([(x + 0.95, y + 0.05) for (x, y), _ in told]))
    style: dict[str, Any] = dict(colour=LIGHT.faint, size=6, anchor="end")
    return [Text(x, y, f"{count:,}", **style) for (x, y), (_, count) in zip(places, told, strict=True)]


def _labels(result, lattice, extent, on_paper):
    width, height = lattice.size

    def say(x, y, words, **style):
        (x, y) = on_paper(np.array([[x, y]]))[0]
        return Text(x, y, words, **{"colour": LIGHT.faint, "size": 7, "anchor": "middle", **style})

    loud = {"colour": LIGHT.ink, "size": 10}
    (over, beside), (below, left) = result.spec.panel, result.spec.plot
    labels = [
        say(lattice.place(0, c)[0] + 0.5, height + 0.06, s) for c, s in enumerate(spans(result.edges[0]))
    ]
    labels += [
        say(width + 0.1, lattice.place(r, 0)[1] + 0.5, s, turn=90)
        for r, s in enumerate(spans(result.edges[1]))
    ]
    for window, part, which in ((0, 0.08, 0), (lattice.columns, 0.92, 1)):
        labels.append(say(lattice.place(0, window)[0] + part, -0.12, tidy(extent[which])))
    for window, part, which in ((0, 0.06, 2), (lattice.rows, 0.9, 3)):
        labels.append(say(-0.06, lattice.place(window, 0)[1] + part, tidy(extent[which]), anchor="end"))
    middle = (lattice.columns + lattice.gap * (lattice.columns - 1)) / 2
    centre = (lattice.rows + lattice.gap * (lattice.rows - 1)) / 2
    return [
        *labels,
        say(middle, height + 0.22, over, italic=True, **loud),
        say(width + 0.28, centre, beside, italic=True, turn=90, **loud),
        say(width / 2, -0.3, below, **loud),
        say(-0.24, height / 2, left, turn=90, **loud),
    ]


def _heading(title, groups, look):
    marks: list[Mark] = [Text(LEFT, 24, title, LIGHT.ink, 14)]
    x = LEFT
    if len(groups.names) > 1:
        for name, colour in zip(groups.names, group_colours(groups, LIGHT, look), strict=True):
            marks += [Dots(np.array([[x + 3, 36.5]]), colour, 2.2), Text(x + 8, 39, name, LIGHT.ink, 9)]
            x += 20 + 4.2 * len(name)
    return marks
