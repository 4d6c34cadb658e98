"""The usual way, to compare with: groups by the greatest modularity, which finds some in any graph.

Modularity is the share of edges within groups less what a random graph of the same degrees would have there.
Sparse random graphs have partitions of high modularity too (R. Guimerà et al. 2004), so a search for the best
one reports groups in noise. Louvain comes with networkx; where leidenalg is installed, Leiden is used.
"""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
from scipy import sparse

from lab.communities.rows import by_size


def modularity_name() -> str:
    """Which of the two methods `modularity_groups` uses here."""
    return "Leiden" if find_spec("leidenalg") and find_spec("igraph") else "Louvain"


def modularity_groups(adjacency: sparse.csr_array, seed: int = 0) -> np.ndarray:
    """Labels (n,), int64, largest group first; isolated vertices each alone, last.

    Source: V. Blondel et al. 2008 (Louvain); V. Traag, L. Waltman, N. van Eck 2019 (Leiden).
    """
    found = (leiden if modularity_name() == "Leiden" else louvain)(adjacency, seed)
    return by_size(np.where(np.diff(adjacency.indptr) > 0, found, -1))


def louvain(adjacency: sparse.csr_array, seed: int) -> np.ndarray:
    """Labels (n,) by networkx, in its order."""
    import networkx as nx

    labels = np.zeros(adjacency.shape[0], np.int64)
    for name, group in enumerate(
        nx.community.louvain_communities(nx.from_scipy_sparse_array(adjacency), seed=seed)
    ):
        labels[list(group)] = name
    return labels


def leiden(adjacency: sparse.csr_array, seed: int) -> np.ndarray:
    """Labels (n,) by leidenalg, in its order."""
    import igraph
    import leidenalg

    ends = _ends(adjacency)
    graph = igraph.Graph(adjacency.shape[0], ends.tolist())
    found = leidenalg.find_partition(graph, leidenalg.ModularityVertexPartition, seed=seed)
    return np.array(found.membership, np.int64)


def _ends(adjacency: sparse.csr_array) -> np.ndarray:
    upper = sparse.triu(adjacency, 1).tocoo()
    return np.column_stack(upper.coords)


def modularity(adjacency: sparse.csr_array, labels: np.ndarray) -> float:
    """Modularity of a partition, at most 1; 0 for one group and for a graph without edges.

    Source: M. Newman, M. Girvan 2004.
    """
    if not adjacency.nnz:
        return 0.0
    degree = np.diff(adjacency.indptr)
    tails = np.repeat(labels, degree)
    inside = float((tails == labels[adjacency.indices]).sum()) / adjacency.nnz
    return inside - float(((np.bincount(labels, degree) / adjacency.nnz) ** 2).sum())
