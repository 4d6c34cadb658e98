"""How many axes? Parallel analysis: keep those that beat the same table with its columns shuffled."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class ParallelAnalysis:
    """Eigenvalues of the samples beside those of chance.

    Parameters
    ----------
    eigenvalues : ndarray of shape (m,)
        Explained variances of the samples, descending.
    chance : ndarray of shape (m,)
        The chosen quantile over the shuffled tables.
    axes : int
        Leading axes above chance.
    """

    eigenvalues: np.ndarray
    chance: np.ndarray
    axes: int


def parallel_analysis(X, rng, draws=20, quantile=0.95) -> ParallelAnalysis:
    """Compare each explained variance with its distribution when every column is shuffled on its own.

    Shuffling keeps each column's values and destroys what the columns have in common: what is left is chance.
    Columns of very different spread hide each other; give standardised columns, as Horn did.

    Parameters
    ----------
    X : array of shape (n, d)
    rng : numpy.random.Generator
    draws : int, shuffled tables
    quantile : float in (0, 1)

    Source: Horn (1965), Psychometrika 30; Buja & Eyuboglu (1992) for shuffling instead of normal draws.
    """
    X = np.asarray(X, dtype=np.float64)
    if draws < 1:
        raise ValueError(f"{draws} shuffled tables tell nothing: ask for at least 1.")
    observed = _spectrum(X)
    chance = np.quantile([_spectrum(rng.permuted(X, axis=0)) for _ in range(draws)], quantile, axis=0)
    above = observed > chance * (1 + 1e-9)
    return ParallelAnalysis(observed, chance, len(above) if above.all() else int(above.argmin()))


def _spectrum(X):
    """Explained variances (min(n, d),), descending, from the shorter side."""
    B = X - X.mean(0)
    S = B.T @ B if B.shape[0] >= B.shape[1] else B @ B.T
    return np.linalg.eigvalsh(S)[::-1].clip(0) / (len(X) - 1)
