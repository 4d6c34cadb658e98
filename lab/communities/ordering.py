"""Orders of a graph's vertices in which its matrix shows blocks."""

from __future__ import annotations

import numpy as np
from scipy import sparse


def by_groups(adjacency: sparse.csr_array, labels: np.ndarray) -> np.ndarray:
    """Row of each vertex, int64 (n,): groups in their order, isolated vertices last of all."""
    order = np.lexsort((labels, np.diff(adjacency.indptr) == 0))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    return place


def bounds(adjacency: sparse.csr_array, labels: np.ndarray) -> np.ndarray:
    """Rows at which a new group begins in that order, the isolated vertices as one group."""
    linked = np.diff(adjacency.indptr) > 0
    counts = np.bincount(labels[linked])
    return np.cumsum(counts[counts > 0])[: None if not linked.all() else -1]


def shuffled(count: int, seed: int) -> np.ndarray:
    """A row for each vertex at random."""
    return np.random.default_rng([seed, count]).permutation(count)


def edge_ends(adjacency: sparse.csr_array) -> np.ndarray:
    """Ends of every edge in both directions, int (2m, 2)."""
    return np.column_stack(
        [np.repeat(np.arange(adjacency.shape[0]), np.diff(adjacency.indptr)), adjacency.indices]
    )


def matched(truth: np.ndarray, found: np.ndarray) -> np.ndarray:
    """Colours for found groups: that of the true group they match best, else the next that is free."""
    from lab.communities.agreement import partners

    known = partners(truth, found)
    count = int(found.max(initial=-1)) + 1
    free = iter(sorted(set(range(2 * count + len(known))) - set(known.values())))
    tints = np.array([known[name] if name in known else next(free) for name in range(count)], np.int64)
    return tints[found] if len(found) else found
