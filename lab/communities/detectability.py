"""Where communities can be found: the Kesten-Stigum line, and the band below it where only patience could.

With mean degree c and lambda = (c_in - c_out) / (k c), fast methods find groups above c lambda^2 = 1, that
is |c_in - c_out| > k sqrt(c). For k >= 5 groups that seek each other can be found by exhaustive search below
that already, and no fast method is known that does (A. Decelle et al. 2011; J. Banks, C. Moore, J. Neeman and
P. Netrapalli 2016). How deep that band is has a simple answer where degrees are large: there each vertex sees
its group through Gaussian noise, and the two thresholds follow from one curve (T. Lesieur, F. Krzakala,
L. Zdeborova 2017).
"""

from __future__ import annotations

from functools import cache

import numpy as np

HARD_FROM = 5  # groups from which there is a hard band for large degrees
HARD = (
    0.983, 0.948, 0.898, 0.864, 0.820, 0.783, 0.748, 0.715,
    0.687, 0.659, 0.636, 0.611, 0.593, 0.572, 0.553, 0.537,
)  # fmt: skip  # snr of 5 to 20 groups, by `searched_from`
DRAWS = 40_000
CURVE = np.linspace(0.0, 1.0, 201)


def mixing_at_threshold(groups: int, mean_degree: np.ndarray, snr: float = 1.0) -> np.ndarray:
    """c_out / c_in at which groups that seek each other have this signal over noise; nan where none has.

    From c lambda^2 = snr with lambda = (1 - mu) / (1 + (k - 1) mu).
    """
    root = np.sqrt(np.asarray(mean_degree, float) / snr)
    return np.where(root >= 1, (root - 1) / (root + groups - 1), np.nan)


def rates(groups: int, mean_degree: float, mixing: float) -> tuple[float, float]:
    """c_in and c_out of a planted partition with this mean degree and c_out / c_in."""
    c_in = groups * mean_degree / (1 + (groups - 1) * mixing)
    return c_in, mixing * c_in


@cache
def _noise(groups: int) -> np.ndarray:
    """Standard normal draws (DRAWS, k), each with its mirror image."""
    half = np.random.default_rng(groups).standard_normal((DRAWS // 2, groups))
    return np.concatenate([half, -half])


def seen(groups: int, gamma: float) -> float:
    """How much of its group a vertex sees through noise of strength 1 / gamma: 0 nothing, 1 all."""
    noise = _noise(groups) * np.sqrt(gamma)
    rest = np.exp(noise[:, 1:] - noise[:, :1] - gamma).sum(1)
    return float((groups * (1 / (1 + rest)).mean() - 1) / (groups - 1))


def hard_from(groups: int) -> float:
    """Signal over noise from which exhaustive search finds k groups, for large degrees; 1: no hard band."""
    return HARD[groups - HARD_FROM] if groups >= HARD_FROM else 1.0


def searched_from(groups: int) -> float:
    """`hard_from`, computed by bisection, for 5 groups or more.

    The overlap m solves m = seen(k, k snr m). Of several solutions the one of greatest evidence is true, and
    the evidence of m over that of 0 is proportional to the area between the curve and the diagonal up to m;
    the threshold is the snr at which the greatest such area becomes positive.
    """
    gammas = np.linspace(0, 1.02 * groups, 161)
    curve = np.array([seen(groups, gamma) for gamma in gammas])
    low, high = 0.5, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        found = np.interp(groups * middle * CURVE, gammas, curve)
        area = np.cumsum(found - CURVE) * (CURVE[1] - CURVE[0])
        low, high = (low, middle) if area[10:].max() > 0 else (middle, high)
    return high
