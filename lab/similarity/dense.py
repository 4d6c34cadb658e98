"""Leading eigenpairs of a symmetric matrix that is at hand, number by number."""

import numpy as np
import scipy.linalg

from .arrays import epsilon, largest_first, namespace
from .krylov import EXACT, leading_eigenpairs

SMALL = 1000  # up to this order a dense eigensolver is faster than anything that takes two steps
FEW = 25  # a shift serves at most one axis in 25: beyond, the whole spectrum is cheaper
SIGHT = 5  # blocks of Krylov iteration that tell where the spectrum ends
SHIFTS = 6  # each twice as far beyond it


def top_eigenpairs(S, k):
    """The k largest eigenvalues (descending) of a positive semidefinite matrix, and their vectors.

    Parameters
    ----------
    S : array of shape (m, m), symmetric
    k : int, 1 <= k <= m

    Returns
    -------
    values : array of shape (k,); what rounding cannot tell from zero is zero
    vectors : array of shape (m, k), orthonormal
    """
    xp, m = namespace(S), S.shape[0]
    if xp is not np:
        values, vectors = _torch_eigh(xp, S)
        return largest_first(values, vectors, k)
    if m > SMALL and k * FEW <= m and (found := _shifted(S, k)):
        return found
    values, vectors = scipy.linalg.eigh(S, subset_by_index=(m - k, m - 1), check_finite=False)
    return largest_first(values, vectors, k)


def _shifted(S, k):
    """The same by shift and invert; None where that does not become exact.

    A few blocks of Krylov iteration tell where the spectrum ends. With sigma a little beyond, sigma I - S is
    positive definite (that its Cholesky factor exists proves it), and its inverse has the same vectors with
    1 / (sigma - lambda), values that lie far apart. One factor of m^3 / 3 products replaces the reduction to
    tridiagonal form, 4 m^3 / 3 products of which half wait for memory.

    Source: Ericsson & Ruhe (1980), Mathematics of Computation 35.
    """
    m = S.shape[0]
    rough = leading_eigenpairs(lambda Q: S @ Q, m, k, like=S, patience=SIGHT)
    if rough.converged:
        return rough.values, rough.vectors
    factor = _factor_beyond(S, rough.values)
    if factor is None:
        return None

    def solve(Q):
        return scipy.linalg.cho_solve((factor, True), Q, check_finite=False)

    found = leading_eigenpairs(solve, m, k, like=S, start=rough.vectors)
    return _rotated(S, found.vectors)


def _factor_beyond(S, values):
    """Cholesky factor of sigma I - S with sigma a little beyond the spectrum; None where none was met."""
    first = float(values[0])
    step = max(first - float(values[-1]), 0.06 * first)
    for doubling in range(SHIFTS):
        M = _minus(first + step * 2**doubling, S)
        factor, failed = scipy.linalg.lapack.get_lapack_funcs(("potrf",), (M,))[0](
            M, lower=True, clean=False, overwrite_a=True
        )
        if not failed:
            return factor
    return None


def _minus(shift, S):
    """The matrix shift I - S, its columns contiguous as LAPACK wants them; S is its own transpose."""
    M = (-S).T
    M[np.diag_indices_from(M)] += shift
    return M


def _rotated(S, V):
    """Rayleigh-Ritz of S in the span of V (m, k); None where a residual is more than rounding."""
    image = S @ V
    values, Y = np.linalg.eigh(V.T @ image)
    values, vectors = values[::-1], (V @ Y)[:, ::-1]
    residual = np.linalg.norm((image @ Y)[:, ::-1] - vectors * values, axis=0).max()
    return (values, vectors) if residual <= EXACT * epsilon(S) * values[0] else None


def _torch_eigh(torch, S):
    """Torch's eigh, on the CPU where the device has none (Apple's MPS)."""
    if S.device.type != "mps":
        return torch.linalg.eigh(S)
    values, vectors = torch.linalg.eigh(S.cpu())
    return values.to(S.device), vectors.to(S.device)
