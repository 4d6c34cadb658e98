"""The steps of the derivation, each as a question to samples and its answer."""

from dataclasses import dataclass

import numpy as np

from .decomposition import Decomposition, decompose
from .kernels import gram
from .parallel import ParallelAnalysis, parallel_analysis
from .scaling import Recovered, flat_map, great_circle, recover_map
from .theorems import EckartYoung, align, eckart_young, total_similarity

MOST_SAMPLES = 240  # a heat map of more is finer than a screen
MOST_ROWS = 3_000
MOST_PRODUCTS = 4e9  # of a step that takes three roads: some seconds
SHUFFLED_CELLS = 400_000  # of the part that parallel analysis reads of a wide table
FEWEST_ROWS = 200
SHUFFLES = 20
ROADS = ("covariance", "gram", "svd")


@dataclass(frozen=True, eq=False)
class Turned:
    """A direction beside all others: its total squared similarity, and the most there can be.

    ``X`` (n, 2) is centred; ``angles`` (181,) in degrees with their ``similarity``; ``peak`` in [0, 180).
    """

    X: np.ndarray
    angle: float
    here: float
    angles: np.ndarray
    similarity: np.ndarray
    most: float
    peak: float


@dataclass(frozen=True, eq=False)
class Compared:
    """The Gram matrix of (at most 240) samples and its best approximation of rank k.

    ``sample`` (m,) are rows of the table, ``scores`` (m, r) lie on all their axes, r at least 2.
    """

    sample: np.ndarray
    scores: np.ndarray
    k: int
    found: EckartYoung


@dataclass(frozen=True, eq=False)
class Met:
    """Scores of the three roads, turned to the same signs, and how far each is from the SVD's.

    ``scores`` maps road to (n, k), ``eigenvalues`` to (k,), ``off`` to the largest difference as a share of
    the largest score.
    """

    scores: dict[str, np.ndarray]
    eigenvalues: dict[str, np.ndarray]
    off: dict[str, float]


@dataclass(frozen=True, eq=False)
class Displaced:
    """Axes of a cloud (n, 2) whose mean is away from zero, without centring and with it."""

    X: np.ndarray
    plain: Decomposition
    centred: Decomposition

    @property
    def off(self) -> float | None:
        """Degrees between the mean and the first axis found without centring; None for a mean of zero."""
        mean = self.X.mean(0)
        length = float(np.linalg.norm(mean))
        if length < 1e-9:
            return None
        along = abs(float(self.plain.axes[:, 0] @ mean)) / length
        return float(np.degrees(np.arccos(min(1.0, along))))


@dataclass(frozen=True, eq=False)
class Bent:
    """Samples (n, d) and their scores under some similarity."""

    X: np.ndarray
    found: Decomposition


@dataclass(frozen=True, eq=False)
class Mapped:
    """Places recovered from their distances, in km, and the same places on a flat map of the globe (n, 2)."""

    names: tuple[str, ...]
    found: Recovered
    reference: np.ndarray


@dataclass(frozen=True, eq=False)
class Analysed:
    """Samples on their axes, of which k are kept, and what chance would have made of the spectrum.

    ``read`` are the rows, evenly spread, that parallel analysis and its spectrum are about.
    """

    X: np.ndarray
    k: int
    found: Decomposition
    chance: ParallelAnalysis
    read: int


def turn(X, angle) -> Turned:
    """Step 1: samples (n, 2) seen from a direction at so many degrees."""
    X = X - X.mean(0)
    found, angles = decompose(X, 2), np.arange(0.0, 181.0)
    w = np.radians(np.append(angles, angle))
    similarity = total_similarity(X, np.column_stack([np.cos(w), np.sin(w)]))
    first = found.axes[:, 0]
    peak = float(np.degrees(np.arctan2(first[1], first[0])) % 180)
    most = float(found.explained_variance[0]) * (len(X) - 1)
    return Turned(X, angle, float(similarity[-1]), angles, similarity[:-1], most, peak)


def compare(X, k) -> Compared:
    """Step 2: the Gram matrix and its approximation by k axes."""
    sample = np.unique(np.linspace(0, len(X) - 1, min(len(X), MOST_SAMPLES)).astype(int))
    known = decompose(X[sample], min(len(sample), X.shape[1])).scores
    scores = np.zeros((len(sample), max(2, known.shape[1])))
    scores[:, : known.shape[1]] = known
    return Compared(sample, scores, k, eckart_young(gram(X[sample]), k))


def meet(X, k=6) -> Met:
    """Step 3: the same scores on three roads."""
    n, d = X.shape
    k = min(k, n, d)
    most = int(max(MOST_PRODUCTS / n**2, min(n, (MOST_PRODUCTS / n) ** 0.5)))
    if n <= MOST_ROWS and d > most:
        raise ValueError(
            f"Three roads through {n} rows and {d} columns take too long: choose at most {most} columns."
        )
    if n > MOST_ROWS or k < 2:
        raise ValueError(
            f"This step compares three roads on a table of 2 to {MOST_ROWS} rows and at least 2 columns; "
            f"this one has {n} rows and {d} columns: choose another table."
        )
    found = {road: decompose(X, k, route=road) for road in ROADS}
    reference = found["svd"].scores
    scores = {road: align(each.scores, reference) for road, each in found.items()}
    size = float(np.abs(reference).max())
    off = {road: float(np.abs(each - reference).max()) / size for road, each in scores.items()}
    return Met(scores, {road: each.explained_variance * (n - 1) for road, each in found.items()}, off)


def displace(X, distance, toward) -> Displaced:
    """Step 4: the cloud X with its mean moved to a distance from zero, toward so many degrees."""
    way = np.radians(toward)
    X = X - X.mean(0) + distance * np.array([np.cos(way), np.sin(way)])
    return Displaced(X, decompose(X, 2, centre=False), decompose(X, 2))


def bend(X, similarity, **kernel) -> Bent:
    """Step 5: samples on the first two axes of another similarity."""
    return Bent(X, decompose(X, 2, similarity=similarity, **kernel))


def chart(names, places) -> Mapped:
    """Step 5, distances only: places (n, 2) in degrees, recovered from their distances over the globe."""
    return Mapped(names, recover_map(great_circle(*places.T)), flat_map(places))


def analyse(X, k, seed=0) -> Analysed:
    """Step 6: samples on k axes (three at least where there are as many), and parallel analysis.

    The parallel analysis of a long or wide table reads some rows of it, evenly spread.
    """
    found = decompose(X, max(k, min(3, *X.shape)))
    read = min(len(X), MOST_ROWS, max(FEWEST_ROWS, SHUFFLED_CELLS // X.shape[1]))
    rows = np.linspace(0, len(X) - 1, read).astype(int)
    chance = parallel_analysis(X[rows], np.random.default_rng(seed), SHUFFLES)
    return Analysed(X, k, found, chance, read)
