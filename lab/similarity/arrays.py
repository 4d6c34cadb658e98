"""The few words in which numpy and torch differ, so that every route is written once."""

import sys

import numpy as np

BLOCK_NUMBERS = 2**18  # numbers in one centred block: 2 MB in float64, which stays in a core's cache


def namespace(X):
    """``torch`` for a tensor, ``numpy`` for anything else; torch is never imported from here."""
    torch = sys.modules.get("torch")
    return torch if torch is not None and isinstance(X, torch.Tensor) else np


def as_floats(X):
    """X as floating numbers: float32 and float64 are kept, everything else becomes float64."""
    xp = namespace(X)
    if xp is not np:
        return X if X.is_floating_point() else X.to(xp.float64)
    try:
        X = np.asarray(X)
        return X if X.dtype in (np.float32, np.float64) else X.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"The samples hold something that is not a number ({error}): choose numeric columns."
        ) from None


def epsilon(X) -> float:
    """Spacing of the numbers at 1 in the precision of X."""
    return float(namespace(X).finfo(X.dtype).eps)


def row_blocks(X, mean):
    """Centred blocks of rows, each small enough for the cache, or square: its product is no smaller."""
    step = max(X.shape[1], BLOCK_NUMBERS // X.shape[1])
    for start in range(0, X.shape[0], step):
        yield X[start : start + step] - mean


def column_blocks(X, mean):
    """Centred blocks of columns, each small enough for the cache, or square."""
    step = max(X.shape[0], BLOCK_NUMBERS // X.shape[0])
    for start in range(0, X.shape[1], step):
        yield X[:, start : start + step] - mean[start : start + step]


def largest_first(values, vectors, k):
    """The last k of ascending eigenpairs, descending; what rounding cannot tell from zero is zero."""
    xp = namespace(values)
    values = xp.where(values > len(vectors) * epsilon(values) * values[-1], values, 0 * values)
    return xp.flip(values[-k:], (0,)), xp.flip(vectors[:, -k:], (1,))


def standard_normal(like, shape, seed=0):
    """Gaussian numbers of the kind and device of ``like``, drawn on the CPU so that devices agree."""
    draw = np.random.default_rng(seed).standard_normal(shape)
    xp = namespace(like)
    return draw.astype(like.dtype) if xp is np else xp.from_numpy(draw).to(like.dtype).to(like.device)
