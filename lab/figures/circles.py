"""Ego networks with their circles as soft hulls, and what each step of the recipe scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress, veil


@dataclass(frozen=True, eq=False)
class Hull:
    """A circle as it is drawn.

    Attributes
    ----------
    title : str
    outlines : list of ndarray of shape (m, 2)
        Closed, the inside on their left.
    colour : int
        Place among the palette's categories; -1: a circle that has no partner.
    members : frozenset of int
    """

    title: str
    outlines: list[np.ndarray]
    colour: int
    members: frozenset[int]


def tint(colours: Palette, number: int) -> str:
    """Colour of a circle."""
    return colours.faint if number < 0 else colours.categories[number % len(colours.categories)]


def draw_ego(
    spots: np.ndarray,
    edges: np.ndarray,
    names: Sequence[str],
    hulls: Sequence[Hull],
    reach: float,
    colours: Palette,
    height: int = 560,
) -> go.Figure:
    """Friends as points, friendships as hairlines, circles as soft hulls.

    Parameters
    ----------
    spots : array of shape (n, 2)
    edges : int array of shape (m, 2)
    names : sequence of str, length n
    hulls : sequence of Hull
    reach : float
        Half the side of the square that is shown.
    """
    figure = go.Figure()
    for each in sorted(hulls, key=lambda each: -len(each.members)):
        colour = tint(colours, each.colour)
        broken = [np.concatenate([ring, np.full((1, 2), np.nan)]) for ring in each.outlines]
        ends = np.concatenate(broken).round(3) if broken else np.empty((0, 2))
        figure.add_scatter(
            x=ends[:, 0],
            y=ends[:, 1],
            mode="lines",
            fill="toself",
            fillcolor=veil(colour, 0.17),
            line=dict(color=veil(colour, 0.85), width=1.6),
            name=each.title,
            hoverinfo="skip",
        )
    _friendships(figure, spots, edges, colours)
    _friends(figure, spots, edges, names, hulls, colours)
    dress(figure, colours, height)
    figure.update_xaxes(visible=False, range=(-reach, reach), fixedrange=True)
    figure.update_yaxes(visible=False, range=(-reach, reach), fixedrange=True, scaleanchor="x")
    figure.update_layout(margin=dict(l=0, r=0, t=0, b=0), showlegend=False, hovermode="closest")
    return figure


def _friendships(figure: go.Figure, spots: np.ndarray, edges: np.ndarray, colours: Palette) -> None:
    ends = np.full((len(edges), 3, 2), np.nan)
    ends[:, :2] = spots[edges]
    figure.add_scatter(
        x=ends[:, :, 0].ravel(),
        y=ends[:, :, 1].ravel(),
        mode="lines",
        line=dict(color=veil(colours.ink, 0.55 if len(edges) < 150 else 0.2), width=0.7),
        hoverinfo="skip",
        name="friendships",
    )


def _friends(figure, spots, edges, names, hulls, colours) -> None:
    count = len(names)
    circles = [[each.title for each in hulls if friend in each.members] for friend in range(count)]
    first = [next((each.colour for each in hulls if friend in each.members), None) for friend in range(count)]
    degree = np.bincount(edges.ravel(), minlength=count)
    told = [
        f"{name}<br>{known} friends here<br>{', '.join(inside) or 'in no circle'}"
        for name, known, inside in zip(names, degree, circles, strict=True)
    ]
    figure.add_scatter(
        x=spots[:, 0],
        y=spots[:, 1],
        mode="markers" if count > 40 else "markers+text",
        text=None if count > 40 else list(names),
        textposition="top center",
        textfont=dict(size=12, color=colours.ink),
        marker=dict(
            size=np.clip(5 + 1.1 * np.sqrt(degree), 6, 14),
            color=[colours.paper if number is None else tint(colours, number) for number in first],
            line=dict(
                color=[colours.faint if number is None else colours.paper for number in first], width=1.2
            ),
        ),
        customdata=told,
        hovertemplate="%{customdata}<extra></extra>",
        name="friends",
    )


def draw_ladder(
    titles: Sequence[str], scores: Sequence[int], taken: Sequence[bool], nothing: int, colours: Palette
) -> go.Figure:
    """Edits left after each step, beside the line of guessing nothing.

    Parameters
    ----------
    titles : sequence of str
        Steps, first on top.
    scores : sequence of int
    taken : sequence of bool
        Steps that were left out are pale.
    nothing : int
    """
    figure = go.Figure()
    colour = [colours.categories[0] if used else veil(colours.categories[0], 0.3) for used in taken]
    figure.add_bar(
        x=list(scores),
        y=list(titles),
        orientation="h",
        marker=dict(color=colour, line=dict(width=0)),
        text=[str(score) for score in scores],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{x} edits<extra></extra>",
        name="edits",
    )
    figure.add_vline(x=nothing, line=dict(color=colours.accent, width=2, dash="dot"))
    figure.add_annotation(
        x=nothing,
        y=1.0,
        yref="paper",
        yanchor="bottom",
        xanchor="right",
        text=f"guess nothing: {nothing}",
        showarrow=False,
        font=dict(color=colours.accent),
    )
    dress(figure, colours, height=70 + 34 * len(titles))
    figure.update_yaxes(autorange="reversed", fixedrange=True, showgrid=False)
    figure.update_xaxes(
        title="edits; fewer is better",
        fixedrange=True,
        range=(0, 1.12 * max(nothing, *scores, 1)),
    )
    figure.update_layout(showlegend=False, bargap=0.35)
    return figure
