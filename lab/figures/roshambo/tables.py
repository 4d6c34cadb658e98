"""Tournaments and long matches: who takes how much from whom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress, scale


def draw_payoff(
    payoff: np.ndarray, error: np.ndarray, names: Sequence[str], rounds: int, colours: Palette
) -> go.Figure:
    """Mean scores as a heat map, best player on top; hover tells the standard error.

    Parameters
    ----------
    payoff, error : array of shape (players, players)
        In the order to draw.
    """
    figure = go.Figure(
        go.Heatmap(
            z=payoff,
            x=list(names),
            y=list(names),
            zmin=-rounds,
            zmax=rounds,
            colorscale=scale(colours.divergence),
            customdata=error,
            colorbar=dict(thickness=12, outlinewidth=0, title="score"),
            hovertemplate="%{y} against %{x}<br>%{z:.0f} ± %{customdata:.0f}<extra></extra>",
        )
    )
    dress(figure, colours, height=max(380, 150 + 19 * len(names)))
    figure.update_xaxes(tickangle=-60, fixedrange=True, showgrid=False, tickfont_size=12)
    figure.update_yaxes(autorange="reversed", fixedrange=True, showgrid=False, dtick=1, tickfont_size=12)
    return figure


def draw_ranking(
    returns: np.ndarray, errors: np.ndarray, worst: np.ndarray, names: Sequence[str], colours: Palette
) -> go.Figure:
    """Population return of each player with its standard error, and its worst loss as a mark.

    Parameters
    ----------
    returns, errors, worst : array of shape (players,)
        Best player first; ``worst`` is the exploitability.
    """
    figure = go.Figure()
    figure.add_bar(
        x=returns,
        y=list(names),
        orientation="h",
        name="mean score",
        marker=dict(color=colours.categories[0], line=dict(width=0)),
        error_x=dict(type="data", array=errors, color=colours.ink, thickness=1, width=2),
    )
    figure.add_scatter(
        x=-worst,
        y=list(names),
        mode="markers",
        name="worst opponent",
        marker=dict(symbol="line-ns-open", size=11, color=colours.accent, line=dict(width=2)),
    )
    dress(figure, colours, height=max(320, 110 + 19 * len(names)))
    figure.update_yaxes(autorange="reversed", fixedrange=True, dtick=1, tickfont_size=12, showgrid=False)
    figure.update_xaxes(title="score of a match", fixedrange=True)
    return figure


def draw_shares(shares: dict[str, np.ndarray], colours: Palette) -> go.Figure:
    """Win shares over time, with lines at 1/2, 2/3 and 1.

    Parameters
    ----------
    shares : dict of str to array of shape (rounds,)
        Not a number where there is none yet.
    """
    figure = go.Figure()
    for index, (name, share) in enumerate(shares.items()):
        figure.add_scatter(
            x=np.arange(1, len(share) + 1),
            y=share,
            mode="lines",
            name=name,
            line=dict(color=colours.categories[index % len(colours.categories)], width=2),
            hovertemplate=f"{name}<br>round %{{x}}: %{{y:.3f}}<extra></extra>",
        )
    for level, text in ((1 / 2, "1/2"), (2 / 3, "2/3"), (1, "1")):
        figure.add_hline(
            y=level,
            line=dict(color=colours.faint, width=1, dash="dot"),
            annotation=dict(text=text, font=dict(color=colours.faint), xanchor="right"),
        )
    dress(figure, colours, height=420)
    figure.update_xaxes(title="round", fixedrange=True)
    figure.update_yaxes(title="share", range=(0.2, 1.05), fixedrange=True)
    return figure


def draw_curves(scores: dict[str, np.ndarray], band: np.ndarray, colours: Palette) -> go.Figure:
    """Scores over the rounds, above the band that luck stays in.

    Parameters
    ----------
    scores : dict of str to array of shape (rounds,)
    band : array of shape (rounds,)
    """
    figure = go.Figure()
    rounds = np.arange(1, len(band) + 1)
    figure.add_scatter(
        x=np.concatenate([rounds, rounds[::-1]]),
        y=np.concatenate([band, -band[::-1]]),
        fill="toself",
        mode="none",
        fillcolor=colours.line,
        name="luck",
        hoverinfo="skip",
    )
    for index, (name, score) in enumerate(scores.items()):
        figure.add_scatter(
            x=rounds,
            y=score,
            mode="lines",
            name=name,
            line=dict(color=colours.categories[index % len(colours.categories)], width=1.8),
        )
    dress(figure, colours, height=360)
    figure.update_xaxes(title="round", fixedrange=True)
    figure.update_yaxes(title="score", fixedrange=True)
    return figure
