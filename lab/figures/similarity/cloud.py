"""An oval cloud, a direction one turns, and the total squared similarity at every angle."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress


def heading(degrees: float) -> np.ndarray:
    """Unit vector (2,) at an angle from the x axis."""
    return np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])


def draw_cloud(
    X: np.ndarray, degrees: float, colours: Palette, origin: np.ndarray, axes: np.ndarray | None = None
) -> go.Figure:
    """Samples (n, 2), the direction through ``origin``, and each sample's shadow on it.

    Parameters
    ----------
    origin : array of shape (2,)
        What similarity is measured from: the mean after centring, zero without.
    axes : array of shape (2, k), optional
        Principal axes to compare with, drawn faintly.
    """
    w = heading(degrees)
    shadows = (X - origin) @ w[:, None] * w + origin  # (n, 2)
    reach = 1.08 * max(float(np.abs(X - origin).max()), 1e-9)
    figure = go.Figure()
    broken = np.full(len(X), np.nan)
    figure.add_scatter(
        x=np.column_stack([X[:, 0], shadows[:, 0], broken]).ravel(),
        y=np.column_stack([X[:, 1], shadows[:, 1], broken]).ravel(),
        mode="lines",
        line=dict(color=colours.line, width=1),
        hoverinfo="skip",
        name="residuals",
    )
    for axis in () if axes is None else axes.T:
        _ray(figure, origin, axis, reach, colours.faint, "dot", "principal axis")
    _ray(figure, origin, w, reach, colours.accent, "solid", "direction")
    for points, colour, size, name in (
        (shadows, colours.accent, 4, "shadows"),
        (X, colours.categories[0], 7, "samples"),
    ):
        figure.add_scatter(
            x=points[:, 0],
            y=points[:, 1],
            mode="markers",
            marker=dict(color=colour, size=size, opacity=0.75),
            customdata=np.arange(len(X)),
            name=name,
            hovertemplate="(%{x:.2f}, %{y:.2f})<extra></extra>",
            unselected=dict(marker=dict(opacity=0.75)),
        )
    figure.add_scatter(
        x=origin[:1],
        y=origin[1:],
        mode="markers",
        marker=dict(symbol="cross-thin-open", size=14, color=colours.ink),
        hoverinfo="skip",
        name="origin",
    )
    dress(figure, colours, height=440)
    low, high = np.minimum(X.min(0), origin), np.maximum(X.max(0), origin)
    middle, span = (low + high) / 2, 0.56 * float((high - low).max())
    figure.update_xaxes(range=(middle[0] - span, middle[0] + span), fixedrange=True, zeroline=False)
    figure.update_yaxes(
        range=(middle[1] - span, middle[1] + span), scaleanchor="x", fixedrange=True, zeroline=False
    )
    figure.update_layout(showlegend=False, hovermode="closest", clickmode="event+select")
    return figure


def _ray(figure, origin, w, reach, colour, dash, name):
    ends = np.array([origin - reach * w, origin + reach * w])
    figure.add_scatter(
        x=ends[:, 0],
        y=ends[:, 1],
        mode="lines",
        line=dict(color=colour, width=2.5 if dash == "solid" else 1.5, dash=dash),
        hoverinfo="skip",
        name=name,
    )


def draw_sweep(
    angles: np.ndarray, similarity: np.ndarray, degrees: float, here: float, peak: float, colours: Palette
) -> go.Figure:
    """Total squared similarity at every angle, where one stands, and the angle of the first axis.

    Parameters
    ----------
    angles : array of shape (m,), degrees from 0 to 180
    similarity : array of shape (m,)
    here : float, the value at ``degrees``
    peak : float, the first axis' angle in degrees
    """
    figure = go.Figure()
    figure.add_scatter(
        x=angles,
        y=similarity,
        mode="lines",
        line=dict(color=colours.categories[0], width=2.5),
        name="total similarity",
        hovertemplate="%{x:.0f}°: %{y:.1f}<extra></extra>",
    )
    figure.add_scatter(
        x=[degrees],
        y=[here],
        mode="markers",
        marker=dict(color=colours.accent, size=13),
        name="you",
        hoverinfo="skip",
    )
    figure.add_vline(x=peak, line=dict(color=colours.faint, dash="dot", width=1.5))
    figure.add_annotation(
        x=peak,
        y=1.0,
        yref="paper",
        yanchor="bottom",
        text="first axis",
        showarrow=False,
        font=dict(color=colours.faint, size=13),
    )
    dress(figure, colours, height=440)
    figure.update_xaxes(
        title="angle of the direction", range=(0, 180), dtick=45, ticksuffix="°", fixedrange=True
    )
    figure.update_yaxes(title="sum of squared similarities", rangemode="tozero", fixedrange=True)
    figure.update_layout(showlegend=False)
    return figure
