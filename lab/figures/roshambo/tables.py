"""Tournaments and long matches: who takes how much from whom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress, scale


def draw_payoff(
    payoff: np.ndarray, error: np.ndarray, names: Sequence[str], rounds: int, colours: Palette
) -> go.Figure:
    """Mean scores as a heat map, best player on top; hover tells the opponent and the standard error.

    Columns are told by their place, which stands beside the name of the row.

    Parameters
    ----------
    payoff, error : array of shape (players, players)
        In the order to draw.
    """
    against = np.broadcast_to(np.array(names), payoff.shape)
    figure = go.Figure(
        go.Heatmap(
            z=payoff,
            x=list(range(1, len(names) + 1)),
            y=_numbered(names),
            text=against,
            zmin=-rounds,
            zmax=rounds,
            colorscale=scale(colours.divergence),
            customdata=error,
            colorbar=dict(thickness=12, outlinewidth=0, title="score"),
            hovertemplate="%{y} against %{text}<br>%{z:.0f} ± %{customdata:.0f}<extra></extra>",
        )
    )
    _in_rows(figure, len(names), colours)
    figure.update_xaxes(
        title="opponent, by place", showgrid=False, zeroline=False, tick0=1, dtick=_step(len(names))
    )
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
        y=_numbered(names),
        orientation="h",
        name="mean score",
        marker=dict(color=colours.categories[0], line=dict(width=0)),
        error_x=dict(type="data", array=errors, color=colours.ink, thickness=1, width=2),
    )
    figure.add_scatter(
        x=-worst,
        y=_numbered(names),
        mode="markers",
        name="worst opponent",
        marker=dict(symbol="line-ns-open", size=11, color=colours.accent, line=dict(width=2)),
    )
    _in_rows(figure, len(names), colours)
    figure.update_xaxes(title="score of a match")
    return figure


def _numbered(names: Sequence[str]) -> list[str]:
    """Names with their places."""
    return [f"{name}  {place}" for place, name in enumerate(names, start=1)]


def _step(players: int) -> int:
    """Every how many columns one is told its place."""
    return 1 if players <= 10 else 4


def _in_rows(figure: go.Figure, players: int, colours: Palette) -> None:
    """Give each player a row at the same height in every figure, so that they can stand side by side."""
    dress(figure, colours, height=max(260, 150 + 19 * players))
    figure.update_layout(margin=dict(t=80, b=70))
    figure.update_xaxes(fixedrange=True, automargin=False)
    rows = dict(range=(players - 0.5, -0.5), dtick=1, tickfont_size=12)
    figure.update_yaxes(fixedrange=True, showgrid=False, zeroline=False, **rows)


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
