"""Classical multidimensional scaling: a map recovered from distances only."""

from dataclasses import dataclass

import numpy as np

from .kernels import centre_gram

EARTH_RADIUS = 6371.0088  # km, mean radius (IUGG)


@dataclass(frozen=True, eq=False)
class Recovered:
    """Points whose distances reproduce a table, and how well any map can.

    Parameters
    ----------
    points : ndarray of shape (n, k)
    eigenvalues : ndarray of shape (n,)
        Descending; negative ones measure how far the table is from one of Euclidean distances.
    distances : ndarray of shape (n, n)
        Between the recovered points.
    """

    points: np.ndarray
    eigenvalues: np.ndarray
    distances: np.ndarray

    @property
    def euclidean_share(self) -> float:
        """Share of the kept dimensions in the sum of the eigenvalues' sizes."""
        return float(self.eigenvalues[: self.points.shape[1]].sum() / np.abs(self.eigenvalues).sum())


def recover_map(distances, k=2) -> Recovered:
    """Points in k dimensions from their distances: the scores of the centred Gram matrix B = -J D^2 J / 2.

    The map is unique up to turning and mirroring; signs are fixed by the largest entry of each coordinate.

    Parameters
    ----------
    distances : array of shape (n, n), symmetric, zero diagonal
    k : int, 1 <= k < n

    Source: Torgerson (1952); Gower (1966).
    """
    D = np.asarray(distances, dtype=np.float64)
    _check(D, k)
    values, U = np.linalg.eigh(-centre_gram(D**2) / 2)
    values, U = values[::-1], U[:, ::-1]
    points = U[:, :k] * np.sqrt(values[:k].clip(0))
    largest = np.take_along_axis(points, np.abs(points).argmax(0)[None], 0)
    points = points * np.where(largest < 0, -1.0, 1.0)
    return Recovered(points, values, np.linalg.norm(points[:, None] - points[None], axis=2))


def _check(D, k):
    if D.ndim != 2 or D.shape[0] != D.shape[1]:
        raise ValueError(f"A distance table is square; this one has the shape {D.shape}.")
    if not np.isfinite(D).all() or (D < 0).any():
        raise ValueError(
            "A distance is missing, infinite or negative: every pair needs a number from zero upward."
        )
    if not np.allclose(D, D.T) or np.abs(np.diag(D)).max() > 1e-9 * D.max():
        raise ValueError(
            "The distance table is not symmetric with a zero diagonal: give the distance of each pair twice."
        )
    if not 1 <= k < len(D):
        raise ValueError(f"A map of {len(D)} points has 1 to {len(D) - 1} dimensions, not {k}.")


def great_circle(latitude, longitude):
    """Distances in km over the sphere between all pairs of places, (n, n); haversine.

    Parameters
    ----------
    latitude, longitude : array of shape (n,)
        Degrees.
    """
    lat, lon = np.radians(latitude), np.radians(longitude)
    half = np.sin((lat[:, None] - lat) / 2) ** 2
    half = half + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    return 2 * EARTH_RADIUS * np.arcsin(np.sqrt(half.clip(0, 1)))


def flat_map(places):
    """Places (n, 2) in degrees as points (n, 2) in km: azimuthal equidistant projection about their middle.

    Distances and directions from the middle are true; the farther off, the more the rest is stretched.

    Parameters
    ----------
    places : array of shape (n, 2)
        Latitude and longitude.
    """
    lat, lon = np.radians(places).T
    lat0, lon0 = lat.mean(), lon.mean()
    east = np.cos(lat) * np.sin(lon - lon0)
    north = np.cos(lat0) * np.sin(lat) - np.sin(lat0) * np.cos(lat) * np.cos(lon - lon0)
    up = np.sin(lat0) * np.sin(lat) + np.cos(lat0) * np.cos(lat) * np.cos(lon - lon0)
    radius = np.hypot(east, north)
    stretch = EARTH_RADIUS * np.arctan2(radius, up) / np.where(radius > 0, radius, 1)
    return np.column_stack([east * stretch, north * stretch])
