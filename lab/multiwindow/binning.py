"""Bins along one variable: edges and membership, exact on the edges."""

import math

import numpy as np

BINNINGS = ("width", "quantile")
MOST_BINS = 64


def column(table, name):
    """One column as a float array (n,); float32 stays float32.

    Raises
    ------
    ValueError
        Where the column is absent or holds text.
    """
    try:
        values = np.asarray(table[name])
    except (KeyError, IndexError, ValueError, TypeError):
        raise ValueError(f"The table has no column {name!r}: choose one that it has.") from None
    if values.dtype in (np.float32, np.float64):
        return values
    try:
        return values.astype(np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"The column {name!r} is not numeric: choose a column of numbers.") from None


def bin_edges(values, bins, binning="width"):
    """Edges of the bins from the smallest finite value to the largest, (bins + 1,), non-decreasing.

    Parameters
    ----------
    values : array of shape (n,)
        NaN is passed over.
    bins : int
    binning : {"width", "quantile"}
        Equally wide, or equally full as far as ties allow; an edge that repeats leaves an empty bin, so the
        number of bins never changes.

    Raises
    ------
    ValueError
        Where bins or binning do not fit, or no value is finite.
    """
    if not 1 <= bins <= MOST_BINS:
        raise ValueError(f"{bins} bins were asked for: choose from 1 to {MOST_BINS}.")
    low, high = finite_range(values)
    if low is None:
        raise ValueError("A panel variable has no finite value: choose another column.")
    if binning == "width":
        # halves, since the span of two huge numbers may be more than there are numbers for
        edges = 2 * np.linspace(low / 2, high / 2, bins + 1)
        edges[0], edges[-1] = low, high
        return _round_edges(edges, values.dtype)
    if binning == "quantile":
        edges = np.quantile(values[np.isfinite(values)], np.linspace(0, 1, bins + 1))
        return np.maximum.accumulate(edges)  # interpolation between equal neighbours may lose the last bit
    raise ValueError(f"The binning {binning!r} is unknown: choose one of {', '.join(BINNINGS)}.")


def finite_range(values):
    """Smallest and largest finite value as floats; (None, None) where there is none."""
    if not len(values):
        return None, None
    low, high = float(values.min()), float(values.max())
    if not (math.isfinite(low) and math.isfinite(high)):  # NaN spreads through both
        values = values[np.isfinite(values)]
        return (float(values.min()), float(values.max())) if len(values) else (None, None)
    return low, high


def _round_edges(edges, dtype):
    """Inner edges as the decimal numbers they stand for.

    The last of four equal bins on [2.0, 4.4] begins at 3.8, but 2.0 + 3 * 0.6 is 3.8000000000000003 in
    binary, and the flowers measured 3.8 would fall to the left of their own edge. Rounding to 12
    significant digits (6 in float32) mends that; it is left out where the bins are so narrow that rounding
    could move an edge visibly.
    """
    digits = 6 if dtype == np.float32 else 12
    reach = max(abs(edges[0]), abs(edges[-1]))
    if reach > 0 and edges[1] - edges[0] > reach * 10.0 ** (4 - digits):
        decimals = digits - 1 - math.floor(math.log10(reach))
        edges[1:-1] = np.round(edges[1:-1], decimals) if abs(decimals) < 300 else edges[1:-1]
    return edges.astype(dtype)


def bin_of(values, edges):
    """Index of the bin of every value, (n,) int8, and -1 for NaN and for values outside the edges.

    An edge belongs to the right-hand bin, the maximum to the last. Counting the inner edges at or below a
    value is one comparison per edge, which for a handful of edges is several times faster than a binary
    search.

    Parameters
    ----------
    values : array of shape (n,)
    edges : array of shape (bins + 1,)
        Non-decreasing, as :func:`bin_edges` gives them.
    """
    index = np.zeros(len(values), dtype=np.int8)
    for edge in edges[1:-1]:
        index += values >= edge
    index[~((values >= edges[0]) & (values <= edges[-1]))] = -1
    return index
