"""A table described by its principal scores, for columns that mean nothing one by one."""

from dataclasses import replace

import numpy as np

from .table import Table


def on_axes(table: Table, k: int = 8) -> Table:
    """The same rows by their first principal scores, in columns ``axis 1``, ``axis 2``, ...

    Parameters
    ----------
    table : Table
    k : int
        How many axes, at most.
    """
    from lab.similarity import decompose

    X = table.matrix()
    scores = decompose(X, min(k, *X.shape)).scores
    return replace(
        table, columns={f"axis {i}": column for i, column in enumerate(np.asarray(scores).T, start=1)}
    )
