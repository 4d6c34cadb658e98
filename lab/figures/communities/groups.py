"""Partitions: evidence for each number of groups, flows from truth to found, profiles of vertices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress, veil


def draw_evidence(
    evidence: Mapping[str, Mapping[int, float]], marks: Mapping[str, int], colours: Palette
) -> go.Figure:
    """Evidence of each number of groups less that of one group, a curve for each graph.

    Parameters
    ----------
    evidence : mapping of str to mapping of int to float
        Nats by number of groups.
    marks : mapping of str to int
        Numbers of groups that others say, as vertical lines.
    """
    figure = go.Figure()
    for number, (name, values) in enumerate(evidence.items()):
        ks = sorted(values)
        shown = np.array([values[k] for k in ks])
        shown = shown - values.get(1, shown.max(initial=0))
        top = int(shown.argmax()) if len(shown) else 0
        colour = colours.categories[number % len(colours.categories)]
        figure.add_scatter(
            x=ks,
            y=shown,
            mode="lines+markers",
            line=dict(color=colour, width=2.5, dash="solid" if not number else "dot"),
            marker=dict(size=[15 if place == top else 7 for place in range(len(ks))], color=colour),
            name=name,
            hovertemplate="%{x} groups: %{y:.1f} nats<extra></extra>",
        )
    heights: dict[int, int] = {}
    for name, place in marks.items():
        level = heights.get(place, 0)
        heights[place] = level + 1
        figure.add_vline(x=place, line=dict(color=colours.faint, width=1.2, dash="dash"))
        figure.add_annotation(
            x=place,
            y=0.02 + 0.09 * level,
            yref="paper",
            xanchor="left",
            text=f" {name}",
            showarrow=False,
            font=dict(color=colours.faint, size=13),
        )
    dress(figure, colours, height=380)
    figure.update_xaxes(title="number of groups", dtick=1, fixedrange=True)
    figure.update_yaxes(title="evidence, nats above one group", fixedrange=True)
    return figure


def draw_flow(table: np.ndarray, left: Sequence[str], right: Sequence[str], colours: Palette) -> go.Figure:
    """Vertices that go from each true group to each found one, as an alluvial diagram.

    Parameters
    ----------
    table : int array of shape (true groups, found groups)
    left, right : sequence of str
    """
    rows, columns = np.nonzero(table)
    tints = [colours.categories[row % len(colours.categories)] for row in range(len(left))]
    figure = go.Figure(
        go.Sankey(
            arrangement="fixed",
            textfont=dict(color=colours.ink, size=14, shadow="none"),
            node=dict(
                label=[*left, *right],
                color=[*tints, *[colours.faint] * len(right)],
                pad=10,
                thickness=14,
                line=dict(width=0),
                hovertemplate="%{label}: %{value} vertices<extra></extra>",
            ),
            link=dict(
                source=rows,
                target=len(left) + columns,
                value=table[rows, columns],
                color=[veil(tints[row], 0.4) for row in rows],
                hovertemplate="%{value} vertices<extra></extra>",
            ),
        )
    )
    dress(figure, colours, height=380)
    figure.update_layout(margin=dict(l=8, r=8, t=8, b=8))
    return figure


def draw_profile(
    scores: np.ndarray, group: np.ndarray, cutoff: float, vertex: int, colours: Palette
) -> go.Figure:
    """z-scores of one row, vertex by vertex in the order of the groups, with the cutoff.

    Parameters
    ----------
    scores : array of shape (n,)
        In the order to draw.
    group : int array of shape (n,)
        Colours.
    cutoff : float
    vertex : int
        Place of the vertex itself.
    """
    figure = go.Figure()
    for name in np.unique(group):
        places = np.flatnonzero(group == name)
        figure.add_bar(
            x=places,
            y=scores[places].round(3),
            marker=dict(color=colours.categories[name % len(colours.categories)], line=dict(width=0)),
            name=f"group {name + 1}",
            hovertemplate="z = %{y:.2f}<extra></extra>",
        )
    figure.add_hline(y=cutoff, line=dict(color=colours.accent, width=1.5, dash="dot"))
    figure.add_scatter(
        x=[vertex],
        y=[float(scores[vertex])],
        mode="markers",
        marker=dict(symbol="star", size=12, color=colours.ink),
        name="the vertex itself",
    )
    dress(figure, colours, height=280)
    figure.update_xaxes(title="vertices, in the order of the hidden groups", fixedrange=True, showgrid=False)
    figure.update_yaxes(title="z-score", fixedrange=True)
    figure.update_layout(bargap=0, barmode="overlay", showlegend=len(np.unique(group)) <= 8)
    return figure


def draw_sweeps(curves: Mapping[str, np.ndarray], chosen: int, colours: Palette) -> go.Figure:
    """What changes from sweep to sweep, and the sweep that is shown.

    Parameters
    ----------
    curves : mapping of str to array of shape (sweeps,)
        Between 0 and 1, or about so.
    chosen : int
    """
    figure = go.Figure()
    for number, (name, values) in enumerate(curves.items()):
        figure.add_scatter(
            x=np.arange(len(values)),
            y=values,
            mode="lines",
            line=dict(color=colours.categories[number], width=2.2),
            name=name,
        )
    figure.add_vline(x=chosen, line=dict(color=colours.accent, width=1.5))
    dress(figure, colours, height=350)
    figure.update_xaxes(title="sweep", fixedrange=True)
    figure.update_yaxes(fixedrange=True, rangemode="tozero")
    return figure
