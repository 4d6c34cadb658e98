"""Leading eigenpairs of a large symmetric operator by randomised block Krylov iteration."""

from dataclasses import dataclass
from typing import Any

from .arrays import epsilon, largest_first, namespace, standard_normal

OVERSAMPLING = 10
LOOKS = 4  # blocks before the first look at the residuals, and between two looks
PASSES = 5  # orthogonalisations of one block, at most
EXACT = 2e4  # residual in units of rounding at which an eigenpair counts as found: 4e-12 in float64


@dataclass(frozen=True, eq=False)
class Eigenpairs:
    """The k largest eigenvalues (k,), descending, their vectors (size, k), and whether both are exact."""

    values: Any
    vectors: Any
    converged: bool


def leading_eigenpairs(apply, size, k, like, patience=None, start=None) -> Eigenpairs:
    """The k largest eigenpairs of a positive semidefinite operator that is only known by its products.

    A Gaussian start block Q, then Rayleigh-Ritz on span{Q, AQ, A^2 Q, ...}, one block more at a time. The
    residuals |Av - lambda v| are free (the part of the next block that the last one feeds) and are compared
    with the largest eigenvalue now and then; the iteration ends when rounding is all that is left of
    them, at the latest when the basis is the whole space.

    Parameters
    ----------
    apply : callable, (size, b) array -> (size, b) array
    like : array whose kind, dtype and device the start block takes
    patience : int, optional
        Blocks in which residuals must fall to 1/100, again and again; an iteration that is slower than
        that is given up and returned as it stands. None: it goes on until it has converged.

    start : array of shape (size, b), optional
        Begin with these columns, b >= k, where something is known of the vectors.

    Source: Musco & Musco (2015), Randomized block Krylov methods, algorithm 2; Parlett (1980), chapter 13.
    """
    xp, b = namespace(like), min(size, k + OVERSAMPLING)
    block = xp.linalg.qr(standard_normal(like, (size, b)) if start is None else start)[0]
    basis, T, coupling, blocks, look = block[:, :0], None, None, 0, patience or LOOKS
    while True:
        basis, image = xp.concatenate((basis, block), 1), apply(block)
        shares = basis.T @ image  # (m, b), the new columns of T = basis' A basis
        T = _bordered(xp, T, shares)
        blocks += 1
        full = basis.shape[1] == size
        if not full:
            block, coupling = _next_block(xp, basis, image - basis @ shares)
            block = block[:, : size - basis.shape[1]]
        if blocks >= look or full:
            found, residual = _ritz(xp, basis, T, coupling, k, full)
            if full or residual <= EXACT * epsilon(like):
                return found
            if patience and residual > 0.01 ** (blocks // patience):
                return Eigenpairs(found.values, found.vectors, False)
            look = blocks + (patience or max(LOOKS, blocks // 4))


def _bordered(xp, T, shares):
    """T with one block of rows and columns more; ``shares`` holds the whole new columns."""
    if T is None:
        return (shares + shares.T) / 2
    old = T.shape[0]
    return xp.concatenate((xp.concatenate((T, shares[:old].T), 0), shares), 1)


def _next_block(xp, basis, rest):
    """An orthonormal block (size, b) and R (b, b) with ``rest`` = block R, at right angles to the basis.

    One pass more than the first restores orthogonality lost to rounding. Columns that vanished are rounding
    alone and may lie in the basis; they take a pass again while one still halves their length.
    """
    block, R = xp.linalg.qr(rest)
    for _ in range(PASSES):
        block, step = xp.linalg.qr(block - basis @ (basis.T @ block))
        R = step @ R
        if float(xp.abs(xp.diagonal(step)).min()) > 0.5:
            break
    return block, R


def _ritz(xp, basis, T, coupling, k, full):
    """The best k eigenpairs within the basis, and their largest residual, relative to the first value."""
    values, Y = xp.linalg.eigh((T + T.T) / 2)
    values, Y = largest_first(values, Y, k)
    residual = 0.0
    if not full:
        fed = coupling @ Y[-coupling.shape[0] :]  # what the last block hands on to the next, (b, k)
        residual = float(((fed * fed).sum(0) ** 0.5).max()) / (float(values[0]) or 1.0)
    return Eigenpairs(values, basis @ Y, True), residual
