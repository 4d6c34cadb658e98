"""The non-backtracking matrix: walks that never turn round at once, and a spectrum with one clean circle.

B has a row for each directed edge; B[(i, j), (j, l)] = 1 unless l = i. In a sparse random graph its
bulk lies within the circle of radius sqrt(c), c the growth around an edge, and real eigenvalues outside
belong to groups. By the identity of Ihara and Bass all its eigenvalues but those at 1 and -1 are those
of a matrix of twice the vertices, ((A, I - D), (I, 0)); and r is one exactly where the Bethe Hessian
H(r) is singular.

Source: F. Krzakala, C. Moore, E. Mossel, J. Neeman, A. Sly, L. Zdeborova, P. Zhang 2013.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import ArpackNoConvergence, eigs

VERTICES_MOST = 800
LEADING = 24  # eigenvalues among which the informative ones are looked for


def non_backtracking(adjacency: sparse.csr_array) -> sparse.csr_array:
    """B itself, (2m, 2m), its directed edges in the order of compressed rows."""
    count = adjacency.shape[0]
    tails = np.repeat(np.arange(count), np.diff(adjacency.indptr))
    heads = adjacency.indices
    edges = np.arange(len(heads))
    leaving = sparse.csr_array((np.ones(len(edges)), (tails, edges)), shape=(count, len(edges)))
    arriving = sparse.csr_array((np.ones(len(edges)), (edges, heads)), shape=(len(edges), count))
    steps = sparse.csr_array(arriving @ leaving)
    back = np.argsort(heads, kind="stable")  # the edge the other way
    turns = sparse.csr_array((np.ones(len(edges)), (edges, back)), shape=steps.shape)
    steps = sparse.csr_array(steps - turns)
    steps.eliminate_zeros()
    return steps


def non_backtracking_spectrum(adjacency: sparse.csr_array) -> np.ndarray:
    """Eigenvalues of B that Ihara and Bass leave, complex128 of shape (2n,), largest modulus first.

    Raises
    ------
    ValueError
        If the graph has more than `VERTICES_MOST` vertices: the matrix is dense and not symmetric.
    """
    count = adjacency.shape[0]
    if count > VERTICES_MOST:
        raise ValueError(
            f"The graph has {count} vertices, but its whole spectrum is computed for at most "
            f"{VERTICES_MOST}: choose a smaller graph."
        )
    degree = np.diff(adjacency.indptr).astype(float)
    matrix = np.zeros((2 * count, 2 * count))
    matrix[:count, :count] = adjacency.toarray()
    matrix[:count, count:] = np.diag(1 - degree)
    matrix[count:, :count] = np.eye(count)
    values = np.linalg.eigvals(matrix)
    return values[np.lexsort((values.imag, values.real, -np.abs(values)))].astype(np.complex128)


def informative(adjacency: sparse.csr_array) -> tuple[np.ndarray, np.ndarray, float]:
    """Real eigenvalues of B outside its circle, their vectors, and the circle's radius.

    Returns
    -------
    values : ndarray of shape (q,)
        Largest modulus first; negative ones belong to groups whose members shun each other.
    vectors : ndarray of shape (n, q)
        Sums over the edges that arrive at a vertex.
    radius : float
        Square root of the largest eigenvalue.
    """
    count = adjacency.shape[0]
    values, vectors = _leading(_companion(adjacency), min(2 * count, LEADING))
    radius = float(np.sqrt(max(1.0, np.abs(values).max(initial=1.0))))
    real = np.flatnonzero((np.abs(values.imag) < 1e-6 * radius) & (np.abs(values) > radius * (1 + 1e-6)))
    real = real[np.argsort(-np.abs(values[real]), kind="stable")]
    found = vectors[:count, real].real
    return values[real].real, found * np.where((found**3).sum(0) < 0, -1.0, 1.0), radius


def _companion(adjacency: sparse.csr_array) -> sparse.csr_array:
    """((A, I - D), (I, 0)), float64 (2n, 2n)."""
    count = adjacency.shape[0]
    own = sparse.diags_array(1.0 - np.diff(adjacency.indptr))
    return sparse.csr_array(
        sparse.block_array([[adjacency.astype(float), own], [sparse.eye_array(count), None]])
    )


def _leading(matrix: sparse.csr_array, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Eigenvalues of largest modulus and their vectors; all of them where the matrix is small."""
    if matrix.shape[0] <= 200:
        return np.linalg.eig(matrix.toarray())
    start = np.cos(np.arange(matrix.shape[0]) * 0.7548776662466927)
    try:
        return eigs(matrix, min(number, matrix.shape[0] - 2), v0=start, tol=1e-6, ncv=4 * number)
    except ArpackNoConvergence as stopped:
        return stopped.eigenvalues, stopped.eigenvectors
