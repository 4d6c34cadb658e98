"""Friends clustered by their profiles, without a number of clusters: the cut with the shortest description.

Average linkage on one minus the correlation of rows gives a tree; every cut of it is a partition, and a
partition is worth what it saves in writing the graph down: inside a cluster its own density, outside one for
all (J. Rissanen 1978, for the principle).
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

CLUSTERS_MOST = 40
LEAST = 3  # members from which a cluster has a density of its own
TIES = 1e-9


def clustered(
    adjacency: sparse.csr_array, rows: np.ndarray, rng: np.random.Generator
) -> list[frozenset[int]]:
    """Disjoint clusters that cover all friends, largest first.

    Parameters
    ----------
    adjacency : csr_array of shape (n, n)
    rows : ndarray of shape (n, m)
        Standardised, so that their products are correlations; a constant row is like no other.
    rng : numpy.random.Generator
        Decides between equal distances.
    """
    count = len(rows)
    if count < 2:
        return [frozenset(range(count))] if count else []
    near = rows @ rows.T / rows.shape[1]
    noise = rng.random(near.shape) * TIES
    far = np.clip(1 - near, 0, 2) + noise + noise.T
    np.fill_diagonal(far, 0)
    tree = linkage(squareform(far, checks=False), "average")
    cuts = (fcluster(tree, number, "maxclust") - 1 for number in range(1, min(count, CLUSTERS_MOST) + 1))
    best = min(cuts, key=lambda labels: description(adjacency, labels))
    parts = [np.flatnonzero(best == name).tolist() for name in range(best.max() + 1)]
    return [frozenset(part) for part in sorted(parts, key=lambda part: (-len(part), part[0]))]


def description(adjacency: sparse.csr_array, labels: np.ndarray) -> float:
    """Nats in which the labels, the densities and then the graph can be written down."""
    count = len(labels)
    sizes = np.bincount(labels)
    tails = np.repeat(np.arange(count), np.diff(adjacency.indptr))
    inside = labels[tails] == labels[adjacency.indices]
    edges = np.bincount(labels[tails[inside]], minlength=len(sizes)) / 2
    dense = sizes >= LEAST
    pairs, known = (sizes * (sizes - 1) / 2)[dense], edges[dense]
    rest = count * (count - 1) / 2 - pairs.sum()
    graph = _entropy(known, pairs).sum() + _entropy(adjacency.nnz / 2 - known.sum(), rest)
    names = count * np.log(dense.sum() + 1)
    return float(graph + names + 0.5 * dense.sum() * np.log(max(2, count * (count - 1) / 2)))


def _entropy(known, pairs):
    """Nats of saying which of the pairs know each other, at their own density."""
    share = np.clip(known / np.maximum(pairs, 1e-12), 1e-12, 1 - 1e-12)
    return -pairs * (share * np.log(share) + (1 - share) * np.log1p(-share))
