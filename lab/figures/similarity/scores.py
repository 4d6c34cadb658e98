"""Samples on their principal axes: in the plane, in space, with the loadings, by three roads."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress, over, veil
from lab.similarity import Decomposition
from lab.tables import Groups

LOUDEST = 12  # loadings that are drawn
SVG_POINTS = 4_000


def draw_scores(
    scores: np.ndarray, groups: Groups, colours: Palette, axes=(0, 1), lit=None, share=None, names=None
) -> go.Figure:
    """Scores on two axes, one trace per group; the brush selects.

    Parameters
    ----------
    scores : array of shape (n, k)
    lit : int array, optional
        Samples that are lit; all others fade.
    share : array of shape (k,), optional
        Explained variance ratio, told beside the axes.
    names : pair of str, optional
        What is said along the axes instead of their numbers.
    """
    a, b = axes
    kind = go.Scatter if len(scores) <= SVG_POINTS else go.Scattergl
    figure = go.Figure()
    for code, name in enumerate(groups.names):
        own = np.flatnonzero(groups.codes == code)
        trace = kind(
            x=scores[own, a],
            y=scores[own, b],
            customdata=own,
            mode="markers",
            name=name,
            marker=dict(color=_colour(colours, code), size=7, opacity=0.8),
            hovertemplate=f"{name}, sample %{{customdata}}<br>(%{{x:.3g}}, %{{y:.3g}})<extra></extra>",
            unselected=dict(marker=dict(opacity=0.12)),
            showlegend=len(groups.names) > 1,
        )
        if lit is not None:
            trace.selectedpoints = np.flatnonzero(np.isin(own, lit))
        figure.add_trace(trace)
    dress(figure, colours, height=440)
    across, up = names or (_title(a, share), _title(b, share))
    figure.update_xaxes(title=across, fixedrange=True)
    figure.update_yaxes(title=up, fixedrange=True)
    figure.update_layout(dragmode="select")
    return figure


def draw_scores_3d(scores: np.ndarray, groups: Groups, colours: Palette) -> go.Figure:
    """Scores on the first three axes, to be turned with the hand."""
    figure = go.Figure()
    for code, name in enumerate(groups.names):
        own = groups.codes == code
        figure.add_trace(
            go.Scatter3d(
                x=scores[own, 0],
                y=scores[own, 1],
                z=scores[own, 2],
                mode="markers",
                name=name,
                marker=dict(color=_colour(colours, code), size=3.5, opacity=0.85),
                showlegend=len(groups.names) > 1,
            )
        )
    dress(figure, colours, height=520)
    axis = dict(
        backgroundcolor=colours.paper,
        gridcolor=colours.line,
        color=colours.faint,
        zerolinecolor=colours.line,
        nticks=5,
        tickfont=dict(size=11),
    )
    away = dict(eye=dict(x=1.6, y=1.6, z=1.1), center=dict(x=0, y=0, z=-0.1))
    figure.update_layout(
        dragmode="orbit",
        scene=dict(camera=away)
        | {f"{name}axis": dict(title=f"axis {i}", **axis) for i, name in enumerate("xyz", start=1)},
    )
    return figure


def draw_biplot(
    found: Decomposition, names: list[str], groups: Groups, colours: Palette, lit=None
) -> go.Figure:
    """Scores as points (rows of US) and variables as arrows (rows of V): a factorisation of the samples.

    The product of a point and an arrow is the sample's value of that variable in the best approximation of
    rank two, so shadows on an arrow stand in the order of the values. All arrows are stretched by one factor
    to fill the plot; the longest are drawn.

    Source: Gabriel (1971), The biplot graphic display of matrices.
    """
    figure = draw_scores(found.scores, groups, colours, lit=lit, share=found.explained_variance_ratio)
    loadings = found.axes[:, :2]  # (d, 2)
    length = np.linalg.norm(loadings, axis=1)
    factor = 0.9 * np.abs(found.scores[:, :2]).max() / max(float(length.max()), 1e-12)
    arrow = dict(ax=0, ay=0, axref="x", ayref="y", xref="x", yref="y", arrowhead=2, arrowwidth=1.5, text="")
    arrow |= dict(showarrow=True, arrowcolor=colours.ink, opacity=0.75)
    name = dict(showarrow=False, font=dict(size=12, color=colours.ink), bgcolor=veil(colours.paper, 0.7))
    marks = []
    for feature in np.argsort(-length)[:LOUDEST]:
        x, y = loadings[feature] * factor
        marks += [dict(x=x, y=y, **arrow), dict(x=1.08 * x, y=1.08 * y, text=names[feature], **name)]
    figure.update_layout(height=560, annotations=marks)
    return figure


def draw_routes(named: dict[str, np.ndarray], groups: Groups, colours: Palette) -> go.Figure:
    """The same scores found by several roads, side by side on shared axes."""
    figure = go.Figure()
    width = 1 / len(named)
    for place, (route, scores) in enumerate(named.items()):
        axis = "" if place == 0 else str(place + 1)
        for code, name in enumerate(groups.names):
            own = groups.codes == code
            figure.add_scatter(
                x=scores[own, 0],
                y=scores[own, 1],
                xaxis=f"x{axis}",
                yaxis=f"y{axis}",
                mode="markers",
                marker=dict(color=_colour(colours, code), size=4.5, opacity=0.75),
                name=name,
                hoverinfo="skip",
                showlegend=False,
            )
        domain = (place * width, (place + 0.92) * width)
        figure.update_layout(
            {
                f"xaxis{axis}": dict(domain=domain, anchor=f"y{axis}", matches="x" if place else None),
                f"yaxis{axis}": dict(
                    anchor=f"x{axis}", matches="y" if place else None, showticklabels=place == 0
                ),
            }
        )
        figure.add_annotation(over(axis, route))
    dress(figure, colours, height=330)
    figure.update_xaxes(fixedrange=True)
    figure.update_yaxes(fixedrange=True)
    return figure


def _colour(colours, code):
    return colours.categories[code % len(colours.categories)]


def group_colours(groups: Groups, colours: Palette) -> list[str]:
    """A colour for each group."""
    return [_colour(colours, code) for code in range(len(groups.names))]


def _title(axis, share):
    return f"axis {axis + 1}" + (f" ({share[axis]:.1%})" if share is not None else "")
