"""How smooth a film is: the distance of every frame to the next one, and where the worst jump is.

The distance of two pictures is the mean over five sizes, each half of the one before, of the root mean square
difference: an edge that moves by one pixel is nothing at the coarser sizes, and what changes its place or
colour counts at all of them. A plain measure that needs no network.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SIZES = 5


@dataclass(frozen=True, eq=False)
class Smoothness:
    """Steps of a film.

    Parameters
    ----------
    steps : ndarray of shape (n,)
        Distance of each frame to the next, in levels from 0 to 255; a loop closes with the first frame.
    """

    steps: np.ndarray

    @property
    def ratio(self) -> float:
        """Largest step over the mean step: 1 is perfectly even; 1 too for a film that stands still."""
        mean = float(self.steps.mean()) if len(self.steps) else 0.0
        return float(self.steps.max()) / mean if mean else 1.0

    @property
    def worst(self) -> int:
        """Number of the frame before the largest step; the first of equals."""
        return int(self.steps.argmax()) if len(self.steps) else 0


def distance(a: np.ndarray, b: np.ndarray) -> float:
    """Distance of two pictures of one shape (H, W, 3), uint8: 0 to 255, 0 only if they are equal."""
    gap = a.astype(np.float32) - b
    total = 0.0
    for _ in range(SIZES):
        total += float(np.sqrt(np.mean(gap**2)))
        gap = _halved(gap)
    return total / SIZES


def measure(images: Sequence[np.ndarray], closed: bool = False) -> Smoothness:
    """Smoothness of frames in their order.

    Parameters
    ----------
    images : sequence of ndarray of shape (H, W, 3), uint8
    closed : bool
        Whether the last frame is followed by the first.
    """
    after = [*images[1:], *(images[:1] if closed and len(images) > 1 else ())]
    return Smoothness(np.array([distance(a, b) for a, b in zip(images, after, strict=False)]))


def _halved(gap: np.ndarray) -> np.ndarray:
    """Differences at half the size: means of two by two; an odd last row or column is left out."""
    height, width = gap.shape[0] // 2 * 2, gap.shape[1] // 2 * 2
    if not height or not width:
        return gap
    return gap[:height, :width].reshape(height // 2, 2, width // 2, 2, -1).mean((1, 3))
