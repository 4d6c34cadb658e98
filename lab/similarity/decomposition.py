"""Principal component analysis as the decomposition of similarity."""

from dataclasses import dataclass
from typing import Any

from .arrays import as_floats, epsilon, namespace, row_blocks, top_eigenpairs
from .kernels import SIMILARITIES, centre_gram, gram, gram_operator
from .krylov import leading_eigenpairs
from .routes import ROUTES

GRAM_LIMIT = 20_000  # the largest n for which an n x n matrix is ever made: 3.2 GB in float64
DENSE_LIMIT = (
    700  # up to this order a dense eigensolver beats the Krylov iteration (benchmarks/similarity.py)
)
ALIASES = {"poly": "polynomial"}


@dataclass(frozen=True, eq=False)
class Decomposition:
    """Scores, axes and spectrum of n samples in k dimensions.

    Attributes
    ----------
    scores : array of shape (n, k); column j has the variance ``explained_variance[j]``
    axes : array of shape (d, k), unit columns. For another similarity than the linear one an axis lives in
    the
        kernel's feature space; shown is its echo among the samples: the direction w that maximises cov(w.x,
        score).
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

    A dense eigensolver on the shorter side while that side is short, or while k asks for a large part of it
    (a Krylov basis would then be the whole space); otherwise products only.
    """
    m = min(n, d)
    dense = m <= DENSE_LIMIT or k > m // 8 or (d <= 1000 and n >= 10 * d)
    if dense and (m <= GRAM_LIMIT or d <= n):
        return "covariance" if d <= n else "gram"
    return "randomised"


def _linear(X, mean, k, route):
    n = X.shape[0]
    chosen = choose_route(*X.shape, k) if route == "auto" else route
    scores, axes, values = ROUTES[chosen](X, mean, k)
    if route == "auto" and _half_digits_lost(values, X):
        chosen, (scores, axes, values) = "svd", ROUTES["svd"](X, mean, k)
    total = sum(float((B * B).sum()) for B in row_blocks(X, mean))
    _check_spread(total, X, mean)
    return _result(X, scores, axes, values, total, mean, chosen, "linear", n)


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
    dense = n <= DENSE_LIMIT or k > n // 8
    chosen = {"auto": "gram" if n <= GRAM_LIMIT else "randomised"}.get(route, route)
    if chosen == "gram":
        G = gram(X, None, similarity, **kernel)
        G = centre_gram(G) if centre else G
        total = float(G.diagonal().sum())
        values, U = (
            top_eigenpairs(G, k) if dense else leading_eigenpairs(lambda Q: G @ Q, n, k, like=X, depth=40)
        )
    else:
        apply, total = gram_operator(X, similarity, centre, **kernel)
        values, U = leading_eigenpairs(apply, n, k, like=X, depth=40)
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
    if route == "gram" and n > GRAM_LIMIT:
        raise ValueError(
            f"{n} rows would need a {n} x {n} matrix, the limit is {GRAM_LIMIT}: take another route."
        )
    most = min(n, d) if similarity == "linear" else n
    if not 1 <= k <= most:
        raise ValueError(
            f"k = {k} axes were asked of {n} samples with {d} features: choose k from 1 to {most}."
        )


def _check_spread(total, X, mean):
    if total <= (epsilon(X) ** 2) * X.shape[0] * float((mean * mean).sum()):
        raise ValueError(f"All {X.shape[0]} rows are equal: there is no spread to decompose.")
