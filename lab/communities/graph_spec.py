"""What a graph with hidden groups is drawn from, as the room's controls say it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

import numpy as np

from lab.communities.models import PlantedGraph, block_model, signal_to_noise

VERTICES_MOST = 1_000_000
GROUPS_MOST = 20
DEGREE_MOST = 200


@dataclass(frozen=True)
class GraphSpec:
    """A block model in a few numbers.

    Attributes
    ----------
    n, k : int
        Vertices and hidden groups.
    c_in, c_out : float
        n times the probability of an edge within a group, and between two.
    uneven : float
        0: groups of one size; else each next group is smaller by this share, below 0.8.
    tail : float
        Exponent of the power law of the degrees, above 2; 0: all vertices of a group alike.
    isolated : float
        Share of the vertices that lose all their edges, 0..0.9.
    seed : int
    """

    n: int = 600
    k: int = 4
    c_in: float = 24.0
    c_out: float = 3.0
    uneven: float = 0.0
    tail: float = 0.0
    isolated: float = 0.0
    seed: int = 0

    def validate(self) -> GraphSpec:
        """The spec itself, or `ValueError` with one sentence about what cannot be."""
        bounds = {
            "n": (1, VERTICES_MOST),
            "k": (1, min(GROUPS_MOST, self.n)),
            "c_in": (0, DEGREE_MOST * self.k),
            "c_out": (0, DEGREE_MOST * self.k),
            "uneven": (0, 0.8),
            "isolated": (0, 0.9),
            "seed": (0, 2**31 - 1),
        }
        for name, (low, high) in bounds.items():
            if not low <= getattr(self, name) <= high:
                raise ValueError(f"{name} is {getattr(self, name)}, but it must be from {low} to {high}.")
        if self.tail and not 2 < self.tail <= 10:
            raise ValueError(f"tail is {self.tail}, but it must be 0 (no tail), or above 2 and at most 10.")
        if max(self.c_in, self.c_out) > self.n:
            raise ValueError(f"c_in or c_out is above n = {self.n}: a probability would be above 1.")
        return self

    def key(self) -> str:
        """Names the graph: equal keys mean equal graphs."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:24]

    @property
    def sizes(self) -> np.ndarray:
        """Vertices of each group, int64 (k,), adding up to n."""
        shares = (1 - self.uneven) ** np.arange(self.k)
        cuts = np.round(np.cumsum(shares) / shares.sum() * self.n).astype(np.int64)
        return np.diff(cuts, prepend=0)

    @property
    def mean_degree(self) -> float:
        """Expected degree of a vertex with edges, for groups of one size."""
        return (self.c_in + (self.k - 1) * self.c_out) / self.k

    @property
    def snr(self) -> float:
        """Signal over noise, 1 at the Kesten-Stigum threshold; for groups of one size."""
        return signal_to_noise(self.k, self.c_in, self.c_out)

    def draw(self) -> PlantedGraph:
        """The graph and its groups."""
        self.validate()
        affinity = np.full((self.k, self.k), float(self.c_out))
        np.fill_diagonal(affinity, self.c_in)
        return block_model(self.sizes, affinity, self.seed, self.tail or None, self.isolated)
