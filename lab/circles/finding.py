"""Circles of an ego network, from whatever holds the graph."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from scipy import sparse

from lab.circles.recipe import Recipe, stages

FRIENDS_MOST = 3000


def find_circles(graph, seed: int = 0, recipe: Recipe = Recipe()) -> list[set[Hashable]]:  # noqa: B008
    """Circles of the friends in an ego network; they may overlap, and not everybody is in one.

    Parameters
    ----------
    graph : networkx graph, scipy sparse array, ndarray of shape (n, n), or anything with ``.adjacency``
        Friends and who knows whom, without the ego. Undirected; loops and weights do not matter. It is not
        changed.
    seed : int
        Decides between friends who are exactly alike.
    recipe : Recipe, optional

    Returns
    -------
    list of set
        Largest circle first. Members are the vertices of a networkx graph, else the numbers of rows.

    Raises
    ------
    ValueError
        If the graph is directed, no square matrix, or has more than `FRIENDS_MOST` friends.
    """
    matrix, names = friends(graph)
    found = [stage.circles for stage in stages(matrix, recipe, seed)][-1]
    ordered = sorted(found, key=lambda circle: (-len(circle), min(circle)))
    return [{names[member] for member in circle} for circle in ordered]


def friends(graph) -> tuple[sparse.csr_array, Sequence[Hashable]]:
    """Adjacency of zeros and ones with an empty diagonal, int8, and what the vertices are called."""
    names: Sequence[Hashable]
    if hasattr(graph, "is_directed"):
        import networkx as nx

        if graph.is_directed():
            raise ValueError("The graph is directed; make it undirected first, with graph.to_undirected().")
        names = list(graph)
        matrix = nx.to_scipy_sparse_array(graph, weight=None) if names else sparse.csr_array((0, 0))
    else:
        matrix = sparse.csr_array(getattr(graph, "adjacency", graph))
        names = range(matrix.shape[0])
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"The graph has shape {matrix.shape}, but it must be a square matrix.")
    if matrix.shape[0] > FRIENDS_MOST:
        raise ValueError(
            f"The graph has {matrix.shape[0]} friends, the limit is {FRIENDS_MOST}: take one person's."
        )
    coo = sparse.coo_array(matrix)
    kept = (coo.data != 0) & (coo.coords[0] != coo.coords[1])
    ends = tuple(place[kept] for place in coo.coords)
    clean = sparse.csr_array((np.ones(kept.sum(), np.int32), ends), shape=matrix.shape)
    clean.sum_duplicates()
    clean.sort_indices()
    clean.data[:] = 1
    if (clean != clean.T).nnz:
        raise ValueError("The graph is directed; make it undirected first, for example with A + A.T.")
    return clean.astype(np.int8), names
