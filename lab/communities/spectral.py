"""The Bethe Hessian: a sparse symmetric matrix whose negative eigenvalues count communities.

H(r) = (r^2 - 1) I - r A + D. At r = sqrt(mean excess degree) its negative eigenvalues belong to groups whose
members seek each other, at -r to groups whose members shun each other, down to the threshold below which
nothing can be found in polynomial time.

Sources: A. Saade, F. Krzakala, L. Zdeborova 2014; C. Le and E. Levina 2015 (the count as an estimate of k).
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import ArpackNoConvergence, eigsh

Ends = tuple[np.ndarray, np.ndarray]
LARGE = 20_000  # vertices from which eigenvectors are found roughly: they only begin a search
DENSE = 400  # vertices up to which all eigenvectors are computed at once


def branching(adjacency: sparse.csr_array) -> float:
    """Mean excess degree <d^2>/<d> - 1, the growth of the graph around an edge; at least 1."""
    degree = np.diff(adjacency.indptr).astype(float)
    total = degree.sum()
    return max(1.0, float((degree**2).sum() / total - 1)) if total else 1.0


def bethe_hessian(adjacency: sparse.csr_array, r: float) -> sparse.csr_array:
    """H(r), float64 of shape (n, n).

    networkx's ``bethe_hessian_matrix`` is the same matrix; its default r lacks the square root.
    """
    degree = np.diff(adjacency.indptr).astype(float)
    own = sparse.diags_array(r**2 - 1 + degree)
    return sparse.csr_array(own - r * adjacency.astype(float))


def lowest(matrix: sparse.csr_array, number: int) -> tuple[np.ndarray, np.ndarray]:
    """The smallest eigenvalues (number,) of a symmetric matrix, ascending, and their vectors (n, number).

    Signs are fixed: the entries of each vector have a sum of cubes that is not negative.
    """
    count = matrix.shape[0]
    number = min(number, count)
    if count <= DENSE or number > count // 2:
        values, vectors = np.linalg.eigh(matrix.toarray())
        values, vectors = values[:number], vectors[:, :number]
    else:
        start = np.cos(np.arange(count) * 0.7548776662466927)  # any fixed vector with no symmetry
        try:
            values, vectors = eigsh(matrix, number, which="SA", v0=start, tol=1e-4, ncv=max(40, 3 * number))
        except ArpackNoConvergence as stopped:
            values, vectors = stopped.eigenvalues, stopped.eigenvectors
        order = np.argsort(values)
        values, vectors = values[order], vectors[:, order]
    return values, vectors * np.where((vectors**3).sum(0) < 0, -1.0, 1.0)


def negative_count(values: np.ndarray) -> int:
    """How many of these eigenvalues are below zero."""
    return int((values < -1e-9).sum())


def both_ends(adjacency: sparse.csr_array, number: int) -> tuple[Ends, Ends]:
    """Low ends of H(r) and of H(-r) from one matrix whose spectrum is small: values and vectors, ascending.

    With D_r = (r^2 - 1) I + D the matrix S = r D_r^(-1/2) A D_r^(-1/2) has an eigenvalue above 1 for each
    negative one of H(r), and one below -1 for each negative one of H(-r) (J. Sylvester's law of inertia): the
    values returned are 1 - s and 1 + s, the vectors D_r^(-1/2) times those of S.
    """
    count, r = adjacency.shape[0], branching(adjacency) ** 0.5
    root = np.sqrt(np.maximum(r**2 - 1 + np.diff(adjacency.indptr), 1e-9))
    scale = sparse.diags_array(1 / root)
    matrix = sparse.csr_array(r * (scale @ adjacency.astype(float) @ scale))
    if count <= DENSE or 2 * number > count // 2:
        values, vectors = np.linalg.eigh(matrix.toarray())
    else:
        values, vectors = _extremes(matrix.astype(np.float32) if count > LARGE else matrix, number)
    vectors = vectors / root[:, None]
    vectors = vectors * np.where((vectors**3).sum(0) < 0, -1.0, 1.0)
    number = min(number, len(values))
    high, low = np.argsort(-values)[:number], np.argsort(values)[:number]
    return (1 - values[high], vectors[:, high]), (1 + values[low], vectors[:, low])


def _extremes(matrix: sparse.csr_array, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Both ends of the spectrum, ascending; those within the bulk need not be sharp."""
    count = matrix.shape[0]
    start = np.cos(np.arange(count) * 0.7548776662466927).astype(matrix.dtype)  # any vector with no symmetry
    rounds, tolerance = (12, 1e-2) if count > LARGE else (60, 1e-3)
    try:
        values, vectors = eigsh(
            matrix, 2 * number, which="BE", v0=start, tol=tolerance, ncv=4 * number + 8, maxiter=rounds
        )
    except ArpackNoConvergence as stopped:
        values, vectors = stopped.eigenvalues, stopped.eigenvectors
    order = np.argsort(values)
    return values[order].astype(float), vectors[:, order].astype(float)
