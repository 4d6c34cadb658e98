"""What any recipe for circles has to beat: nothing, everybody, the components, chains of cliques.

Vertices are numbers here; an adjacency is a sparse array of shape (n, n).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Circles = list[frozenset[int]]
CLIQUES_MOST = 2_000_000  # beyond, chains of cliques are not looked for


def no_circles(adjacency: sparse.csr_array) -> Circles:
    """No circle at all: hard to beat, since every wrong member costs as much as a missing one.

    Parameters
    ----------
    adjacency : sparse array of shape (n, n)
    """
    return []


def one_circle(adjacency: sparse.csr_array) -> Circles:
    """Everybody in one circle.

    Parameters
    ----------
    adjacency : sparse array of shape (n, n)
    """
    return [frozenset(range(adjacency.shape[0]))] if adjacency.shape[0] else []


def components(adjacency: sparse.csr_array, least: int = 2, most: int | None = None) -> Circles:
    """Connected components, largest first.

    Parameters
    ----------
    adjacency : sparse array of shape (n, n)
    least, most : int
        People of a component; no ``most`` is no bound.
    """
    _, labels = connected_components(adjacency, directed=False)
    parts = [np.flatnonzero(labels == name) for name in range(labels.max(initial=-1) + 1)]
    kept = [part for part in parts if least <= len(part) <= (most or len(labels))]
    return [frozenset(part.tolist()) for part in sorted(kept, key=lambda part: (-len(part), part[0]))]


def clique_percolation(adjacency: sparse.csr_array, size: int = 4) -> Circles:
    """Unions of cliques of 3 or 4 that one can reach over cliques sharing all members but one.

    Circles may overlap. Nothing is found where there are more than `CLIQUES_MOST` cliques.

    Parameters
    ----------
    adjacency : sparse array of shape (n, n)
    size : int
        People of a clique, 3 or 4.

    Source: G. Palla, I. Derényi, I. Farkas, T. Vicsek 2005.
    """
    if size not in (3, 4):
        raise ValueError(f"Chains are made of cliques of 3 or 4, not of {size}.")
    parts = np.argwhere(sparse.triu(adjacency, 1).toarray())  # cliques of 2, members ascending
    for members in range(3, size + 1):
        cliques, faces = _grown(adjacency, parts)
        if len(cliques) > CLIQUES_MOST:
            return []
        if members == size:
            return _chained(cliques, faces, len(parts))
        parts = cliques
    return []


def _grown(adjacency: sparse.csr_array, parts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cliques with one member more (c, m + 1), and the numbers of their faces (c, m + 1) among ``parts``."""
    matrix = adjacency.toarray().astype(bool)
    members = parts.shape[1]
    number = {tuple(part): place for place, part in enumerate(parts.tolist())}
    cliques, faces = [], []
    total = 0
    for part in parts.tolist():
        common = np.logical_and.reduce(matrix[part])
        for new in np.flatnonzero(common[part[-1] + 1 :]) + part[-1] + 1:
            clique = (*part, int(new))
            cliques.append(clique)
            faces.append([number[clique[:i] + clique[i + 1 :]] for i in range(members + 1)])
        total = len(cliques)
        if total > CLIQUES_MOST:
            break
    shape = (-1, members + 1)
    return np.array(cliques, int).reshape(shape), np.array(faces, int).reshape(shape)


def _chained(cliques: np.ndarray, faces: np.ndarray, parts: int) -> Circles:
    """Unions of the cliques that are connected over common faces."""
    if not len(cliques):
        return []
    ends = np.repeat(faces[:, 0], faces.shape[1] - 1), faces[:, 1:].ravel()
    _, labels = connected_components(
        sparse.coo_array((np.ones(len(ends[0])), ends), shape=(parts, parts)), False
    )
    mine = labels[faces[:, 0]]
    found = [frozenset(cliques[mine == name].ravel().tolist()) for name in np.unique(mine)]
    return sorted(found, key=lambda circle: (-len(circle), min(circle)))


BASELINES: dict[str, tuple[str, Callable[[sparse.csr_array], Circles]]] = {
    "nothing": ("no circles", no_circles),
    "everybody": ("one circle", one_circle),
    "components": ("connected components", components),
    "cliques": ("chains of 4-cliques", clique_percolation),
}
