"""How well two partitions agree."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment


def confusion(truth: np.ndarray, found: np.ndarray) -> np.ndarray:
    """Vertices in each pair of groups, int64 (true groups, found groups); labels count from 0."""
    shape = (int(truth.max(initial=-1)) + 1, int(found.max(initial=-1)) + 1)
    return np.bincount(truth * shape[1] + found, minlength=shape[0] * shape[1]).reshape(shape)


def partners(truth: np.ndarray, found: np.ndarray) -> dict[int, int]:
    """The true group of each found one, in the pairing that agrees on the most vertices."""
    table = confusion(truth, found)
    rows, columns = linear_sum_assignment(-table)
    return {int(b): int(a) for a, b in zip(rows, columns, strict=True) if table[a, b]}


def overlap(truth: np.ndarray, found: np.ndarray) -> float:
    """Share of vertices in the right group, less what the largest group alone would get, over the rest.

    1 for equal partitions, 0 for one group; the overlap of A. Decelle et al. 2011 where groups have one size.
    """
    if not len(truth):
        return 0.0
    table = confusion(truth, found)
    rows, columns = linear_sum_assignment(-table)
    guess = np.bincount(truth).max() / len(truth)
    right = table[rows, columns].sum() / len(truth)
    return 1.0 if guess == 1 else float(max(0.0, (right - guess) / (1 - guess)))


def mutual_information(truth: np.ndarray, found: np.ndarray) -> float:
    """Adjusted mutual information: 1 for equal partitions, 0 on average for unrelated ones.

    Source: N. Vinh, J. Epps, J. Bailey 2010, by scikit-learn.
    """
    from sklearn.metrics import adjusted_mutual_info_score

    return float(adjusted_mutual_info_score(truth, found))
