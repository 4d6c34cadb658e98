"""Leading eigenpairs of a large symmetric operator by randomised block Krylov iteration."""

from .arrays import epsilon, largest_first, namespace, standard_normal

OVERSAMPLING = 10


def leading_eigenpairs(apply, size, k, like, depth=12, tolerance=None):
    """The k largest eigenpairs of a positive semidefinite operator that is only known by its products.

    A Gaussian start block, then Rayleigh-Ritz on span{Q, AQ, ..., A^(depth-1) Q}. Every fourth block the
    residuals |Av - lambda v| are compared with ``tolerance`` times the largest eigenvalue; a spectrum that
    decays is done after one or two looks. On pure noise the last axes are still approximate after ``depth``
    blocks, as with any iteration.

    Parameters
    ----------
    apply : callable, (size, b) array -> (size, b) array
    like : array whose kind, dtype and device the start block takes

    Returns
    -------
    values : array of shape (k,), descending
    vectors : array of shape (size, k), orthonormal

    Source: Musco & Musco (2015), Randomized block Krylov methods, algorithm 2; Parlett (1980), chapter 13.
    """
    xp = namespace(like)
    tolerance = 64 * epsilon(like) if tolerance is None else tolerance
    b = min(size, k + OVERSAMPLING)
    basis = xp.linalg.qr(standard_normal(like, (size, b)))[0]
    images = apply(basis)
    for blocks in range(2, depth + 1):
        if basis.shape[1] == size:
            break
        basis = xp.concatenate((basis, _next_block(xp, basis, images[:, -b:][:, : size - basis.shape[1]])), 1)
        images = xp.concatenate((images, apply(basis[:, images.shape[1] :])), 1)
        if blocks % 4 == 0 and blocks < depth:
            values, vectors, residual = _ritz(xp, basis, images, k)
            if residual <= tolerance * float(values[0]):
                return values, vectors
    return _ritz(xp, basis, images, k)[:2]


def _next_block(xp, basis, block):
    """The part of A times the last block that the basis does not hold yet, orthonormal.

    Twice: the second pass restores orthogonality lost to rounding, and fills columns that vanished.
    """
    for _ in range(2):
        block = xp.linalg.qr(block - basis @ (basis.T @ block))[0]
    return block


def _ritz(xp, basis, images, k):
    """The best k eigenpairs within the basis, and their largest residual."""
    T = basis.T @ images
    values, Y = xp.linalg.eigh((T + T.T) / 2)
    values, Y = largest_first(values, Y, k)
    vectors = basis @ Y
    residual = (((images @ Y - vectors * values) ** 2).sum(0) ** 0.5).max()
    return values, vectors, float(residual)
