"""A named graph: who is linked to whom, the vertices' names, and their groups where somebody knows them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse


@dataclass(frozen=True, eq=False)
class Network:
    """An undirected graph with names.

    Attributes
    ----------
    title : str
    adjacency : csr_array of shape (n, n), int8
        Symmetric, zeros and ones, empty diagonal.
    names : tuple of str, length n
    groups : ndarray of shape (n,), int64, optional
        What somebody who knows the vertices says of them.
    group_names : tuple of str
        What the groups are called, where there are groups.
    """

    title: str
    adjacency: sparse.csr_array
    names: tuple[str, ...]
    groups: np.ndarray | None = None
    group_names: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Number of vertices."""
        return len(self.names)

    @property
    def degrees(self) -> np.ndarray:
        """Neighbours of each vertex, int64 (n,)."""
        return np.diff(self.adjacency.indptr).astype(np.int64)

    def key(self, word: str) -> str:
        """Names the graph: its word and a hash of its links."""
        parts = self.adjacency.indptr.tobytes() + self.adjacency.indices.tobytes()
        return f"{word} {hashlib.sha256(parts).hexdigest()[:16]}"

    def around(self, vertex: int) -> Network:
        """The ego network of a vertex: its neighbours and the links between them, without itself."""
        friends = np.sort(
            self.adjacency.indices[self.adjacency.indptr[vertex] : self.adjacency.indptr[vertex + 1]]
        )
        part = sparse.csr_array(self.adjacency[friends][:, friends])
        names = tuple(self.names[friend] for friend in friends)
        groups = None if self.groups is None else self.groups[friends]
        return Network(f"Friends of {self.names[vertex]}", part, names, groups, self.group_names)


def linked(title: str, names: Sequence[str], ends: np.ndarray, groups=None, group_names=()) -> Network:
    """Network of named vertices from pairs of their numbers, int array of shape (m, 2).

    Loops are dropped, doubles and both directions are one link.
    """
    ends = np.asarray(ends, np.int64).reshape(-1, 2)
    ends = ends[ends[:, 0] != ends[:, 1]]
    rows, columns = np.concatenate([ends, ends[:, ::-1]]).T
    count = len(names)
    matrix = sparse.csr_array((np.ones(len(rows), np.int32), (rows, columns)), shape=(count, count))
    matrix.sum_duplicates()
    matrix.sort_indices()
    matrix.data[:] = 1
    return Network(title, matrix.astype(np.int8), tuple(names), groups, tuple(group_names))
