"""The identities the derivation rests on, each as a pair of numbers that must agree."""

from dataclasses import dataclass

import numpy as np

from .kernels import centre_gram


def total_similarity(X, directions):
    """W'X'Xw = sum of (x.w)^2 for every direction: the total squared similarity of the samples with w.

    Parameters
    ----------
    X : array of shape (n, d)
    directions : array of shape (m, d), unit rows

    Returns
    -------
    array of shape (m,)
    """
    return ((X @ directions.T) ** 2).sum(0)


@dataclass(frozen=True, eq=False)
class EckartYoung:
    """G, its best approximation of rank k, and the squared error twice: measured, and as the theorem says.

    Parameters
    ----------
    gram, truncated : ndarray of shape (n, n)
    eigenvalues : ndarray of shape (n,)
        Descending.
    measured : float
        ||G - G_k||_F^2, entry by entry.
    predicted : float
        Sum of the dropped squared eigenvalues.
    """

    gram: np.ndarray
    truncated: np.ndarray
    eigenvalues: np.ndarray
    measured: float
    predicted: float


def eckart_young(G, k, centre=True) -> EckartYoung:
    """Keep the k eigenvalues of G that are largest in size.

    Parameters
    ----------
    G : array of shape (n, n), symmetric
    k : int, 0 <= k <= n

    Source: Eckart & Young (1936), Psychometrika 1; Mirsky (1960) for all unitarily invariant norms.
    """
    G = centre_gram(G) if centre else G
    if not 0 <= k <= len(G):
        raise ValueError(f"k = {k} is outside 0 to {len(G)}, the order of the Gram matrix.")
    values, U = np.linalg.eigh(G)
    order = np.argsort(-np.abs(values), kind="stable")
    values, U = values[order], U[:, order]
    truncated = (U[:, :k] * values[:k]) @ U[:, :k].T
    return EckartYoung(
        G, truncated, values, float(((G - truncated) ** 2).sum()), float((values[k:] ** 2).sum())
    )


def align(scores, reference):
    """Scores with each column's sign turned to agree with the reference: axes are defined up to sign.

    Parameters
    ----------
    scores, reference : ndarray of shape (n, k)
    """
    return scores * np.where((scores * reference).sum(0) < 0, -1.0, 1.0)
