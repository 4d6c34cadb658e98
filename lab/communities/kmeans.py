"""Two clusterings of points that need no library, no random number and no second try."""

from __future__ import annotations

import numpy as np

ROUNDS = 40
SAMPLE = 20_000  # points that choose the centres where there are more


def two_means(values: np.ndarray, rounds: int = 20) -> np.ndarray:
    """True for the numbers (n,) that belong to the higher of two means."""
    low, high = values.min(), values.max()
    for _ in range(rounds):
        upper = values > (low + high) / 2
        if upper.all() or not upper.any():
            break
        low, high = values[~upper].mean(), values[upper].mean()
    return values > (low + high) / 2


def kmeans(points: np.ndarray, groups: int, seed: int, tries: int = 4) -> np.ndarray:
    """Labels (n,) of the best of several k-means from k-means++ starts (D. Arthur, S. Vassilvitskii 2007)."""
    rng = np.random.default_rng(seed)
    sample = points if len(points) <= SAMPLE else points[rng.choice(len(points), SAMPLE, replace=False)]
    found = [_settled(sample, _scattered(sample, groups, rng)) for _ in range(tries)]
    return nearest(points, min(found, key=lambda pair: pair[0])[1])


def nearest(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Number of the nearest centre (k, d) for each point (n, d)."""
    return ((centres**2).sum(1) - 2 * (points @ centres.T)).argmin(1)


def _scattered(points: np.ndarray, groups: int, rng: np.random.Generator) -> np.ndarray:
    centres = [points[rng.integers(len(points))]]
    far = ((points - centres[0]) ** 2).sum(1)
    while len(centres) < groups:
        ladder = np.cumsum(far)
        spot = np.searchsorted(ladder, rng.random() * ladder[-1], side="right")
        centres.append(points[min(spot, len(points) - 1)])
        far = np.minimum(far, ((points - centres[-1]) ** 2).sum(1))
    return np.array(centres)


def _settled(points: np.ndarray, centres: np.ndarray) -> tuple[float, np.ndarray]:
    before = None
    for _ in range(ROUNDS):
        labels = nearest(points, centres)
        if before is not None and (labels == before).all():
            break
        before, sizes = labels, np.bincount(labels, minlength=len(centres))
        sums = np.stack([np.bincount(labels, column, len(centres)) for column in points.T], 1)
        centres = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], centres)
    return float(((points - centres[labels]) ** 2).sum()), centres
