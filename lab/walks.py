"""Walks on a graph: how many ways lead from one vertex to another in so many steps, hard and smooth.

Row i of A^p counts the walks of p steps that begin at i (the idea of comparing such rows is credited to
Tim Gowers); exp(A) = I + A + A^2/2! + ... takes walks of every length, the longer the less. Vertices with the
same surroundings have similar rows, whether they know each other or not. Dense: for graphs of a few thousand
vertices.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

VERTICES_MOST = 4000  # 128 MB for one dense matrix of float64


def dense(adjacency) -> np.ndarray:
    """The adjacency as a dense array, float64 of shape (n, n).

    Parameters
    ----------
    adjacency : sparse array or array of shape (n, n)

    Raises
    ------
    ValueError
        If the graph has more than `VERTICES_MOST` vertices.
    """
    count = adjacency.shape[0]
    if count > VERTICES_MOST:
        raise ValueError(
            f"The graph has {count} vertices, but walks are counted for at most {VERTICES_MOST}: "
            "take a part of it."
        )
    matrix = adjacency.toarray() if sparse.issparse(adjacency) else np.asarray(adjacency)
    return matrix.astype(np.float64)


def walk_matrix(adjacency, steps: int, lazy: bool = True) -> np.ndarray:
    """Numbers of walks of so many steps, (n, n).

    Parameters
    ----------
    adjacency : sparse array or ndarray of shape (n, n)
    steps : int
        0 or more; 0 gives the identity.
    lazy : bool
        Whether a step may also stay: (A + I)^p. Without it a bipartite graph has no walk of even length from
        one side to the other, and rows of neighbours have nothing in common.
    """
    if steps < 0:
        raise ValueError(f"A walk has 0 or more steps, not {steps}.")
    matrix = dense(adjacency)
    if lazy:
        matrix[np.diag_indices_from(matrix)] += 1
    return np.linalg.matrix_power(matrix, steps)


def smooth_powers(adjacency, time: float = 1.0, terms: int | None = None) -> np.ndarray:
    """exp(time A) of a symmetric adjacency, (n, n): walks of all lengths p, each counted time^p / p! times.

    Parameters
    ----------
    adjacency : sparse array or ndarray of shape (n, n)
    time : float
        The larger, the more long walks count.
    terms : int, optional
        Powers that are added up, A^0 to A^terms: the approximation one can afford by hand. Without it the
        exponential is exact, by the eigenvectors.
    """
    matrix = dense(adjacency)
    if terms is None:
        values, vectors = np.linalg.eigh(matrix)
        return (vectors * np.exp(time * values)) @ vectors.T
    total, power = np.eye(len(matrix)), np.eye(len(matrix))
    for order in range(1, terms + 1):
        power = power @ matrix * (time / order)
        total += power
    return total


def standard_rows(matrix: np.ndarray) -> np.ndarray:
    """Rows less their mean, over their standard deviation.

    Parameters
    ----------
    matrix : ndarray of shape (n, m)
        A constant row becomes 0 everywhere.
    """
    if not matrix.size:
        return matrix.copy()
    centred = matrix - matrix.mean(1, keepdims=True)
    spread = matrix.std(1, keepdims=True)
    flat = spread <= 1e-12 * np.maximum(1.0, np.abs(matrix).max(1, keepdims=True, initial=0))
    return np.where(flat, 0.0, centred / np.where(flat, 1.0, spread))
