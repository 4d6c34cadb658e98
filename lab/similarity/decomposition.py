"""Principal component analysis as the decomposition of similarity."""

from dataclasses import dataclass
from typing import Any

from .arrays import as_floats, epsilon, namespace
from .dense import top_eigenpairs
from .kernels import SIMILARITIES, centre_gram, gram, gram_operator
from .krylov import leading_eigenpairs
from .routes import ROUTES, attempt

GRAM_LIMIT = 20_000  # the largest order of which a square matrix is ever made: 3.2 GB in float64
SQUARE_LIMIT = 1_000  # up to this order the square matrix is made at once (benchmarks/similarity.py)
ROUND_LIMIT = 2_500  # the same where the table is less than twice as long as wide
PATIENCE = 4  # blocks of Krylov iteration that tell whether a spectrum decays
ALIASES = {"poly": "polynomial"}


@dataclass(frozen=True, eq=False)
class Decomposition:
    """Scores, axes and spectrum of n samples in k dimensions.

    Attributes
    ----------
    scores : array of shape (n, k); column j has the variance ``explained_variance[j]``
    axes : array of shape (d, k), unit columns. For another similarity than the linear one an axis lives in
        the kernel's feature space; given is its echo among the samples: the unit direction w that maximises
        the covariance of w.x with the axis' scores, B's / |B's| for scores s and centred samples B (zero
        where they are uncorrelated). For the linear similarity that is the axis itself.
    explained_variance : array of shape (k,), eigenvalue / (n - 1), descending
    total_variance : float, trace / (n - 1); the sum of *all* explained variances
    mean : array of shape (d,), what was taken off every sample (zero without centring)
    route : str, the road that was taken
    similarity : str
    """

    scores: Any
    axes: Any
    explained_variance: Any
    total_variance: float
    mean: Any
    route: str
    similarity: str

    @property
    def explained_variance_ratio(self):
        """Share of each axis in the total, (k,)."""
        return self.explained_variance / self.total_variance

    def rebuild(self, k=None):
        """The samples seen through the first k axes, (n, d): best of rank k for linear similarity."""
        return self.scores[:, :k] @ self.axes[:, :k].T + self.mean


def decompose(X, k, centre=True, similarity="linear", route="auto", **kernel) -> Decomposition:
    """The k directions that keep most of the similarity of samples, and the samples' coordinates on them.

    Parameters
    ----------
    X : numpy array or torch tensor of shape (n, d); stays on its device, float32 and float64 are kept
    k : int, 1 <= k <= min(n, d); for another similarity 1 <= k <= n
    centre : bool, take the mean off first (off the kernel's features for another similarity)
    similarity : {"linear", "cosine", "polynomial", "rbf"}
    route : {"auto", "covariance", "gram", "svd", "randomised"}; others know "gram" and "randomised"
    **kernel : ``gamma``, ``degree``, ``offset`` of :func:`lab.similarity.gram`

    Returns
    -------
    Decomposition
        Signs are fixed: the entry of largest size in each axis is positive.

    Raises
    ------
    ValueError
        Where X is not a finite table of at least two different rows, or k, similarity or route do not fit.

    Source: Pearson (1901); Hotelling (1933); Schoelkopf, Smola & Mueller (1998) for kernels.
    """
    X, similarity, route = as_floats(X), ALIASES.get(similarity, similarity), route.lower()
    _check(X, k, similarity, route)
    mean = X.mean(0)
    if not bool(namespace(X).isfinite(mean).all()):
        raise ValueError("Some numbers are missing or infinite: drop those rows or fill the gaps first.")
    mean = mean if centre else 0 * mean
    if similarity == "linear":
        return _linear(X, mean, k, route)
    return _kernel(X, mean, k, centre, similarity, route, kernel)


def choose_route(n, d, k):
    """The cheapest road by shape alone, for the linear similarity.

    The square matrix of the shorter side while that side is short, or while k asks for a large part of it (a
    Krylov basis would then be the whole space); otherwise products only, if the spectrum decays.
    """
    m, long = min(n, d), max(n, d)
    short = m <= SQUARE_LIMIT or (m <= ROUND_LIMIT and long < 2 * m)
    if m <= GRAM_LIMIT and (short or 8 * k > m):
        return "covariance" if d <= n else "gram"
    return "randomised"


def _linear(X, mean, k, route):
    n = X.shape[0]
    chosen, found = _by_shape(X, mean, k) if route == "auto" else (route, ROUTES[route](X, mean, k))
    if route == "auto" and _half_digits_lost(found[2], X):
        chosen, found = "svd", ROUTES["svd"](X, mean, k)
    scores, axes, values, total = found
    _check_spread(total, X, mean)
    return _result(X, scores, axes, values, total, mean, chosen, "linear", n)


def _by_shape(X, mean, k):
    """The chosen road and what was found on it; a Krylov iteration that converges slowly is left early.

    On noise it would take hundreds of products, and stopped before it has converged it is wrong: the square
    matrix is then cheaper, where one may be made.
    """
    n, d = X.shape
    chosen = choose_route(n, d, k)
    if chosen != "randomised" or min(n, d) > GRAM_LIMIT:
        return chosen, ROUTES[chosen](X, mean, k)
    if found := attempt(X, mean, k, PATIENCE):
        return chosen, found
    square = "covariance" if d <= n else "gram"
    return square, ROUTES[square](X, mean, k)


def _half_digits_lost(values, X):
    """True where the smallest eigenvalue is so small that squaring the samples has blurred its axis.

    An eigenvalue of zero (a constant column) has no axis to blur; there the SVD is taken only where it is
    cheap.
    """
    share = float(values[-1]) / (float(values[0]) or 1.0)
    cheap = X.shape[0] * X.shape[1] * min(X.shape) < 1e9
    return share < epsilon(X) ** 0.5 and (share > 0 or cheap)


def _kernel(X, mean, k, centre, similarity, route, kernel):
    n = X.shape[0]
    chosen = {"auto": "gram" if n <= GRAM_LIMIT else "randomised"}.get(route, route)
    if chosen == "gram":
        G = gram(X, None, similarity, **kernel)
        G = centre_gram(G) if centre else G
        total = float(G.diagonal().sum())
        values, U = top_eigenpairs(G, k)
    else:
        apply, total = gram_operator(X, similarity, centre, **kernel)
        found = leading_eigenpairs(apply, n, k, like=X)
        values, U = found.values, found.vectors
    echo = X.T @ U - mean[:, None] * U.sum(0)[None, :]  # (d, k)
    length = (echo * echo).sum(0) ** 0.5
    axes = echo / (length + (length == 0))
    return _result(X, U * values**0.5, axes, values, total, mean, chosen, similarity, n)


def _result(X, scores, axes, values, total, mean, route, similarity, n):
    xp = namespace(X)
    largest = xp.take_along_axis if xp.__name__ == "numpy" else xp.take_along_dim
    sign = xp.sign(largest(axes, xp.abs(axes).argmax(0)[None, :], 0))  # (1, k)
    sign = sign + (sign == 0)
    return Decomposition(
        scores * sign, axes * sign, values / (n - 1), total / (n - 1), mean, route, similarity
    )


def _check(X, k, similarity, route):
    if X.ndim != 2:
        raise ValueError(f"The samples have {X.ndim} dimensions: give a table of shape (samples, features).")
    n, d = X.shape
    if n < 2 or d < 1:
        raise ValueError(f"The table has {n} rows and {d} columns: at least 2 rows and 1 column are needed.")
    if similarity not in SIMILARITIES:
        raise ValueError(
            f"The similarity {similarity!r} is unknown: choose one of {', '.join(SIMILARITIES)}."
        )
    roads = ("auto", *ROUTES) if similarity == "linear" else ("auto", "gram", "randomised")
    if route not in roads:
        raise ValueError(
            f"The route {route!r} is unknown for {similarity} similarity: choose one of {', '.join(roads)}."
        )
    order = {"gram": n, "covariance": d}.get(route, 0)
    if order > GRAM_LIMIT:
        raise ValueError(
            f"The route {route!r} would need a {order} x {order} matrix, the limit is {GRAM_LIMIT}: "
            "take another route."
        )
    most = min(n, d) if similarity == "linear" else n
    if not 1 <= k <= most:
        raise ValueError(
            f"k = {k} axes were asked of {n} samples with {d} features: choose k from 1 to {most}."
        )


def _check_spread(total, X, mean):
    if total <= (epsilon(X) ** 2) * X.shape[0] * float((mean * mean).sum()):
        raise ValueError(f"All {X.shape[0]} rows are equal: there is no spread to decompose.")
