"""What it costs to tell the degrees of a graph, as a law of few numbers or as a histogram.

The degree-corrected block model is given every degree. To be weighed against the plain one it must pay for
them: by the shortest of a histogram and three smooth laws, Poisson degrees whose means follow a gamma, a
log-normal or a capped power law. Two sharp kinds of vertices (a core and its periphery) are told shorter by
two groups, broad tails by a law.
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

RATES = 160  # nodes of the mixing laws, even in the logarithm
ZOOMS = 3  # times the grid of the parameters is refined around its best point
SIDE = 7  # points of that grid along each parameter


def degree_cost(degree: np.ndarray, idle: int = 0) -> float:
    """Nats by which a Poisson law with each vertex' own degree for a mean beats the shortest code of all.

    Parameters
    ----------
    degree : ndarray of int, shape (n,)
        Degrees of the vertices with edges.
    idle : int
        Vertices without edges that the other model tells too.
    """
    values, counts = np.unique(degree, return_counts=True)
    told = float((counts * (values * np.log(values) - values - gammaln(values + 1))).sum())
    return told + zero_code(len(degree), idle) + min(histogram_code(counts), law_code(values, counts))


def zero_code(linked: int, idle: int) -> float:
    """Nats that say which vertices have no edge."""
    total = linked + idle
    if not idle:
        return 0.0
    return float(-linked * np.log(linked / total) - idle * np.log(idle / total) + 0.5 * np.log(total))


def histogram_code(counts: np.ndarray) -> float:
    """Nats for degrees by their frequencies."""
    total = counts.sum()
    return float(-(counts * np.log(counts / total)).sum() + 0.5 * (len(counts) - 1) * np.log(total))


def law_code(values: np.ndarray, counts: np.ndarray) -> float:
    """Nats for positive degrees by the best smooth law of two numbers."""
    rates = np.geomspace(0.02, 1.5 * values.max() + 5, RATES)
    kernel = values[:, None] * np.log(rates) - rates - gammaln(values + 1)[:, None]
    kernel = np.exp(kernel) / -np.expm1(-rates)  # given that the degree is not 0
    best = min(_fitted(law, kernel, rates, counts, values) for law in LAWS)
    return best + float(np.log(counts.sum()))  # two numbers, half a logarithm each


def _gamma(rates, mean, shape):
    """Logarithmic density of a gamma law, up to a constant, per step of log rate."""
    shape = np.exp(shape)
    return shape * np.log(rates / mean) - shape * rates / mean


def _log_normal(rates, middle, width):
    return -0.5 * ((np.log(rates / middle)) / np.exp(width)) ** 2


def _power(rates, least, slope):
    return np.where(rates >= least, -np.exp(slope) * np.log(rates / least), -np.inf)


LAWS = ((_gamma, -1.5, 4.0), (_log_normal, -2.5, 1.0), (_power, -1.0, 1.8))


def _fitted(law, kernel: np.ndarray, rates: np.ndarray, counts: np.ndarray, values: np.ndarray) -> float:
    """Least nats of a law over its location and shape, on a grid that zooms in."""
    shape, low, high = law
    mean = float((values * counts).sum() / counts.sum())
    at, spans = np.array([np.log(mean), (low + high) / 2]), np.array([2.5, (high - low) / 2])
    best = np.inf
    for _ in range(ZOOMS):
        axes = [np.linspace(a - s, a + s, SIDE) for a, s in zip(at, spans, strict=True)]
        grid = np.stack(np.meshgrid(*axes, indexing="ij"), -1).reshape(-1, 2)
        logs = np.stack([shape(rates, np.exp(x), y) for x, y in grid])
        tops = logs.max(1, keepdims=True)
        weights = np.exp(logs - np.where(np.isfinite(tops), tops, 0.0))
        weights /= np.maximum(weights.sum(1, keepdims=True), 1e-300)
        nats = -(counts @ np.log(np.maximum(kernel @ weights.T, 1e-300)))
        if nats.min() < best:
            best, at = float(nats.min()), grid[nats.argmin()]
        spans = spans / 3
    return best
