"""The other ways to groups, each by its name: spectra, pseudo-likelihood, and the rows of walks.

Each takes a connected-or-not graph without isolated vertices and returns a label and a certainty for every
vertex. Spectra and rows know distances, not probabilities: their certainty is the distance to the second
nearest centre over the sum of both, from 1/2 (between two groups) to 1.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import sparse

from lab.communities.kmeans import kmeans
from lab.communities.nonbacktracking import informative
from lab.communities.pseudo_likelihood import refined
from lab.communities.rows import group_rows
from lab.communities.starts import Spectra

Named = tuple[np.ndarray, np.ndarray]


def by_bethe_hessian(core: sparse.csr_array, spectra: Spectra, seed: int) -> Named:
    """As many groups as negative eigenvalues, by k-means on their vectors."""
    return clustered(seen(spectra), spectra.hint, seed)


def by_non_backtracking(core: sparse.csr_array, spectra: Spectra, seed: int) -> Named:
    """As many groups as real eigenvalues outside the circle, by k-means on their vectors."""
    vectors = informative(core)[1]
    return clustered(vectors, max(1, vectors.shape[1]), seed)


def by_pseudo_likelihood(core: sparse.csr_array, spectra: Spectra, seed: int) -> Named:
    """Spectral groups refined by the conditional pseudo-likelihood of each vertex' links to all groups."""
    labels, _ = by_bethe_hessian(core, spectra, seed)
    marginals = refined(core, labels)
    return marginals.argmax(1), marginals.max(1)


def by_rows(core: sparse.csr_array, spectra: Spectra, seed: int) -> Named:
    """The post's method: walks, z-scores, a cutoff, squared distances of rows."""
    steps = group_rows(core)
    inside = np.eye(steps.labels.max() + 1)[steps.labels]
    mean = steps.distances @ inside / inside.sum(0)
    return steps.labels, _sure(mean)


NAMED: dict[str, Callable[[sparse.csr_array, Spectra, int], Named]] = {
    "bethe-hessian": by_bethe_hessian,
    "non-backtracking": by_non_backtracking,
    "pseudo-likelihood": by_pseudo_likelihood,
    "zscore": by_rows,
}


def seen(spectra: Spectra) -> np.ndarray:
    """Eigenvectors that belong to negative eigenvalues of H(r) and H(-r), (n, number)."""
    (low, seek), (high, shun) = spectra.seeking, spectra.shunning
    return np.concatenate([seek[:, low < 0], shun[:, high < 0]], 1)


def clustered(space: np.ndarray, groups: int, seed: int) -> Named:
    """k-means in a space whose axes count alike."""
    if groups < 2 or not space.shape[1]:
        return np.zeros(len(space), np.int64), np.ones(len(space))
    space = space / np.maximum(space.std(0), 1e-12)
    labels = kmeans(space, groups, seed)
    names = np.unique(labels)
    centres = np.stack([space[labels == name].mean(0) for name in names])
    far = np.linalg.norm(space[:, None, :] - centres[None], axis=2)
    return np.searchsorted(names, labels), _sure(far)


def _sure(far: np.ndarray) -> np.ndarray:
    """Second least distance of each row over the sum of the two least."""
    if far.shape[1] < 2:
        return np.ones(len(far))
    near = np.sort(far, 1)[:, :2]
    return near[:, 1] / np.maximum(near.sum(1), 1e-12) * (near[:, 1] > 0) + 0.5 * (near[:, 1] <= 0)
