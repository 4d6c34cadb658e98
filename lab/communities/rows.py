"""The post's method, step by step: walks, z-scores of rows, a cutoff, distances between rows, groups.

Two vertices of a group have walks to the same others. M = (A + I)^p counts them; in each row the mean is
subtracted and the standard deviation divided out; a cutoff says which links are significant; rows that agree
on those are near, and whoever is near belongs together, so that nobody has to say how many groups there are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from lab.walks import standard_rows, walk_matrix

VERTICES_MOST = 2000


@dataclass(frozen=True, eq=False)
class RowMethod:
    """Every matrix on the way.

    Attributes
    ----------
    walks, scores : ndarray of shape (n, n)
        Numbers of walks, and their z-scores in each row; a constant row has z = 0.
    significant : ndarray of shape (n, n), bool
        z-scores of at least the cutoff.
    distances : ndarray of shape (n, n)
        Squared distances between rows of significant links, over the sum of both lengths: 0 for equal rows,
        1 for rows with nothing in common.
    labels : ndarray of shape (n,), int64
        Largest group first; isolated vertices each alone, last.
    """

    walks: np.ndarray
    scores: np.ndarray
    significant: np.ndarray
    distances: np.ndarray
    labels: np.ndarray


def group_rows(
    adjacency: sparse.csr_array, steps: int = 3, cutoff: float = 0.5, reach: float = 0.85, lazy: bool = True
) -> RowMethod:
    """Groups of a graph by the rows of its walks.

    Parameters
    ----------
    adjacency : csr_array of shape (n, n)
    steps : int
        Power p of the walks.
    cutoff : float
        z-score from which a link is significant.
    reach : float
        Mean distance up to which two groups are one, in 0..1.
    lazy : bool
        Whether walks may stay, (A + I)^p; without it rows of a graph with two sides have a parity.

    Raises
    ------
    ValueError
        If the graph has more than `VERTICES_MOST` vertices.
    """
    count = adjacency.shape[0]
    if count > VERTICES_MOST:
        raise ValueError(
            f"The graph has {count} vertices, but rows are compared for at most {VERTICES_MOST}: "
            "choose a smaller graph."
        )
    walks = walk_matrix(adjacency, steps, lazy)
    scores = standard_rows(walks)
    significant = scores >= cutoff
    rows = significant.astype(np.float32)
    lengths = rows.sum(1)
    common = rows @ rows.T
    apart = lengths[:, None] + lengths[None, :]
    distances = np.where(apart > 0, (apart - 2 * common) / np.maximum(apart, 1), 1.0)
    np.fill_diagonal(distances, 0)
    linked = np.flatnonzero(np.diff(adjacency.indptr))
    labels = np.full(count, -1, np.int64)
    if len(linked):  # a vertex with an edge is never alone
        near = squareform(distances[np.ix_(linked, linked)], checks=False)
        labels[linked] = fcluster(linkage(near, "average"), reach, "distance") - 1
    return RowMethod(walks, scores, significant, distances, by_size(labels))


def by_size(labels: np.ndarray) -> np.ndarray:
    """Labels from 0, largest group first; each vertex labelled -1 alone, after all groups."""
    names, sizes = np.unique(labels[labels >= 0], return_counts=True)
    rank = np.empty(len(names), np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(names))
    ordered = np.empty_like(labels)
    there = labels >= 0
    ordered[there] = rank[np.searchsorted(names, labels[there])]
    ordered[~there] = len(names) + np.arange((~there).sum())
    return ordered
