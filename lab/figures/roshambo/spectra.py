"""What rings in a history: characters as bars, as walks in the complex plane, as a table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress

ROTATIONS = ("1", "ω", "ω²")


def draw_spectrum(
    amplitudes: np.ndarray, labels: Sequence[str], band: float, loudest: float, colours: Palette
) -> go.Figure:
    """Amplitudes ``|C_a|`` as bars, with what one random character, and the loudest of all, stays below.

    Parameters
    ----------
    amplitudes : array of shape (characters,), from 0 to 1
    labels : sequence of str
        What each character reads.
    band, loudest : float
        95 % limits under random moves.
    """
    rings = amplitudes > loudest
    shades = [colours.accent if ring else colours.line for ring in rings]
    figure = go.Figure()
    figure.add_bar(
        x=list(range(len(labels))),
        y=amplitudes,
        marker=dict(color=shades, line=dict(width=0)),
        customdata=list(labels),
        hovertemplate="%{customdata}<br>|C| = %{y:.3f}<extra></extra>",
    )
    for level, dash in ((band, "dot"), (loudest, "solid")):
        figure.add_hline(y=level, line=dict(color=colours.faint, width=1.2, dash=dash))
    dress(figure, colours, height=300)
    few = len(labels) <= 27
    figure.update_xaxes(
        tickmode="array" if few else "auto",
        tickvals=list(range(len(labels))) if few else None,
        ticktext=list(labels) if few else None,
        title="" if few else "character",
        fixedrange=True,
        showgrid=False,
        zeroline=False,
    )
    figure.update_yaxes(
        title="|C|", range=(0, max(1.0, float(amplitudes.max(initial=0)) * 1.05)), fixedrange=True
    )
    figure.update_layout(showlegend=False, bargap=0.25)
    return figure


def draw_partial_sums(walks: dict[str, np.ndarray], reach: float, colours: Palette) -> go.Figure:
    """Sums of ``omega ** (y + a.x)`` round by round: a character that rings walks away, noise stays near.

    Parameters
    ----------
    walks : dict of str to complex array of shape (rounds + 1,)
    reach : float
        Radius within which 95 % of random walks end.
    """
    figure = go.Figure()
    angle = np.linspace(0, 2 * np.pi, 91)
    figure.add_scatter(
        x=reach * np.cos(angle),
        y=reach * np.sin(angle),
        mode="lines",
        line=dict(color=colours.faint, width=1, dash="dot"),
        fill="toself",
        fillcolor=colours.card,
        name="where noise ends",
        hoverinfo="skip",
    )
    for index, (name, walk) in enumerate(walks.items()):
        figure.add_scatter(
            x=walk.real,
            y=walk.imag,
            mode="lines",
            name=name,
            line=dict(color=colours.categories[index % len(colours.categories)], width=1.8),
            hovertemplate=f"{name}<br>round %{{pointNumber}}<extra></extra>",
        )
    dress(figure, colours, height=420)
    figure.update_xaxes(fixedrange=True, showticklabels=False, scaleanchor="y")
    figure.update_yaxes(fixedrange=True, showticklabels=False)
    return figure


def draw_time_spectrum(power: np.ndarray, limit: float, colours: Palette) -> go.Figure:
    """Amplitude of each frequency in time: a cycle of length p rings at multiples of 1 / p.

    Parameters
    ----------
    power : array of shape (frequencies,)
        Amplitudes for 0, 1/n, 2/n, .. turns a round.
    """
    figure = go.Figure()
    turns = np.arange(len(power)) / len(power)
    figure.add_scatter(
        x=turns,
        y=power,
        mode="lines",
        line=dict(color=colours.categories[0], width=1.4),
        hovertemplate="%{x:.3f} turns a round<br>|C| = %{y:.3f}<extra></extra>",
    )
    figure.add_hline(y=limit, line=dict(color=colours.faint, width=1.2))
    dress(figure, colours, height=240)
    figure.update_xaxes(title="turns a round", fixedrange=True, showgrid=False)
    figure.update_yaxes(title="|C|", range=(0, max(0.3, float(power.max()) * 1.05)), fixedrange=True)
    figure.update_layout(showlegend=False)
    return figure


def draw_characters(exponents: np.ndarray, names: Sequence[str], colours: Palette) -> go.Figure:
    """The character table as three colours, one for each root of unity.

    Parameters
    ----------
    exponents : int array of shape (3 ** m, 3 ** m)
        ``a.x`` modulo 3.
    names : sequence of str
        The words.
    """
    shades = [colours.card, colours.categories[0], colours.categories[1]]
    scale = [[place, shade] for index, shade in enumerate(shades) for place in (index / 3, (index + 1) / 3)]
    figure = go.Figure(
        go.Heatmap(
            z=exponents,
            x=list(names),
            y=list(names),
            colorscale=scale,
            zmin=-0.5,
            zmax=2.5,
            xgap=1 if len(names) <= 27 else 0,
            ygap=1 if len(names) <= 27 else 0,
            colorbar=dict(tickvals=[0, 1, 2], ticktext=list(ROTATIONS), thickness=12, outlinewidth=0),
            customdata=np.array(ROTATIONS)[exponents],
            hovertemplate="χ<sub>%{y}</sub>(%{x}) = %{customdata}<extra></extra>",
        )
    )
    dress(figure, colours, height=460)
    figure.update_yaxes(
        autorange="reversed", scaleanchor="x", title="character a", type="category", fixedrange=True
    )
    figure.update_xaxes(title="word x", type="category", fixedrange=True, constrain="domain")
    return figure
