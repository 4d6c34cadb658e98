"""How far a walk on a leash strays: what it did, coordinate by coordinate, and what it must do.

With ``a = 1 - pull`` the deviation from the start is the autoregressive process
``d[k] = a * (d[k-1] + noise)``, so ``var d[k] = sigma**2 * a**2 * (1 - a**(2 k)) / (1 - a**2)`` and the
correlation of neighbours tends to ``a``. All numbers are in the model's unit of sigma: see
:mod:`lab.diffusion.unit`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Spread:
    """A walk beside its theory.

    Attributes
    ----------
    sigma, pull : float
    coordinates : int
        Numbers of an embedding: so many independent walks one looks at.
    deviation : ndarray of shape (count,)
        Root mean square over the coordinates of ``y[k] - y[0]``, for k = 1 .. count.
    correlation : ndarray of shape (count - 1,)
        Of ``d[k]`` and ``d[k+1]`` over the coordinates, for k = 1 .. count - 1.
    plane : ndarray of shape (count, 2)
        The steps on the two directions in which they deviate most, the start in the middle; lengths are root
        mean squares over the coordinates, as in ``deviation``.
    share : float
        Part of all squared deviation that lies in this plane.
    """

    sigma: float
    pull: float
    coordinates: int
    deviation: np.ndarray
    correlation: np.ndarray
    plane: np.ndarray
    share: float

    @property
    def steps(self) -> np.ndarray:
        """Numbers k of the steps, 1 to count."""
        return np.arange(1, len(self.deviation) + 1)

    @property
    def theory(self) -> np.ndarray:
        """What ``deviation`` must be, (count,)."""
        return expected_deviation(self.steps, self.sigma, self.pull)

    @property
    def theory_correlation(self) -> np.ndarray:
        """What ``correlation`` must be, (count - 1,)."""
        return expected_correlation(self.steps[:-1], self.pull)

    @property
    def chance(self) -> tuple[np.ndarray, np.ndarray]:
        """Standard errors of ``deviation`` and ``correlation``, since there are so many coordinates."""
        correlated = (1 - self.theory_correlation**2) / math.sqrt(self.coordinates)
        return self.theory / math.sqrt(2 * self.coordinates), correlated

    @property
    def limit(self) -> float:
        """What ``theory`` tends to."""
        return limit(self.sigma, self.pull)


def expected_deviation(steps: np.ndarray, sigma: float, pull: float) -> np.ndarray:
    """Standard deviation of every coordinate of ``y[k] - y[0]`` for the steps k, exactly."""
    a = 1 - pull
    powers = np.asarray(steps, dtype=float)
    sums = powers if a == 1 else (1 - a ** (2 * powers)) / (1 - a * a)
    return sigma * a * np.sqrt(sums)


def limit(sigma: float, pull: float) -> float:
    """What the standard deviation tends to: ``sigma / sqrt(3)`` for a pull of one half, infinite for none."""
    a = 1 - pull
    return sigma * a / math.sqrt(1 - a * a) if a < 1 else (math.inf if sigma else 0.0)


def expected_correlation(steps: np.ndarray, pull: float) -> np.ndarray:
    """Correlation of ``d[k]`` and ``d[k+1]`` for the steps k, exactly; it tends to ``1 - pull``."""
    k = np.asarray(steps, dtype=float)
    before, after = (expected_deviation(steps_, 1.0, pull) for steps_ in (k, k + 1))
    return (1 - pull) * before / np.where(after > 0, after, 1.0)


def measure(y0: np.ndarray, walk: np.ndarray, sigma: float, pull: float, unit: float = 1.0) -> Spread:
    """Measure a walk.

    Parameters
    ----------
    y0 : ndarray of shape (tokens, width)
    walk : ndarray of shape (count, tokens, width)
        ``y[1] .. y[count]``.
    sigma, pull : float
        As the walk was asked for.
    unit : float
        By which sigma was multiplied.
    """
    deviations = (walk - y0).reshape(len(walk), -1).astype(np.float64) / unit  # (count, T W)
    squares = (deviations**2).mean(axis=1)
    products = (deviations[1:] * deviations[:-1]).mean(axis=1)
    lengths = np.sqrt(squares[1:] * squares[:-1])
    plane, share = principal_plane(deviations)
    return Spread(
        sigma,
        pull,
        deviations.shape[1],
        np.sqrt(squares),
        products / np.where(lengths > 0, lengths, 1.0),
        plane / math.sqrt(deviations.shape[1]),
        share,
    )


def principal_plane(deviations: np.ndarray) -> tuple[np.ndarray, float]:
    """Coordinates (count, 2) on the two directions of the largest squared deviation, and their share of it.

    The directions go through the start, not through the mean of the steps. Each points to where its longest
    step is, so that the picture does not flip.
    """
    u, lengths, _ = np.linalg.svd(
        deviations @ deviations.T, hermitian=True
    )  # the Gram matrix: count is small
    first = (u * np.sqrt(lengths))[:, :2]
    first = np.pad(first, ((0, 0), (0, 2 - first.shape[1])))
    signs = np.sign(first[np.abs(first).argmax(axis=0), np.arange(2)])
    total = lengths.sum()
    return first * np.where(signs == 0, 1.0, signs), float(lengths[:2].sum() / total) if total else 1.0


def plain(spread: Spread) -> dict:
    """The spread as data that JSON can hold, to five digits."""
    values = {name: getattr(spread, name) for name in ("sigma", "pull", "coordinates", "share")}
    for name in ("deviation", "correlation", "plane"):
        values[name] = [_rounded(row) for row in getattr(spread, name).tolist()]
    return values


def revive(values: dict) -> Spread:
    """The spread that :func:`plain` wrote down."""
    arrays = {name: np.array(values[name], float) for name in ("deviation", "correlation", "plane")}
    arrays["plane"] = arrays["plane"].reshape(-1, 2)
    return Spread(**values | arrays)


def _rounded(value: float | list[float]) -> float | list[float]:
    if isinstance(value, list):
        return [float(f"{item:.5g}") for item in value]
    return float(f"{value:.5g}")
