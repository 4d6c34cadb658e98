"""Similarities between samples: the Gram matrix of dot products and its kernel relatives."""

import numpy as np

from .arrays import namespace

BLOCK_NUMBERS = 2**20  # similarities made at once: 8 MB in float64
SIMILARITIES = ("linear", "cosine", "polynomial", "rbf")


def gram(X, Y=None, similarity="linear", gamma=None, degree=3, offset=1.0):
    """Similarity of every row of X with every row of Y.

    ``linear`` x.y; ``cosine`` x.y / |x||y| (0 where a row is zero); ``polynomial``
    (gamma x.y + offset)^degree; ``rbf`` exp(-gamma |x - y|^2). ``gamma`` defaults to 1/d, as in
    scikit-learn's KernelPCA.

    Parameters
    ----------
    X : array of shape (n, d)
    Y : array of shape (m, d), default X

    Returns
    -------
    array of shape (n, m)
    """
    Y = X if Y is None else Y
    gamma = 1.0 / X.shape[1] if gamma is None else gamma
    if similarity == "linear":
        return X @ Y.T
    if similarity == "cosine":
        return unit_rows(X) @ unit_rows(Y).T
    if similarity == "polynomial":
        return (gamma * (X @ Y.T) + offset) ** degree
    if similarity == "rbf":
        return namespace(X).exp(-gamma * squared_distances(X, Y))
    raise ValueError(f"The similarity {similarity!r} is unknown: choose one of {', '.join(SIMILARITIES)}.")


def unit_rows(X):
    """Rows scaled to length one; a zero row stays zero."""
    length = ((X * X).sum(1) ** 0.5)[:, None]
    return X / namespace(X).where(length > 0, length, 1.0 + 0 * length)


def squared_distances(X, Y):
    """|x - y|^2 for all pairs by |x|^2 + |y|^2 - 2 x.y, clipped at zero, about a common origin.

    The origin is moved to the mean of Y first: the identity loses digits when all points are far from it.
    """
    origin = Y.mean(0)
    X, Y = X - origin, Y - origin
    return ((X * X).sum(1)[:, None] + (Y * Y).sum(1)[None, :] - 2 * (X @ Y.T)).clip(0)


def centre_gram(G):
    """J G J with J = I - 11'/n: the Gram matrix of the centred samples, found without the samples.

    Parameters
    ----------
    G : ndarray of shape (n, n)

    Source: Schoelkopf, Smola & Mueller (1998), Nonlinear component analysis, appendix A.
    """
    rows = G.mean(1)
    return G - rows[:, None] - G.mean(0)[None, :] + rows.mean()


def gram_operator(X, similarity, centre, **parameters):
    """Q -> K Q with the (centred) kernel matrix made block of rows by block of rows, never whole.

    Returns
    -------
    apply : callable, (n, b) array -> (n, b) array
    trace : float, trace of the (centred) kernel matrix
    """
    n = X.shape[0]
    block = max(16, BLOCK_NUMBERS // n)
    starts = range(0, n, block)

    def rows(start):
        return gram(X[start : start + block], X, similarity, **parameters)  # (block, n)

    def apply(Q):
        Q = Q - Q.mean(0) if centre else Q
        KQ = namespace(X).concatenate([rows(start) @ Q for start in starts])
        return KQ - KQ.mean(0) if centre else KQ

    diagonal = total = 0.0
    for start in starts:
        K = rows(start)
        diagonal += float(K[np.arange(K.shape[0]), start + np.arange(K.shape[0])].sum())
        total += float(K.sum())
    return apply, diagonal - (total / n if centre else 0.0)
