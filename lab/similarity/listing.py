"""The numbers behind each step as a table with a header, for a file."""

from functools import singledispatch

import numpy as np

from .steps import Analysed, Bent, Compared, Displaced, Mapped, Met, Turned


@singledispatch
def listing(result, labels=None) -> list[list]:
    """A header and rows of plain numbers and texts; ``labels`` (n,) name the samples' groups."""
    raise TypeError(f"There is no listing of {type(result).__name__}.")


@listing.register
def _(result: Turned, labels=None):
    pairs = zip(result.angles.tolist(), result.similarity.tolist(), strict=True)
    return [["angle", "total squared similarity"], *map(list, pairs)]


@listing.register
def _(result: Compared, labels=None):
    squares = result.found.eigenvalues**2
    lost = np.append(np.cumsum(squares[::-1])[::-1], 0.0)
    header = ["k", "eigenvalue", "squared error of G_k by the theorem"]
    values = [None, *result.found.eigenvalues.tolist()]
    return [
        header,
        *([k, value, float(error)] for k, (value, error) in enumerate(zip(values, lost, strict=True))),
    ]


@listing.register
def _(result: Met, labels=None):
    roads = list(result.scores)
    k = next(iter(result.scores.values())).shape[1]
    header = [f"axis {i + 1}, {road}" for road in roads for i in range(k)]
    return _named(header, np.hstack([result.scores[road] for road in roads]), labels)


@listing.register
def _(result: Displaced, labels=None):
    rows: list[list[str | float]] = [["first axis", "x", "y", "explained variance"]]
    for name, found in (("not centred", result.plain), ("centred", result.centred)):
        rows.append([name, *found.axes[:, 0].tolist(), float(found.explained_variance[0])])
    return rows


@listing.register
def _(result: Bent, labels=None):
    return _named(["axis 1", "axis 2"], result.found.scores, labels)


@listing.register
def _(result: Mapped, labels=None):
    return _named(["axis 1 (km)", "axis 2 (km)"], result.found.points, result.names, "place")


@listing.register
def _(result: Analysed, labels=None):
    return _named([f"axis {i + 1}" for i in range(result.k)], result.found.scores[:, : result.k], labels)


def _named(header, X, labels, what="group"):
    """Rows of X under their header, with a first column of labels where there are any."""
    rows = np.asarray(X).tolist()
    if labels is None:
        return [header, *rows]
    return [[what, *header], *([str(label), *row] for label, row in zip(labels, rows, strict=True))]
