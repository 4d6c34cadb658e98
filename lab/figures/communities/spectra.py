"""Spectra of one graph: adjacency, Bethe Hessian, and the non-backtracking matrix in the complex plane."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress, veil

BINS = 60  # of the histogram


def draw_eigenvalues(
    values: np.ndarray, marks: np.ndarray, colours: Palette, title: str, lines: dict[str, float]
) -> go.Figure:
    """A histogram of real eigenvalues, with those that matter as marks and some places as lines.

    Parameters
    ----------
    values : array of shape (n,)
    marks : array of shape (m,)
        Drawn as points on the axis.
    title : str
        Of the axis.
    lines : dict of str to float
    """
    figure = go.Figure()
    counts, edges = np.histogram(values, bins=BINS)
    figure.add_bar(
        x=(edges[1:] + edges[:-1]) / 2,
        y=counts,
        marker=dict(color=colours.categories[0], line=dict(width=0)),
        name="bulk",
        hovertemplate="%{y} eigenvalues near %{x:.2f}<extra></extra>",
    )
    figure.add_scatter(
        x=marks,
        y=np.zeros(len(marks)),
        mode="markers",
        marker=dict(size=11, color=colours.accent, symbol="diamond"),
        name="groups",
        hovertemplate="%{x:.3f}<extra></extra>",
        cliponaxis=False,
    )
    for text, place in lines.items():
        figure.add_vline(x=place, line=dict(color=colours.faint, width=1.5, dash="dot"))
        figure.add_annotation(
            x=place,
            y=1,
            yref="paper",
            yanchor="bottom",
            text=text,
            showarrow=False,
            font=dict(color=colours.faint, size=13),
        )
    dress(figure, colours, height=280)
    figure.update_xaxes(title=title, fixedrange=True)
    figure.update_yaxes(fixedrange=True, showticklabels=False)
    figure.update_layout(showlegend=False, bargap=0.04)
    return figure


def draw_circle(values: np.ndarray, radius: float, r: float, colours: Palette) -> go.Figure:
    """Eigenvalues in the complex plane, the circle of the bulk, and the place r on the real axis.

    Parameters
    ----------
    values : complex array of shape (m,)
    radius : float
    r : float
    """
    outside = (np.abs(values) > 1.001 * radius) & (np.abs(values.imag) < 1e-6)
    figure = go.Figure()
    angle = np.linspace(0, 2 * np.pi, 181)
    figure.add_scatter(
        x=radius * np.cos(angle),
        y=radius * np.sin(angle),
        mode="lines",
        fill="toself",
        fillcolor=veil(colours.categories[0], 0.07),
        line=dict(color=colours.faint, width=1.5),
        name="√c",
        hoverinfo="skip",
    )
    for chosen, colour, size, name in (
        (~outside, veil(colours.categories[0], 0.6), 5, "bulk"),
        (outside, colours.accent, 11, "outside"),
    ):
        figure.add_scatter(
            x=values[chosen].real.round(4),
            y=values[chosen].imag.round(4),
            mode="markers",
            marker=dict(color=colour, size=size, symbol="circle" if name == "bulk" else "diamond"),
            name=name,
            hovertemplate="%{x:.3f} + %{y:.3f} i<extra></extra>",
        )
    figure.add_vline(x=r, line=dict(color=colours.categories[2], width=2))
    dress(figure, colours, height=420)
    reach = 1.08 * max(radius, float(np.abs(values.imag).max(initial=0)))
    figure.update_xaxes(title="real part", fixedrange=True, zeroline=True)
    figure.update_yaxes(
        title="imaginary part", range=(-reach, reach), scaleanchor="x", constrain="domain", fixedrange=True
    )
    figure.update_layout(showlegend=False)
    return figure
