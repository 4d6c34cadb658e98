"""The directed edges of a graph, and the three irregular movements of numbers along them.

Belief propagation needs sums over a vertex's edges, a vertex's row at each of its edges, and the edge the
other way. On the processor a scipy product, ``numpy.repeat`` and ``numpy.take`` do them, two to five times
as fast as ``index_add``, ``repeat_interleave`` and indexing; they share memory with torch. On any other
device torch's own do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from scipy import sparse
from torch import Tensor


@dataclass(frozen=True, eq=False)
class Links:
    """Slots of a symmetric matrix in compressed rows: slot e in the row of i holds a neighbour of i.

    Attributes
    ----------
    adjacency : csr_array of shape (n, n)
        Sorted indices, float32 ones.
    degree : ndarray of shape (n,)
    back : ndarray of shape (2m,)
        Slot of the same edge in the neighbour's row.
    theta : Tensor of shape (n,)
        Propensities: ones, or degree over mean degree.
    gather : csr_array of shape (n, 2m)
        Its product with numbers at the slots sums them for each vertex.
    told_by_degrees : float
        Sum over the edges of log(theta_i theta_j / n).
    idle : int
        Vertices without edges that the model counts as its own, beside the n of the matrix.
    """

    adjacency: sparse.csr_array
    degree: np.ndarray
    back: np.ndarray
    theta: Tensor
    gather: sparse.csr_array
    told_by_degrees: float
    idle: int = 0

    @property
    def count(self) -> int:
        """Number of vertices of the model, idle ones included."""
        return len(self.degree) + self.idle

    def summed(self, values: Tensor) -> Tensor:
        """Sum over the slots of each vertex: (2m, k) -> (n, k)."""
        if values.device.type == "cpu":
            return torch.from_numpy(self.gather @ values.numpy())
        lengths = torch.from_numpy(self.degree).to(values.device)
        return torch.segment_reduce(values, "sum", lengths=lengths, axis=0)

    def spread(self, values: Tensor) -> Tensor:
        """A vertex's row at each of its slots: (n, k) -> (2m, k)."""
        if values.device.type == "cpu":
            return torch.from_numpy(values.numpy().repeat(self.degree, 0))
        return values.repeat_interleave(torch.from_numpy(self.degree).to(values.device), 0)

    def turned(self, values: Tensor) -> Tensor:
        """The row of the edge the other way: (2m, k) -> (2m, k)."""
        if values.device.type == "cpu":
            return torch.from_numpy(values.numpy().take(self.back, 0))
        return values[torch.from_numpy(self.back).to(values.device)]

    def told(self, values: Tensor) -> Tensor:
        """The neighbour's row at each slot: (n, k) -> (2m, k)."""
        if values.device.type == "cpu":
            return torch.from_numpy(values.numpy().take(self.adjacency.indices, 0))
        return values[torch.from_numpy(self.adjacency.indices).to(values.device, torch.int64)]

    def gathered(self, values: Tensor) -> Tensor:
        """Sum of the neighbours' rows: (n, k) -> (n, k)."""
        return torch.from_numpy(self.adjacency @ values.cpu().numpy()).to(values.device)


def links_of(adjacency: sparse.csr_array, corrected: bool, idle: int = 0, device: str = "cpu") -> Links:
    """Directed edges of a symmetric adjacency; with ``corrected`` propensities follow the degrees.

    An idle vertex has propensity 1 in the plain model; a corrected one has none for it.
    """
    idle = 0 if corrected else idle
    degree = np.diff(adjacency.indptr).astype(np.int64)
    slots = adjacency.nnz
    back = np.argsort(adjacency.indices, kind="stable")  # rows of the transpose, which is the same matrix
    theta = degree / max(degree.mean(), 1e-12) if corrected else np.ones(len(degree))
    ones = np.ones(slots, np.float32)
    known = degree[degree > 0]
    told = float((known * np.log(theta[degree > 0])).sum() - slots / 2 * np.log(max(1, len(degree) + idle)))
    return Links(
        adjacency=sparse.csr_array((ones, adjacency.indices, adjacency.indptr), shape=adjacency.shape),
        degree=degree,
        back=back,
        theta=torch.from_numpy(theta.astype(np.float32)).to(device),
        gather=sparse.csr_array(
            (ones, np.arange(slots, dtype=adjacency.indices.dtype), adjacency.indptr),
            shape=(len(degree), slots),
        ),
        told_by_degrees=told,
        idle=idle,
    )


def idle_of(degree: np.ndarray, isolated: int) -> int:
    """How many of the isolated vertices a Poisson law of the other degrees has room for.

    Without them a sparse graph's degrees look narrower than Poisson's, since none is 0; with too many
    of them (left by another process than the edges) broader.
    """
    mean, rate = float(degree.mean()) if len(degree) else 0.0, 0.0
    for _ in range(50):  # rate / (1 - exp(-rate)) = mean of the degrees that are not 0
        rate = mean * -np.expm1(-max(rate, 1e-9)) if rate else mean
    return int(min(isolated, round(len(degree) / max(np.expm1(min(rate, 50.0)), 1e-9))))
