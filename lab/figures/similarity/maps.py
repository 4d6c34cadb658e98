"""A map recovered from distances beside the true one."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress


def fitted(points: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Points turned, mirrored and moved, not stretched, to lie as near as possible to the reference, (n, 2).

    Source: Schoenemann (1966), the orthogonal Procrustes problem.
    """
    middle = reference.mean(0)
    U, _, Vt = np.linalg.svd(points.T @ (reference - middle))
    return points @ U @ Vt + middle


def draw_map(
    names: tuple[str, ...], points: np.ndarray, reference: np.ndarray, colours: Palette
) -> go.Figure:
    """Recovered places (n, 2) as points with names, true ones as circles, both in km; lines join them."""
    points = fitted(points, reference)
    broken = np.full(len(points), np.nan)
    figure = go.Figure()
    figure.add_scatter(
        x=np.column_stack([points[:, 0], reference[:, 0], broken]).ravel(),
        y=np.column_stack([points[:, 1], reference[:, 1], broken]).ravel(),
        mode="lines",
        line=dict(color=colours.line, width=1.5),
        hoverinfo="skip",
        showlegend=False,
        name="errors",
    )
    figure.add_scatter(
        x=reference[:, 0],
        y=reference[:, 1],
        mode="markers",
        marker=dict(symbol="circle-open", size=9, color=colours.faint),
        name="on the globe",
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=points[:, 0],
        y=points[:, 1],
        mode="markers+text",
        text=names,
        textposition="top center",
        textfont=dict(size=12, color=colours.ink),
        marker=dict(size=8, color=colours.accent),
        name="from distances only",
    )
    dress(figure, colours, height=560)
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(visible=False, scaleanchor="x", fixedrange=True)
    return figure
