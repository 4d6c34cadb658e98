"""Counts instead of points: what a multiwindow plot shows of a table too long to draw dot by dot."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from .binning import bin_edges, bin_of, column
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
    """

    spec: WindowsSpec
    counts: np.ndarray
    edges: tuple[np.ndarray, np.ndarray]
    extent: tuple[float, float, float, float]

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
        """Counts of all rows, (height, width)."""
        return self.counts.sum((0, 1))


def densities(table, spec: WindowsSpec, pixels=48, device="cpu") -> Densities:
    """Bin a table in one pass over blocks of rows; a row with any of its four values missing is left out.

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
    return Densities(spec, counts.reshape(shape), edges, (*ranges[0], *ranges[1]))


def _range(values):
    finite = values if np.isfinite(values.sum(dtype=np.float64)) else values[np.isfinite(values)]
    if not len(finite):
        raise ValueError("A plot variable has no finite value: choose another column.")
    low, high = float(finite.min()), float(finite.max())
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _squares(values, low, high, pixels):
    """Index of the square of each value along one side; NaN becomes a negative number."""
    with np.errstate(invalid="ignore"):
        index = ((values - low) * (pixels / (high - low))).astype(np.int32)
    return np.minimum(index, pixels - 1, out=index)


def _count_numpy(columns, edges, ranges, shape, device):
    """Two-step histogram: the code of a row is ((row * columns + column) * height + y) * width + x."""
    size = int(np.prod(shape))

    def block(start):
        x, y, u, v = (a[start : start + BLOCK] for a in columns)
        column_bin, row_bin = bin_of(u, edges[0]), bin_of(v, edges[1])
        i, j = _squares(x, *ranges[0], shape[3]), _squares(y, *ranges[1], shape[2])
        code = ((row_bin.astype(np.int32) * shape[1] + column_bin) * shape[2] + j) * shape[3] + i
        seen = (column_bin >= 0) & (row_bin >= 0) & (i >= 0) & (j >= 0)
        return code if seen.all() else code[seen]

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
    seen = torch.ones(len(x), dtype=torch.bool, device=device)
    for values, edge, bins in ((v, edges[1], shape[0]), (u, edges[0], shape[1])):
        inner = torch.as_tensor(edge[1:-1], device=device).to(values.dtype)
        code = code * bins + torch.searchsorted(inner, values.contiguous(), right=True)
        seen &= (values >= float(edge[0])) & (values <= float(edge[-1]))
    for values, (low, high), pixels in ((y, ranges[1], shape[2]), (x, ranges[0], shape[3])):
        square = ((values - low) * (pixels / (high - low))).nan_to_num(-1.0, -1.0, -1.0).long()
        seen &= torch.isfinite(values)
        code = code * pixels + square.clamp(0, pixels - 1)
    return torch.bincount(code[seen], minlength=int(np.prod(shape))).cpu().numpy()
