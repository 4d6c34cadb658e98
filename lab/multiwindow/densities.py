"""Counts instead of points: what a multiwindow plot shows of a table too long to draw dot by dot."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from .binning import bin_edges, bin_of, column, finite_range
from .windows import WindowsSpec

BLOCK = 2**17  # rows binned at once: all temporaries of a block stay in the cache
POINTS_LIMIT = 20_000  # beyond this many rows a window shows densities


@dataclass(frozen=True, eq=False)
class Densities:
    """Counts of rows in each small square of each window.

    Attributes
    ----------
    spec : WindowsSpec
    counts : int array of shape (rows, columns, height, width); row 0 and height 0 are the lowest
    edges : as in Windows
    extent : (x low, x high, y low, y high), the axes that all windows share
    homeless : int array of shape (height, width), rows in the corner alone: a panel value is missing
    """

    spec: WindowsSpec
    counts: np.ndarray
    edges: tuple[np.ndarray, np.ndarray]
    extent: tuple[float, float, float, float]
    homeless: np.ndarray

    @property
    def top(self):
        """Counts of the top margin, (columns, height, width)."""
        return self.counts.sum(0)

    @property
    def right(self):
        """Counts of the right margin, (rows, height, width)."""
        return self.counts.sum(1)

    @property
    def corner(self):
        """Counts of all rows, (height, width), those with no place in the lattice included."""
        return self.counts.sum((0, 1)) + self.homeless


def densities(table, spec: WindowsSpec, pixels=48, device="cpu") -> Densities:
    """Bin a table in one pass over blocks of rows.

    A row without x or y is left out; one without a panel value counts in the corner alone.

    Parameters
    ----------
    table : as for windows()
    pixels : int, squares along each side of a window
    device : "cpu" (numpy, a thread per core) or a torch device such as "cuda", where the counting is done
    """
    spec.validate()
    x, y = (column(table, name) for name in spec.plot)
    u, v = (column(table, name) for name in spec.panel)
    edges = tuple(bin_edges(a, b, spec.binning) for a, b in zip((u, v), spec.bins, strict=True))
    ranges = [_range(a) for a in (x, y)]
    shape = (spec.bins[1], spec.bins[0], pixels, pixels)
    count = _count_numpy if device == "cpu" else _count_torch
    counts = count((x, y, u, v), edges, ranges, shape, device)
    cells = int(np.prod(shape))
    homeless = counts[cells:].reshape(shape[2:])
    return Densities(spec, counts[:cells].reshape(shape), edges, (*ranges[0], *ranges[1]), homeless)


def _range(values):
    low, high = finite_range(values)
    if low is None:
        raise ValueError("A plot variable has no finite value: choose another column.")
    return (low, high) if high - low > 1e-300 else (low - 0.5, high + 0.5)


def _squares(values, low, high, pixels):
    """Index of the square of each value along one side; NaN becomes a negative number."""
    with np.errstate(invalid="ignore"):
        index = ((values - low) * (pixels / (high - low))).astype(np.int32)
    return np.minimum(index, pixels - 1, out=index)


def _size(shape):
    """Squares of all windows, and of one more for the rows that have no window."""
    return int(np.prod(shape)) + int(np.prod(shape[2:]))


def _count_numpy(columns, edges, ranges, shape, device):
    """Histogram by codes: the code of a row is ((row * columns + column) * height + y) * width + x."""
    size, windows = _size(shape), shape[0] * shape[1]

    def block(start):
        x, y, u, v = (a[start : start + BLOCK] for a in columns)
        column_bin, row_bin = bin_of(u, edges[0]), bin_of(v, edges[1])
        (left, right), (low, high) = ranges
        i, j = _squares(x, left, right, shape[3]), _squares(y, low, high, shape[2])
        window = row_bin.astype(np.int32) * shape[1] + column_bin
        window[(column_bin < 0) | (row_bin < 0)] = windows
        code, drawn = (window * shape[2] + j) * shape[3] + i, (i >= 0) & (j >= 0)
        return code if drawn.all() else code[drawn]

    def share(starts):
        total = np.zeros(size, dtype=np.int64)
        for start in starts:
            total += np.bincount(block(start), minlength=size)
        return total

    starts = range(0, len(columns[0]), BLOCK)
    with ThreadPoolExecutor(4) as pool:
        return sum(pool.map(share, [starts[i::4] for i in range(4)]))


def _count_torch(columns, edges, ranges, shape, device):
    """The same on a device: searchsorted and bincount in one go."""
    import torch

    x, y, u, v = (torch.as_tensor(a).to(device) for a in columns)
    code = torch.zeros(len(x), dtype=torch.int64, device=device)
    housed = torch.ones(len(x), dtype=torch.bool, device=device)
    for values, edge, bins in ((v, edges[1], shape[0]), (u, edges[0], shape[1])):
        inner = torch.as_tensor(edge[1:-1], device=device).to(values.dtype)
        code = code * bins + torch.searchsorted(inner, values.contiguous(), right=True)
        housed &= (values >= float(edge[0])) & (values <= float(edge[-1]))
    code = torch.where(housed, code, shape[0] * shape[1])
    drawn = torch.isfinite(x) & torch.isfinite(y)
    for values, (low, high), pixels in ((y, ranges[1], shape[2]), (x, ranges[0], shape[3])):
        square = ((values - low) * (pixels / (high - low))).nan_to_num(-1.0, -1.0, -1.0).long()
        code = code * pixels + square.clamp(0, pixels - 1)
    return torch.bincount(code[drawn], minlength=_size(shape)).cpu().numpy()
