"""Four roads from centred samples to the same axes and scores.

Write B for the centred samples (n, d). Covariance: B'B v = lambda v. Gram: BB' u = lambda u. SVD: B = U S V'.
Randomised: the shorter of the first two, known only by its products. Each gives scores (n, k), axes (d, k),
eigenvalues (k,) and the sum of all eigenvalues, which is the squared size of B.
"""

from .arrays import column_blocks, epsilon, namespace, row_blocks, standard_normal
from .dense import top_eigenpairs
from .krylov import leading_eigenpairs


def covariance(X, mean, k):
    """Eigenvectors of the features' C = B'B (d, d); the samples are read in blocks."""
    C = sum(B.T @ B for B in row_blocks(X, mean))
    values, V = top_eigenpairs(C, k)
    return scores_on(X, mean, V), V, values, float(C.diagonal().sum())


def gram(X, mean, k):
    """Eigenvectors of the samples' G = BB' (n, n): scores from similarities alone, axes read off later."""
    G = sum(B @ B.T for B in column_blocks(X, mean))
    values, U = top_eigenpairs(G, k)
    return U * values**0.5, axes_behind(X, mean, U, values), values, float(G.diagonal().sum())


def svd(X, mean, k):
    """Singular vectors of B itself: no square is formed, so small axes keep all their digits."""
    U, s, Vt = namespace(X).linalg.svd(X - mean, full_matrices=False)
    return U[:, :k] * s[:k], Vt[:k].T, s[:k] ** 2, float((s * s).sum())


def randomised(X, mean, k):
    """Block Krylov on C or G, whichever is smaller; neither is formed, only multiplied with."""
    return attempt(X, mean, k, None)


def attempt(X, mean, k, patience):
    """The same with so many blocks of patience (None: until it is exact); None where it was given up."""
    n, d = X.shape

    def forward(Q):
        return X @ Q - (mean @ Q)[None, :]

    def back(Y):
        return X.T @ Y - mean[:, None] * Y.sum(0)[None, :]

    if d <= n:
        found = leading_eigenpairs(lambda Q: back(forward(Q)), d, k, like=X, patience=patience)
        V, values = found.vectors, found.values
        return (forward(V), V, values, _squared_size(X, mean)) if found.converged else None
    found = leading_eigenpairs(lambda Q: forward(back(Q)), n, k, like=X, patience=patience)
    U, values = found.vectors, found.values
    if not found.converged:
        return None
    return U * values**0.5, axes_behind(X, mean, U, values), values, _squared_size(X, mean)


def _squared_size(X, mean):
    return sum(float((B * B).sum()) for B in row_blocks(X, mean))


def scores_on(X, mean, V):
    """Coordinates of the centred samples on the axes, (n, k)."""
    return X @ V - (mean @ V)[None, :]


def axes_behind(X, mean, U, values):
    """B'u / s: the axis (d,) behind each left singular vector; for s = 0, any orthogonal to the rest."""
    xp = namespace(X)
    V = X.T @ U - mean[:, None] * U.sum(0)[None, :]  # (d, k)
    length = (V * V).sum(0) ** 0.5
    empty = length <= (epsilon(X) * float(values[0])) ** 0.5
    if not bool(empty.any()):
        return V / length
    V = xp.where(empty, standard_normal(X, tuple(V.shape)), V / xp.where(empty, 1 + 0 * length, length))
    return xp.where(
        empty, xp.linalg.qr(V)[0], V
    )  # QR leaves the leading orthonormal columns alone, up to sign


ROUTES = {"covariance": covariance, "gram": gram, "svd": svd, "randomised": randomised}
