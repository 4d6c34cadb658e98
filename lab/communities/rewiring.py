"""The same degrees, new partners: what is left of a graph when its communities are taken out.

All edges are cut and their ends joined anew at random; a pair that would be a loop or a double trades ends
with random others until none is left. Every vertex keeps its exact degree.

Source: B. Fosdick, D. Larremore, J. Nishimura, J. Ugander 2018 (which null model, and why degrees must stay).
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from lab.communities.adjacency import from_edges

ROUNDS_MOST = 1000


def rewired(adjacency: sparse.csr_array, seed: int) -> sparse.csr_array:
    """A random simple graph with the degrees of a simple graph.

    Parameters
    ----------
    adjacency : csr_array of shape (n, n)
        As `as_adjacency` makes it.
    seed : int

    Returns
    -------
    csr_array of shape (n, n)
        Equal degrees. Where no trade makes it simple (a star or a complete graph has no partner to offer) the
        graph itself.
    """
    rng, count = np.random.default_rng(seed), adjacency.shape[0]
    degree = np.diff(adjacency.indptr)
    stubs = rng.permutation(np.repeat(np.arange(count), degree))
    tails, heads = stubs[0::2].copy(), stubs[1::2].copy()
    for _ in range(ROUNDS_MOST):
        wrong = _not_simple(count, tails, heads)
        if not len(wrong):
            return from_edges(count, tails, heads)
        for edge, other in zip(wrong, rng.integers(len(tails), size=len(wrong)), strict=True):
            heads[edge], heads[other] = heads[other], heads[edge]
            if rng.random() < 0.5:
                tails[other], heads[other] = heads[other], tails[other]
    return adjacency.copy()


def _not_simple(count: int, tails: np.ndarray, heads: np.ndarray) -> np.ndarray:
    """Numbers of the edges that are loops, or repeat an earlier one."""
    names = np.minimum(tails, heads).astype(np.int64) * count + np.maximum(tails, heads)
    again = np.ones(len(names), bool)
    again[np.unique(names, return_index=True)[1]] = False
    return np.flatnonzero(again | (tails == heads))
