"""Random graphs with planted communities, and null models with none; a graph and its truth in O(edges).

An edge of vertices i and j in groups a and b is there with probability affinity[a, b] / n, times the two
vertices' propensities where degrees are corrected. Numbers of edges between two groups are Poisson and their
ends are drawn independently, loops and doubles dropped: the same model to first order in 1/n, if sparse
(P. Holland, K. Laskey and S. Leinhardt 1983; B. Karrer and M. Newman 2011).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from lab.communities.adjacency import from_edges


@dataclass(frozen=True, eq=False)
class PlantedGraph:
    """A graph and the groups it was made from.

    Attributes
    ----------
    adjacency : csr_array of shape (n, n)
        Symmetric, ones and zeros, empty diagonal.
    labels : ndarray of shape (n,), int64
        Planted group of each vertex; in a null model all are 0.
    affinity : ndarray of shape (k, k)
        n times the probability of an edge between two groups, for vertices of propensity 1.
    propensities : ndarray of shape (n,)
        Mean 1 within each group; all ones where degrees are not corrected.
    """

    adjacency: sparse.csr_array
    labels: np.ndarray
    affinity: np.ndarray
    propensities: np.ndarray = field(repr=False)


def planted_partition(
    count: int, groups: int, c_in: float, c_out: float, seed: int, isolated: float = 0.0
) -> PlantedGraph:
    """Equal groups; expected degree c_in / k within the own group, c_out / k to each other one.

    Parameters
    ----------
    count : int
        Vertices; groups differ by at most one.
    groups : int
    c_in, c_out : float
        n times the probability of an edge within a group, and between two.
    seed : int
    isolated : float
        Share of the vertices, in 0..1, that lose all their edges.
    """
    affinity = np.full((groups, groups), float(c_out))
    np.fill_diagonal(affinity, c_in)
    sizes = np.full(groups, count // groups)
    sizes[: count % groups] += 1
    return block_model(sizes, affinity, seed, isolated=isolated)


def block_model(
    sizes, affinity, seed: int, exponent: float | None = None, isolated: float = 0.0
) -> PlantedGraph:
    """Groups of any sizes with any affinities.

    Parameters
    ----------
    sizes : sequence of int, shape (k,)
    affinity : array of shape (k, k)
        Symmetric, not negative; n times the probability of an edge.
    seed : int
    exponent : float, optional
        Of the power law of the propensities, greater than 2; capped at the square root of n times their mean
        (then no edge is sure). Without it all propensities are 1.
    isolated : float
        Share of the vertices, in 0..1, that lose all their edges.

    Raises
    ------
    ValueError
        If the affinity is not symmetric or negative, or a share is out of its range.
    """
    sizes, affinity = np.asarray(sizes, np.int64), np.asarray(affinity, float)
    _check(sizes, affinity, isolated)
    rng = np.random.default_rng(seed)
    labels = np.repeat(np.arange(len(sizes)), sizes)
    propensities = _propensities(labels, exponent, rng)
    tails, heads = _edges(sizes, affinity, propensities, rng)
    graph = from_edges(len(labels), tails, heads)
    if isolated:
        graph = _without(graph, rng.random(len(labels)) < isolated)
    return PlantedGraph(graph, labels, affinity, propensities)


def erdos_renyi(count: int, mean_degree: float, seed: int) -> PlantedGraph:
    """Null model: every edge equally likely, one group.

    Parameters
    ----------
    count : int
        Vertices.
    mean_degree : float
    seed : int
    """
    return block_model([count], [[mean_degree]], seed)


def configuration(wanted, seed: int) -> PlantedGraph:
    """Null model: random graph with given degrees, up to the loops and doubles that are dropped.

    Parameters
    ----------
    wanted : array of int, shape (n,)
        Degrees; if their sum is odd the first vertex gets one half-edge more.
    seed : int
    """
    wanted = np.asarray(wanted, np.int64).copy()
    wanted[:1] += wanted.sum() % 2
    stubs = np.random.default_rng(seed).permutation(np.repeat(np.arange(len(wanted)), wanted))
    graph = from_edges(len(wanted), stubs[0::2], stubs[1::2])
    mean = max(wanted.mean(), 1e-12) if len(wanted) else 1.0
    return PlantedGraph(graph, np.zeros(len(wanted), np.int64), np.array([[mean]]), wanted / mean)


def signal_to_noise(groups: int, c_in: float, c_out: float) -> float:
    """(c_in - c_out)^2 / (k^2 c) with c the mean degree: above 1 communities can be found in polynomial time.

    The Kesten-Stigum threshold of the planted partition (A. Decelle et al. 2011).

    Parameters
    ----------
    groups : int
        k.
    c_in, c_out : float
        Expected neighbours of a vertex, if all were of its own group, or all of another.
    """
    mean = (c_in + (groups - 1) * c_out) / groups
    return float((c_in - c_out) ** 2 / (groups**2 * mean)) if mean > 0 else 0.0


def _check(sizes: np.ndarray, affinity: np.ndarray, isolated: float) -> None:
    if affinity.shape != (len(sizes), len(sizes)) or not np.allclose(affinity, affinity.T):
        raise ValueError(
            f"The affinity has shape {affinity.shape}, but it must be symmetric with one row for each "
            f"of the {len(sizes)} groups."
        )
    if (sizes < 0).any() or (affinity < 0).any():
        raise ValueError("A size or an affinity is negative, but both count things; take 0 or more.")
    if not 0 <= isolated <= 1:
        raise ValueError(f"The isolated share is {isolated}, but it must be from 0 to 1.")


def _propensities(labels: np.ndarray, exponent: float | None, rng: np.random.Generator) -> np.ndarray:
    if exponent is None:
        return np.ones(len(labels))
    if exponent <= 2:
        raise ValueError(f"The exponent is {exponent}, but it must be greater than 2 for a mean to exist.")
    drawn = rng.pareto(exponent - 1, len(labels)) + 1
    drawn = np.minimum(drawn, max(2.0, len(labels) ** 0.5))
    sums = np.bincount(labels, drawn)
    return drawn * (np.bincount(labels) / np.maximum(sums, 1e-12))[labels]


def _edges(
    sizes: np.ndarray, affinity: np.ndarray, propensities: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Ends of the edges of every pair of groups, each vertex drawn in proportion to its propensity."""
    starts = np.concatenate([[0], np.cumsum(sizes)])
    ladder = np.concatenate([[0.0], np.cumsum(propensities)])
    tails: list[np.ndarray] = []
    heads: list[np.ndarray] = []
    for a in range(len(sizes)):
        for b in range(a, len(sizes)):
            expected = affinity[a, b] * sizes[a] * sizes[b] / max(1, sizes.sum()) / (2 if a == b else 1)
            number = rng.poisson(expected)
            for group, ends in ((a, tails), (b, heads)):
                low, high = ladder[starts[group]], ladder[starts[group + 1]]
                spots = rng.uniform(low, high, number)
                found = np.searchsorted(ladder, spots, side="right") - 1
                ends.append(np.clip(found, starts[group], max(starts[group], starts[group + 1] - 1)))
    return np.concatenate(tails), np.concatenate(heads)


def _without(graph: sparse.csr_array, gone: np.ndarray) -> sparse.csr_array:
    """The graph in which some vertices have lost all their edges."""
    ends = np.repeat(gone, np.diff(graph.indptr)) | gone[graph.indices]
    left = graph.copy()
    left.data[ends] = 0
    left.eliminate_zeros()
    return left
