"""Windows of a table: which rows are seen through each cell, margin and corner of the lattice."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .binning import BINNINGS, bin_edges, bin_of, column


@dataclass(frozen=True)
class WindowsSpec:
    """What is asked: which variables cut the table, which are plotted, and how the cuts are made.

    Parameters
    ----------
    panel, plot : (str, str)
        The variables of columns and rows; those plotted to the right and upward in each window.
    bins : (int, int)
        Columns and rows.
    binning : {"width", "quantile"}
    """

    panel: tuple[str, str] = ("sepal length (cm)", "sepal width (cm)")
    plot: tuple[str, str] = ("petal length (cm)", "petal width (cm)")
    bins: tuple[int, int] = (4, 4)
    binning: str = "width"

    def validate(self):
        """Raise one sentence where a name is missing or a number is out of range."""
        if len(self.panel) != 2 or len(self.plot) != 2 or len(self.bins) != 2:
            raise ValueError(
                "A multiwindow plot takes two panel variables, two plot variables and two numbers of bins."
            )
        if self.binning not in BINNINGS:
            raise ValueError(f"The binning {self.binning!r} is unknown: choose one of {', '.join(BINNINGS)}.")


@dataclass(frozen=True, eq=False)
class Windows:
    """Row numbers of the table, window by window: lattice row 0 is the lowest bin, column 0 the leftmost.

    Attributes
    ----------
    spec : WindowsSpec
    cells : object array of shape (rows, columns), each entry an int array of row numbers, ascending
    edges : (columns' edges (columns + 1,), rows' edges (rows + 1,))
    corner : int array, all rows of the table: those too that have no place in the lattice
    """

    spec: WindowsSpec
    cells: Any
    edges: tuple[np.ndarray, np.ndarray]
    corner: np.ndarray

    @property
    def top(self) -> list[np.ndarray]:
        """The top margin: one entry per column, conditioned on the column variable alone."""
        return [_union(self.cells[:, c]) for c in range(self.cells.shape[1])]

    @property
    def right(self) -> list[np.ndarray]:
        """The right margin: one entry per row, conditioned on the row variable alone."""
        return [_union(self.cells[r]) for r in range(self.cells.shape[0])]

    @property
    def homeless(self) -> np.ndarray:
        """Rows that are in the corner alone, since one of their panel values is missing."""
        return np.setdiff1d(self.corner, _union(self.cells.ravel()), assume_unique=True)

    @property
    def counts(self) -> np.ndarray:
        """Number of table rows in each cell, (rows, columns)."""
        return np.array([[len(cell) for cell in row] for row in self.cells])


def windows(
    table,
    panel=("sepal length (cm)", "sepal width (cm)"),
    plot=("petal length (cm)", "petal width (cm)"),
    bins=(4, 4),
    binning="width",
) -> Windows:
    """Cut a table by its two panel variables.

    Every row with two finite panel values is in exactly one cell; a margin is the union of its row or
    column, the corner holds every row of the table. Values on an edge belong to the right-hand bin, the
    maximum to the last.

    Parameters
    ----------
    table : anything that gives a column by name: a pandas DataFrame, a dict of arrays
    panel : (column variable, row variable); the first grows to the right, the second upward
    plot : (x, y), drawn inside each window on shared axes
    bins : (number of columns, number of rows)
    binning : {"width", "quantile"}

    Source: Tukey & Tukey (1981), in Barnett (ed.), Interpreting Multivariate Data; Tufte (1983), p. 114.
    """
    spec = WindowsSpec(tuple(panel), tuple(plot), tuple(bins), binning)
    spec.validate()
    for name in spec.plot:
        column(table, name)
    values = [column(table, name) for name in spec.panel]
    edges = tuple(bin_edges(v, b, binning) for v, b in zip(values, spec.bins, strict=True))
    columns, rows = (bin_of(v, e) for v, e in zip(values, edges, strict=True))
    return Windows(spec, _cells(columns, rows, spec.bins), edges, np.arange(len(values[0])))


def _cells(columns, rows, bins):
    """Row numbers sorted by cell; a stable sort of small integers is a radix sort, linear in n."""
    code = np.where((columns < 0) | (rows < 0), -1, rows.astype(np.int16) * bins[0] + columns)
    order = np.argsort(code, kind="stable")
    starts = np.searchsorted(code[order], np.arange(bins[0] * bins[1] + 1))
    cells = np.empty((bins[1], bins[0]), dtype=object)
    for cell in range(cells.size):
        cells.flat[cell] = order[starts[cell] : starts[cell + 1]]
    return cells


def _union(cells):
    return np.sort(np.concatenate(list(cells)))
