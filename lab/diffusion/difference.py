"""How far two pictures are apart, in the two numbers that one quotes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Difference:
    """Distance of two uint8 pictures.

    Parameters
    ----------
    psnr : float
        Peak signal-to-noise ratio in dB, ``10 log10(255^2 / mean squared difference)``; infinite if equal.
        Above 30 one hardly sees a difference, below 15 they are different pictures.
    mean : float
        Mean absolute difference of a colour value, in levels from 0 to 255.
    """

    psnr: float
    mean: float

    @property
    def equal(self) -> bool:
        """Whether every value is the same."""
        return math.isinf(self.psnr)


def compare(a: np.ndarray, b: np.ndarray) -> Difference:
    """Difference of two pictures of one shape, uint8.

    Raises
    ------
    ValueError
        If their shapes differ.
    """
    if a.shape != b.shape:
        raise ValueError(f"The pictures have shapes {a.shape} and {b.shape}, but only equal ones compare.")
    gap = a.astype(np.float64) - b
    squared = float(np.mean(gap**2))
    psnr = math.inf if squared == 0 else 10 * math.log10(255**2 / squared)
    return Difference(psnr, float(np.mean(np.abs(gap))))
