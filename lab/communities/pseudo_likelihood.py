"""Conditional pseudo-likelihood: the groups of a vertex' neighbours, given how many it has, as a multinomial.

For a first partition, row i of b counts the neighbours of i in each of its groups. Given the degree, the row
of a vertex of group a is multinomial with that group's shares; a mixture of them is fitted, its labels make
the next counts, and again. Blind to differences of degree by construction, and quick: a product a round.

Source: A. Amini, A. Chen, P. Bickel, E. Levina 2013.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

OUTER, INNER = 20, 10  # rounds of counting, and of expectation and maximisation for one count
FEWEST = 1e-9


def counts_of(adjacency: sparse.csr_array, labels: np.ndarray, groups: int) -> np.ndarray:
    """Neighbours of each vertex in each group, float64 (n, groups)."""
    count = len(labels)
    inside = sparse.csr_array((np.ones(count), labels, np.arange(count + 1)), shape=(count, groups))
    return (adjacency.astype(float) @ inside).toarray()


def refined(adjacency: sparse.csr_array, labels: np.ndarray) -> np.ndarray:
    """Posterior of every vertex' group, (n, k), begun at labels 0..k-1."""
    groups = int(labels.max(initial=0)) + 1
    marginals = np.eye(groups)[labels]
    for _ in range(OUTER):
        counts = counts_of(adjacency, labels, groups)
        for _ in range(INNER):
            shares = marginals.mean(0)
            told = marginals.T @ counts + FEWEST
            logs = np.log(shares + FEWEST) + counts @ np.log(told / told.sum(1, keepdims=True)).T
            logs -= logs.max(1, keepdims=True)
            marginals = np.exp(logs)
            marginals /= marginals.sum(1, keepdims=True)
        fresh = marginals.argmax(1)
        if (fresh == labels).all():
            break
        labels = fresh
    return marginals
