"""An order of the vertices that depends on the graph alone, so that relabelling permutes every answer.

Colour refinement (B. Weisfeiler and A. Leman 1968): a vertex's colour is its degree, then again and again
its own colour with those of its neighbours. Vertices whose colours never differ stay in the order they came
in; in almost all graphs an automorphism exchanges them, or they are alike as deep as the refinement looks.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

ROUNDS = 12
MULTIPLIERS = tuple(np.uint64(x) for x in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def scrambled(values: np.ndarray) -> np.ndarray:
    """Hash of 64-bit numbers, number by number (splitmix64, G. Steele, D. Lea and C. Flood 2014)."""
    with np.errstate(over="ignore"):
        x = values + MULTIPLIERS[0]
        x = (x ^ (x >> np.uint64(30))) * MULTIPLIERS[1]
        x = (x ^ (x >> np.uint64(27))) * MULTIPLIERS[2]
        return x ^ (x >> np.uint64(31))


def colours(adjacency: sparse.csr_array, rounds: int = ROUNDS) -> np.ndarray:
    """Refined colours, uint64 of shape (n,); equal for vertices that an automorphism exchanges."""
    found = scrambled(np.diff(adjacency.indptr).astype(np.uint64))
    ends = np.concatenate([[np.uint64(0)], np.zeros(adjacency.nnz, np.uint64)])
    for _ in range(rounds):
        with np.errstate(over="ignore"):
            np.cumsum(scrambled(found)[adjacency.indices], out=ends[1:])  # wraps, and so do the differences
            around = ends[adjacency.indptr[1:]] - ends[adjacency.indptr[:-1]]
            found = scrambled(found * MULTIPLIERS[2] + around)
    return found


def canonical_order(adjacency: sparse.csr_array) -> np.ndarray:
    """Vertices sorted by their refined colours: a permutation of 0..n-1, int64."""
    return np.argsort(colours(adjacency), kind="stable")
