"""The phase diagram: where communities can be found, where only patience could, where nothing can."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress, scale, veil


def draw_phase(
    mixing: np.ndarray,
    degrees: np.ndarray,
    overlap: np.ndarray,
    lines: dict[str, tuple[np.ndarray, np.ndarray]],
    here: tuple[float, float] | None,
    colours: Palette,
) -> go.Figure:
    """Measured overlap as colour, thresholds as lines, the visitor's graph as a point.

    Parameters
    ----------
    mixing : array of shape (x,)
        c_out / c_in.
    degrees : array of shape (y,)
        Mean degrees.
    overlap : array of shape (y, x), 0 to 1
    lines : dict of str to (mixing, degree)
        ``threshold`` and, where there is one, ``hard``: the band's other side; nan where there is none.
    here : (float, float), optional
        The visitor's own mixing and mean degree.
    """
    figure = go.Figure(
        go.Heatmap(
            x=mixing,
            y=degrees,
            z=overlap,
            zmin=0,
            zmax=1,
            colorscale=scale(colours.sequence),
            colorbar=dict(title="overlap", thickness=12, outlinewidth=0),
            hovertemplate="c_out / c_in %{x:.2f}, degree %{y:.1f}<br>overlap %{z:.2f}<extra></extra>",
            name="measured",
        )
    )
    _add_lines(figure, lines, colours)
    if here is not None:
        figure.add_scatter(
            x=[here[0]],
            y=[here[1]],
            mode="markers",
            marker=dict(size=15, color=colours.paper, line=dict(color=colours.accent, width=4)),
            name="your graph",
            hovertemplate="your graph<extra></extra>",
        )
    dress(figure, colours, height=470)
    figure.update_xaxes(title="c_out / c_in: how mixed the groups are", fixedrange=True, showgrid=False)
    figure.update_yaxes(title="mean degree c", fixedrange=True, showgrid=False)
    half = (mixing[1] - mixing[0]) / 2, (degrees[1] - degrees[0]) / 2
    figure.update_xaxes(range=(mixing[0] - half[0], mixing[-1] + half[0]))
    figure.update_yaxes(range=(degrees[0] - half[1], degrees[-1] + half[1]))
    return figure


def _add_lines(figure: go.Figure, lines: dict[str, tuple[np.ndarray, np.ndarray]], colours: Palette) -> None:
    """The threshold, and the band on its hard side where there is one."""
    x, y = lines["threshold"]
    if "hard" in lines:
        hx, hy = lines["hard"]
        there, hard = np.isfinite(x), np.isfinite(hx)
        figure.add_scatter(
            x=np.concatenate([x[there], hx[hard][::-1]]),
            y=np.concatenate([y[there], hy[hard][::-1]]),
            fill="toself",
            mode="lines",
            line=dict(width=0),
            fillcolor=veil(colours.accent, 0.3),
            name="possible, but hard",
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines",
        line=dict(color=colours.accent, width=3),
        name="Kesten–Stigum",
        hoverinfo="skip",
    )
