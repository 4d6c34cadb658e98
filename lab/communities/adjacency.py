"""A graph as the rest of the package wants it: symmetric, sparse, zeros and ones, nothing on the diagonal.

What counts is who is linked to whom. A self-loop says nothing of a community and is dropped; a weight is not
a number of links here, so every positive entry is one link.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse


def as_adjacency(graph) -> sparse.csr_array:
    """Adjacency matrix of an undirected graph.

    Parameters
    ----------
    graph : scipy sparse array or matrix, ndarray of shape (n, n), or networkx graph
        Symmetric, no entry negative; stored zeros, the type of the numbers and the format do not matter. It
        is not changed.

    Returns
    -------
    csr_array of shape (n, n), int8
        Ones where there is an edge, sorted indices, an empty diagonal.

    Raises
    ------
    ValueError
        If the graph is directed, has negative or not finite entries, or is no square matrix.
    """
    matrix = _matrix(graph)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"The adjacency has shape {matrix.shape}, but it must be a square matrix.")
    matrix.sum_duplicates()
    if matrix.nnz and not np.all(np.isfinite(matrix.data)):
        raise ValueError("The adjacency has an entry that is not finite; take the edge out or give it a 1.")
    if matrix.nnz and matrix.data.min() < 0:
        raise ValueError(
            "The adjacency has a negative entry, but links are there or not; keep the positive ones."
        )
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    matrix.data[matrix.indices == rows] = 0
    matrix.eliminate_zeros()
    matrix.sort_indices()
    links = _ones(matrix)
    other = sparse.csr_array(links.T)  # its indices are sorted
    if (other.indptr != links.indptr).any() or (other.indices != links.indices).any():
        raise ValueError("The graph is directed; make it undirected first, for example with A + A.T.")
    return links


def _matrix(graph) -> sparse.csr_array:
    """A copy of the graph in compressed rows, float64."""
    if hasattr(graph, "is_directed"):
        import networkx

        if graph.is_directed():
            raise ValueError("The graph is directed; make it undirected first, with graph.to_undirected().")
        if not len(graph):
            return sparse.csr_array((0, 0))
        return sparse.csr_array(networkx.to_scipy_sparse_array(graph, dtype=np.float64, format="csr"))
    if sparse.issparse(graph):
        return sparse.csr_array(graph, dtype=np.float64, copy=True)
    dense = np.asarray(graph)
    if dense.dtype == object or dense.dtype.kind not in "biuf":
        raise ValueError("The adjacency is no matrix of numbers.")
    if dense.ndim != 2 or dense.shape[0] != dense.shape[1]:
        raise ValueError(f"The adjacency has shape {dense.shape}, but it must be a square matrix.")
    return sparse.csr_array(dense.astype(np.float64))


def degrees(adjacency: sparse.csr_array) -> np.ndarray:
    """Number of neighbours of each vertex, int64 of shape (n,)."""
    return np.diff(adjacency.indptr).astype(np.int64)


def from_edges(count: int, tails: np.ndarray, heads: np.ndarray) -> sparse.csr_array:
    """Graph of `count` vertices with these edges, each given once or more often, in any direction."""
    proper = tails != heads
    tails, heads = tails[proper], heads[proper]
    rows, columns = np.concatenate([tails, heads]), np.concatenate([heads, tails])
    matrix = sparse.csr_array((np.ones(len(rows), np.int8), (rows, columns)), shape=(count, count))
    matrix.sum_duplicates()
    matrix.sort_indices()
    return _ones(matrix)


def _ones(matrix: sparse.csr_array) -> sparse.csr_array:
    """The same places, each with a 1, and indices of 32 bits where they fit."""
    width = np.int32 if max(matrix.nnz, *matrix.shape) < 2**31 else np.int64
    places = (matrix.indices.astype(width, copy=False), matrix.indptr.astype(width, copy=False))
    return sparse.csr_array((np.ones(matrix.nnz, np.int8), *places), shape=matrix.shape)
