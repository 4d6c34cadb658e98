"""Partitions for belief propagation to begin with: by the spectra, by splitting a group, by merging two.

Spectra see groups that prefer some partners to others; they are blind to groups that differ in density alone
and weak where the affinity has less rank than groups. A split looks at what those leave: how many neighbours
each vertex has in each group, and whether two Poisson laws explain the counts in a group better than one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from lab.communities.kmeans import kmeans, two_means
from lab.communities.spectral import both_ends, negative_count

SPLIT_ROUNDS = 12  # of the Poisson mixture
FEWEST = 1e-9


@dataclass(frozen=True, eq=False)
class Spectra:
    """Low ends of the Bethe Hessians H(r) and H(-r) of one graph.

    Attributes
    ----------
    seeking, shunning : tuple of (values, vectors)
        Of H(r): groups whose members seek each other; of H(-r): groups whose members shun each other.
    hint : int
        Negative eigenvalues of both together, at least 1: the number of groups a spectrum sees.
    """

    seeking: tuple[np.ndarray, np.ndarray]
    shunning: tuple[np.ndarray, np.ndarray]
    hint: int


def spectra_of(adjacency: sparse.csr_array, most: int) -> Spectra:
    """Spectra of a graph; more eigenvectors only where all asked for so far are negative."""
    count = adjacency.shape[0]
    number = min(6, most)
    while True:
        seeking, shunning = both_ends(adjacency, number)
        seen = [negative_count(values) for values, _ in (seeking, shunning)]
        if max(seen) < number or number >= min(most, count):
            return Spectra(seeking, shunning, max(1, sum(seen)))
        number = min(2 * number, most)


def spectral_starts(spectra: Spectra, groups: int, seed: int, thorough: bool) -> Iterator[np.ndarray]:
    """Labels from k-means on the eigenvectors below zero, and with ``thorough`` on the lowest ones."""
    (low, seek), (high, shun) = spectra.seeking, spectra.shunning
    seen = np.concatenate([seek[:, low < 0], shun[:, high < 0]], 1)
    lowest_of_both = np.argsort(np.concatenate([low, high]), kind="stable")[:groups]
    spaces = [seen, np.concatenate([seek, shun], 1)[:, lowest_of_both]]
    if seen.shape[1] == groups and set(lowest_of_both) == set(
        np.flatnonzero(np.concatenate([low, high]) < 0)
    ):
        spaces = spaces[:1]
    for space in spaces if thorough else spaces[:1]:
        if space.shape[1]:
            yield kmeans(space / np.maximum(space.std(0), FEWEST), groups, seed)


def split_starts(
    adjacency: sparse.csr_array, marginals: np.ndarray, corrected: bool
) -> list[tuple[float, np.ndarray]]:
    """Labels with one group in two, for each group that can be, best gain of likelihood first."""
    labels, groups = marginals.argmax(1), marginals.shape[1]
    counts = adjacency @ marginals.astype(np.float32)
    found = []
    for group in range(groups):
        members = np.flatnonzero(labels == group)
        if len(members) < 4:
            continue
        gain, half = _halves(counts[members].astype(float), corrected)
        if 0 < half.sum() < len(members):
            fresh = labels.copy()
            fresh[members[half]] = groups
            found.append((gain, fresh))
    return sorted(found, key=lambda pair: -pair[0])


def _halves(counts: np.ndarray, corrected: bool) -> tuple[float, np.ndarray]:
    """Gain of two Poisson laws over one for these rows, and which rows the second law explains better.

    With ``corrected`` the laws are for the shares of each row's sum, else for the counts.
    """
    sums = counts.sum(1, keepdims=True)
    spread = np.sqrt(counts / np.maximum(sums, FEWEST) if corrected else counts)
    spread = spread - spread.mean(0)
    axis = np.linalg.eigh(spread.T @ spread)[1][:, -1]
    second = two_means(spread @ axis)
    weight = np.where(second, 0.9, 0.1)
    exposure = sums if corrected else np.ones_like(sums)
    for _ in range(SPLIT_ROUNDS):
        logs = []
        for part in (1 - weight, weight):
            rate = (part @ counts + FEWEST) / (part @ exposure + FEWEST)
            log_rate = counts @ np.log(rate) - exposure[:, 0] * rate.sum()
            logs.append(np.log(part.mean() + FEWEST) + log_rate)
        both = np.logaddexp(*logs)
        weight = np.exp(logs[1] - both)
    one = (counts.sum(0) + FEWEST) / (exposure.sum() + FEWEST)
    alone = counts @ np.log(one) - exposure[:, 0] * one.sum()
    return float((both - alone).sum()), weight > 0.5


def merged_start(adjacency: sparse.csr_array, marginals: np.ndarray, corrected: bool) -> np.ndarray:
    """Labels with the two groups in one that lose the least likelihood of the graph."""
    groups = marginals.shape[1]
    mixed = marginals.T @ (adjacency @ marginals)
    mass = mixed.sum(0) if corrected else marginals.sum(0)
    labels, best = marginals.argmax(1), (-np.inf, 0, 1)
    for a in range(groups):
        for b in range(a + 1, groups):
            merge = np.delete(np.eye(groups), b, 0)
            merge[a, b] = 1
            together, weight = merge @ mixed @ merge.T, merge @ mass
            told = np.log(np.maximum(together, FEWEST) / np.maximum(np.outer(weight, weight), FEWEST))
            best = max(best, (float((together * told).sum()), a, b))
    _, a, b = best
    labels = np.where(labels == b, a, labels)
    return np.where(labels > b, labels - 1, labels)
