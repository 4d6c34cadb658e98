"""Characters of (Z/3)^m: the Fourier transform of words, and how far a distribution is from even.

A word is ``x = (x_1, .., x_m)`` with letters in Z/3; its index reads it in base 3, first letter first. The
irreducible representations of this abelian group are its ``3 ** m`` characters
``chi_a(x) = omega ** (a_1 x_1 + .. + a_m x_m)``.
"""

from __future__ import annotations

import numpy as np

from lab.roshambo.moves import ROOTS


def words(m: int) -> np.ndarray:
    """All words of length `m`, in the order of their index.

    Returns
    -------
    words : int array of shape (3 ** m, m), values 0 to 2
    """
    return np.indices((3,) * m).reshape(m, -1).T if m else np.zeros((1, 0), dtype=int)


def character_table(m: int) -> np.ndarray:
    """Values ``chi_a(x)``: row ``a``, column ``x``; rows are orthogonal with squared length ``3 ** m``.

    Returns
    -------
    table : complex array of shape (3 ** m, 3 ** m)
    """
    exponents = words(m) @ words(m).T % 3
    return np.array(ROOTS)[exponents]


def turn(k: int) -> np.ndarray:
    """Matrix of the turn ``y -> y + k`` of the triangle of moves, on functions of the three moves.

    The characters take it apart: ``turn(k) v = omega ** (j k) v`` for ``v(y) = omega ** (-j y)``.

    Returns
    -------
    matrix : int array of shape (3, 3), a permutation
    """
    return np.roll(np.eye(3, dtype=int), k, axis=0)


def transform(values: np.ndarray) -> np.ndarray:
    """Fourier transform ``f_hat(a) = sum_x f(x) chi_a(x)``, letter by letter in ``3 m 3 ** m`` steps.

    Parameters
    ----------
    values : array of shape (3 ** m,) or (..., 3 ** m)
        Real or complex; leading axes are transformed one by one.

    Returns
    -------
    coefficients : complex array of the same shape
    """
    return _letterwise(values, character_table(1))


def inverse(coefficients: np.ndarray) -> np.ndarray:
    """Back again: ``f(x) = 3 ** -m sum_a f_hat(a) conj(chi_a(x))``."""
    coefficients = np.asarray(coefficients)
    return _letterwise(coefficients, character_table(1).conj()) / coefficients.shape[-1]


def degree(m: int) -> np.ndarray:
    """How many letters each character reads, shape (3 ** m,); the trivial one reads none."""
    return (words(m) != 0).sum(axis=1)


def non_uniformity(distribution: np.ndarray) -> np.ndarray:
    """Upper bound of the total variation distance to the even distribution.

    ``|P - U| <= sqrt(1/4 sum |P_hat(a)|^2)`` over all characters but the trivial one.

    Parameters
    ----------
    distribution : array of shape (..., 3 ** m)
        Counts or shares; each is divided by its sum.

    Source: the upper bound lemma of P. Diaconis and M. Shahshahani, Generating a random permutation with
    random transpositions, 1981.
    """
    shares = np.asarray(distribution, dtype=float)
    shares = shares / shares.sum(axis=-1, keepdims=True)
    return np.sqrt((np.abs(transform(shares)[..., 1:]) ** 2).sum(axis=-1) / 4)


def null_non_uniformity(rounds: int, m: int, level: float = 0.95) -> float:
    """What `non_uniformity` of ``rounds`` words drawn evenly stays below with probability ``level``.

    By Parseval ``4 n (non-uniformity)^2`` is Pearson's chi-square statistic of the counts, so its null
    distribution is chi-square with ``3 ** m - 1`` degrees of freedom (for large ``rounds``).
    """
    from scipy.special import chdtri  # scipy.stats would take a page seconds to import

    return float(np.sqrt(chdtri(3**m - 1, 1 - level) / (4 * rounds)))


def null_amplitude(rounds: float, looks: int = 1, level: float = 0.95) -> float:
    """What the loudest of ``looks`` characters of random moves stays below with probability ``level``.

    The mean of ``n`` random roots of unity has ``|C|^2`` exponential with mean ``1 / n``.
    """
    return float(np.sqrt(-np.log(-np.expm1(np.log(level) / looks)) / rounds))


def null_power(decay: float) -> float:
    """Mean of ``|C|^2`` of a running mean ``C <- decay C + (1 - decay) omega ** y`` of random moves."""
    return (1 - decay) / (1 + decay)


def _letterwise(values, matrix):
    values = np.asarray(values)
    shape, size = values.shape, values.shape[-1]
    m = round(np.log(size) / np.log(3))
    if 3**m != size:
        raise ValueError(f"The last axis has {size} entries, but there must be 3 ** m of them.")
    cube = values.reshape((*shape[:-1], *(3,) * m))
    for axis in range(len(shape) - 1, cube.ndim):
        cube = np.moveaxis(np.tensordot(cube, matrix, axes=(axis, 1)), -1, axis)
    return cube.reshape(shape) + 0j
