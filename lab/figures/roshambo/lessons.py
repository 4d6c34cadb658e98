"""What the lesson needs: the turns of a triangle, and a history written down as notes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress

LETTERS = "RPS"
APART = 3.0  # between two triangles


def draw_turns(turns: Sequence[int], titles: Sequence[str], colours: Palette) -> go.Figure:
    """The triangle of the three moves after each of some turns, side by side.

    Parameters
    ----------
    turns : sequence of int
        By how many thirds each is turned: the letter of ``y`` stands where ``y + turn`` stood.
    titles : sequence of str
    """
    figure = go.Figure()
    for place, (turn, title) in enumerate(zip(turns, titles, strict=True)):
        angles = np.pi / 2 + 2 * np.pi * (np.arange(3) + turn) / 3
        x, y = np.cos(angles) + APART * place, np.sin(angles)
        figure.add_scatter(
            x=[*x, x[0]],
            y=[*y, y[0]],
            mode="lines",
            line=dict(color=colours.faint, width=1.5),
            hoverinfo="skip",
        )
        figure.add_scatter(
            x=x,
            y=y,
            mode="markers+text",
            text=list(LETTERS),
            textfont=dict(color=colours.paper, size=18),
            marker=dict(size=38, color=list(colours.categories[:3]), line=dict(width=0)),
            hovertemplate="%{text}<extra></extra>",
        )
        figure.add_annotation(x=APART * place, y=-1.2, text=title, showarrow=False, font_size=15)
    dress(figure, colours, height=270)
    figure.update_xaxes(visible=False, fixedrange=True, range=(-1.4, APART * (len(turns) - 1) + 1.4))
    figure.update_yaxes(visible=False, fixedrange=True, range=(-1.5, 1.45), scaleanchor="x")
    figure.update_layout(showlegend=False)
    return figure


def draw_score(moves: Sequence[int], colours: Palette) -> go.Figure:
    """A history as notes on three lines, in time from left to right."""
    rounds = np.arange(1, len(moves) + 1)
    figure = go.Figure()
    for move, letter in enumerate(LETTERS):
        here = rounds[np.asarray(moves) == move]
        figure.add_scatter(
            x=here,
            y=[letter] * len(here),
            mode="markers",
            name=letter,
            marker=dict(size=7, symbol="square", color=colours.categories[move], line=dict(width=0)),
            hovertemplate="round %{x}: %{y}<extra></extra>",
        )
    dress(figure, colours, height=170)
    figure.update_xaxes(title="round", fixedrange=True, showgrid=False, range=(0, len(moves) + 1))
    figure.update_yaxes(fixedrange=True, type="category", categoryorder="array", categoryarray=list(LETTERS))
    figure.update_layout(showlegend=False)
    return figure
