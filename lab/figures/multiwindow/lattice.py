"""Where the windows are, and where in it a point lies. All windows lie in one plane, one unit wide each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lab.multiwindow import Densities, Windows

ASIDE = 0.14  # between the lattice and its margins
DOUBLED = 0.13  # between doubled frames: with 5 x 5 windows they take 18 % of the area, as Tufte reckons
PAD = 0.06  # free border inside each window


@dataclass(frozen=True)
class Look:
    """Choices of the eye that do not touch the numbers."""

    doubled: bool = False
    counts: bool = True
    safe: bool = False  # colour-blind-safe colours


@dataclass(frozen=True)
class Lattice:
    """Windows in rows and columns; row ``rows`` is the top margin, column ``columns`` the right one."""

    columns: int
    rows: int
    doubled: bool = False

    @property
    def gap(self) -> float:
        """Space between neighbouring windows."""
        return DOUBLED if self.doubled else 0.0

    def place(self, row: int, column: int) -> tuple[float, float]:
        """Lower left corner of a window."""
        aside = max(ASIDE - self.gap, 0.0)
        x = column * (1 + self.gap) + aside * (column == self.columns)
        y = row * (1 + self.gap) + aside * (row == self.rows)
        return x, y

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the whole plane."""
        x, y = self.place(self.rows, self.columns)
        return x + 1, y + 1

    @property
    def view(self) -> tuple[float, float, float, float]:
        """Left, right, lower and upper end of the plane with its words around it."""
        width, height = self.size
        return -0.45, width + 0.45, -0.55, height + 0.42

    @property
    def area_lost(self) -> float:
        """Share of the plane that no window covers."""
        width, height = self.size
        return 1 - (self.columns + 1) * (self.rows + 1) / (width * height)

    def boxes(self) -> Iterator[np.ndarray]:
        """The frame of every window as a closed polyline (5, 2)."""
        for row in range(self.rows + 1):
            for column in range(self.columns + 1):
                x, y = self.place(row, column)
                yield np.array([(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)])


def lattice_of(result: Windows | Densities, look: Look) -> Lattice:
    """The lattice of a result."""
    return Lattice(*result.spec.bins, look.doubled)


def seen(result: Windows) -> Iterator[tuple[int, int, np.ndarray]]:
    """Row, column and table rows of every window, the margins and the corner included."""
    rows, columns = result.cells.shape
    for row in range(rows):
        yield from ((row, column, result.cells[row, column]) for column in range(columns))
        yield row, columns, result.right[row]
    yield from ((rows, column, members) for column, members in enumerate(result.top))
    yield rows, columns, result.corner


def seen_counts(result: Densities) -> Iterator[tuple[int, int, np.ndarray]]:
    """Row, column and counts (height, width) of every window, the margins and the corner included."""
    rows, columns = result.counts.shape[:2]
    right, top = result.right, result.top
    for row in range(rows):
        yield from ((row, column, result.counts[row, column]) for column in range(columns))
        yield row, columns, right[row]
    yield from ((rows, column, top[column]) for column in range(columns))
    yield rows, columns, result.corner


def window_counts(result: Windows | Densities) -> Iterator[tuple[int, int, int]]:
    """Row, column and number of table rows of every window, the margins and the corner included."""
    if isinstance(result, Windows):
        yield from ((row, column, len(rows)) for row, column, rows in seen(result))
    else:
        yield from ((row, column, int(counts.sum())) for row, column, counts in seen_counts(result))


def tidy_rows(result: Windows | Densities) -> Iterator[list]:
    """The windows as a tidy table: a header, then place, bounds and number of rows of each."""
    (over, beside), (columns, rows) = result.spec.panel, result.spec.bins
    bounds = [f"{name} {end}" for name in (over, beside) for end in ("from", "to")]
    yield ["row", "column", *bounds, "rows"]
    for row, column, count in window_counts(result):
        u = result.edges[0][[column, column + 1] if column < columns else [0, -1]]
        v = result.edges[1][[row, row + 1] if row < rows else [0, -1]]
        place = ["all" if row == rows else row + 1, "all" if column == columns else column + 1]
        yield [*place, *map(float, (*u, *v)), count]


def limits(values: np.ndarray) -> tuple[float, float]:
    """Range of the finite values; a little room where they are all equal."""
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def unit(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """Values as positions inside a window, from PAD to 1 - PAD."""
    return PAD + (1 - 2 * PAD) * (values - low) / (high - low)


def points(result: Windows, table, lattice: Lattice) -> tuple[np.ndarray, np.ndarray]:
    """Every point of every window: positions (m, 2) in the plane and table rows (m,); gaps are left out."""
    x, y = (np.asarray(table[name], dtype=float) for name in result.spec.plot)
    x, y = unit(x, *limits(x)), unit(y, *limits(y))
    places, members = [], []
    for row, column, rows in seen(result):
        left, bottom = lattice.place(row, column)
        places.append(np.column_stack([x[rows] + left, y[rows] + bottom]))
        members.append(rows)
    place, member = np.concatenate(places), np.concatenate(members)
    drawn = np.isfinite(place).all(1)
    return place[drawn], member[drawn]


def extent_of(result: Windows | Densities, table) -> tuple[float, ...]:
    """Left, right, lower and upper end of what is plotted in each window."""
    if isinstance(result, Densities):
        return result.extent
    x, y = (np.asarray(table[name], dtype=float) for name in result.spec.plot)
    return (*limits(x), *limits(y))
