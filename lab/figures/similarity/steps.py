"""Each step of the derivation as its figures, by name; the page, the files and the notebook draw the same."""

from __future__ import annotations

from functools import singledispatch

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import LIGHT, Palette
from lab.similarity.steps import Analysed, Bent, Compared, Displaced, Mapped, Met, Turned
from lab.tables import Groups, Table

from .cloud import draw_cloud, draw_sweep
from .digits import FULL, SIDE, draw_digit
from .heat import draw_errors, draw_gram, order_by
from .maps import draw_map
from .scores import draw_biplot, draw_routes, draw_scores, draw_scores_3d
from .spectrum import draw_cumulative, draw_scree

Figures = dict[str, go.Figure]
ROADS = {"covariance": "from C = XᵀX", "gram": "from G = XXᵀ", "svd": "from X = USVᵀ"}
ORIGIN = np.zeros(2)


@singledispatch
def draw(result, table: Table | None = None, colours: Palette = LIGHT, **choices) -> Figures:
    """The figures of a step.

    Parameters
    ----------
    result : one of the results of ``lab.similarity.steps``
    table : Table, optional
        Whose texts colour the samples and whose columns name the arrows.
    **choices : ``colour`` (a text column), ``view`` (biplot, plane or space), ``sample`` (a digit)
    """
    raise TypeError(f"There is no figure of {type(result).__name__}.")


@draw.register
def _(result: Turned, table=None, colours=LIGHT, **choices):
    angle, here = result.angle, result.here
    return {
        "cloud": draw_cloud(result.X, angle, colours, ORIGIN),
        "sweep": draw_sweep(result.angles, result.similarity, angle, here, result.peak, colours),
    }


@draw.register
def _(result: Compared, table=None, colours=LIGHT, colour=None, lit=None, **choices):
    groups = groups_of(table, len(result.sample), colour, result.sample)
    order = order_by(groups.codes, result.scores[:, 0])
    return {
        "heat": draw_gram(result.found, order, colours, lit),
        "scatter": draw_scores(result.scores, groups, colours, lit=lit),
        "errors": draw_errors(result.found.eigenvalues, result.k, result.found.measured, colours),
    }


@draw.register
def _(result: Met, table=None, colours=LIGHT, colour=None, **choices):
    named = {ROADS[road]: scores for road, scores in result.scores.items()}
    n = len(next(iter(named.values())))
    return {"roads": draw_routes(named, groups_of(table, n, colour), colours)}


@draw.register
def _(result: Displaced, table=None, colours=LIGHT, **choices):
    drawn = {}
    for name, found, origin in (
        ("not centred", result.plain, ORIGIN),
        ("centred", result.centred, result.X.mean(0)),
    ):
        drawn[name] = draw_cloud(result.X, first_angle(found.axes), colours, origin, found.axes)
    return drawn


@draw.register
def _(result: Bent, table=None, colours=LIGHT, colour=None, **choices):
    groups = groups_of(table, len(result.X), colour)
    return {
        "samples": draw_scores(result.X, groups, colours, names=("x", "y")),
        "scores": draw_scores(result.found.scores, groups, colours),
    }


@draw.register
def _(result: Mapped, table=None, colours=LIGHT, **choices):
    return {"map": draw_map(result.names, result.found.points, result.reference, colours)}


@draw.register
def _(result: Analysed, table=None, colours=LIGHT, colour=None, view="biplot", sample=None, **choices):
    ratio = result.chance.eigenvalues / result.chance.eigenvalues.sum()
    drawn = {
        "scree": draw_scree(result.chance, colours),
        "cumulative": draw_cumulative(ratio, result.k, colours),
    }
    groups, found = groups_of(table, len(result.X), colour), result.found
    if found.scores.shape[1] > 1:
        drawn["scores"] = _view(view, found, table, groups, colours)
    if sample is not None and result.X.shape[1] == SIDE * SIDE:
        drawn["digit"] = draw_digit(rebuilt(result, sample), colours)
    return drawn


def _view(view, found, table, groups, colours):
    if view == "space" and found.scores.shape[1] > 2:
        return draw_scores_3d(found.scores, groups, colours)
    if view == "biplot":
        names = list(table.columns) if table else [f"column {i + 1}" for i in range(len(found.axes))]
        return draw_biplot(found, names, groups, colours)
    return draw_scores(found.scores, groups, colours, share=found.explained_variance_ratio)


def rebuilt(result: Analysed, sample: int) -> dict[str, np.ndarray]:
    """A digit as written, from its k scores, and the mean of all, each (64,) with 16 levels of ink."""
    back = result.found.rebuild(result.k)[sample]
    axes = "1 axis" if result.k == 1 else f"{result.k} axes"
    return {
        "as written": result.X[sample],
        f"from {axes}": back.clip(0, FULL),
        "the mean digit": result.found.mean,
    }


def groups_of(table: Table | None, n: int, colour: str | None = None, rows=None) -> Groups:
    """Groups of the samples, of some rows of the table where these are named."""
    if table is None:
        return Groups(np.zeros(n, dtype=int), ("all",))
    groups = table.groups(colour)
    return groups if rows is None else Groups(groups.codes[rows], groups.names)


def first_angle(axes: np.ndarray) -> float:
    """Degrees of the first of the axes (2, k), in [0, 180)."""
    return float(np.degrees(np.arctan2(axes[1, 0], axes[0, 0])) % 180)


def on_paper(figures: Figures) -> list[list[go.Figure]]:
    """The figures in the rows of a plate: wide ones alone, others in pairs; a view in space is left out."""
    flat = {name: figure for name, figure in figures.items() if figure.data[0].type != "scatter3d"}
    wide = {"heat", "roads", "map", "digit"} | ({"scores"} if "scree" in flat else set())
    rows, pair = [], []
    for name, figure in flat.items():
        if name in wide:
            rows.append([figure])
            continue
        pair.append(figure)
        if len(pair) == 2:
            rows.append(pair)
            pair = []
    return [*rows, pair] if pair else rows
