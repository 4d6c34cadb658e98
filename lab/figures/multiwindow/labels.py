"""Words around the windows: ranges of the bins, ends of the axes, names of the variables."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lab.multiwindow import Densities, Windows

from .lattice import Lattice


@dataclass(frozen=True)
class Label:
    """Words in the plane, centred on their place; turned ones are read from below upward."""

    x: float
    y: float
    text: str
    turned: bool = False
    title: bool = False  # name of a variable
    ends: bool = False  # at its place, in place of being centred


def labels(result: Windows | Densities, lattice: Lattice, extent: tuple[float, ...]) -> Iterator[Label]:
    """Ranges of the bins on the margins' side, ends of the shared axes on the other, names of the variables.

    Parameters
    ----------
    extent : left, right, lower and upper end of the plotted variables
    """
    width, height = lattice.size
    for column, span in enumerate(spans(result.edges[0])):
        yield Label(lattice.place(0, column)[0] + 0.5, height + 0.1, span)
    for row, span in enumerate(spans(result.edges[1])):
        yield Label(width + 0.1, lattice.place(row, 0)[1] + 0.5, span, turned=True)
    for part, end in ((0.12, 0), (0.88, 1)):
        for column in (0, lattice.columns):
            yield Label(lattice.place(0, column)[0] + part, -0.1, tidy(extent[end]))
        for row in (0, lattice.rows):
            yield Label(-0.06, lattice.place(row, 0)[1] + part, tidy(extent[2 + end]), ends=True)
    (over, beside), (below, left) = result.spec.panel, result.spec.plot
    spread = 1 + lattice.gap
    yield Label(lattice.columns / 2 * spread, height + 0.3, f"{over} →", title=True)
    yield Label(width + 0.33, lattice.rows / 2 * spread, f"{beside} →", turned=True, title=True)
    yield Label(width / 2, -0.36, below, title=True)
    yield Label(-0.34, height / 2, left, turned=True, title=True)


def tidy(number: float) -> str:
    """A number with three significant digits, for a label."""
    return f"{number:.3g}" if abs(number) < 1e4 else f"{number:.2g}"


def spans(edges: np.ndarray) -> list[str]:
    """Labels of the bins, with as many decimals as the narrowest one needs."""
    steps = np.diff(edges)
    step = float(steps[steps > 0].min()) if (steps > 0).any() else 3.0
    decimals = max(0, -math.floor(math.log10(step / 3)))
    labels = [
        f"{round(edge, decimals) + 0.0:.{decimals}f}" if 1e-4 < step < 1e5 else f"{edge:.2g}"
        for edge in edges
    ]
    dash = " to " if edges[0] < 0 else "–"
    return [f"{a}{dash}{b}" for a, b in zip(labels[:-1], labels[1:], strict=True)]
