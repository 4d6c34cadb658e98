"""The walk panel: the cloud of variations in its plane, and how far they stray, beside what they must."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from PIL import Image

from lab.diffusion.spread import Spread
from lab.figures.style import Palette, dress

THUMB = 56  # pixels of a picture in the cloud
SIZE = 0.13  # of the plot's side that a picture in the cloud takes
SURE = 2  # standard errors of the band


def draw_cloud(
    spread: Spread, pictures: Sequence[bytes], colours: Palette, chosen: int | None = None
) -> go.Figure:
    """The walk in the plane of its largest deviations, the start in the middle.

    Parameters
    ----------
    spread : Spread
    pictures : sequence of bytes
        The start and the steps as JPEG, as far as they are finished; drawn at their places.
    chosen : int, optional
        Step that is marked; 0 is the start.
    """
    places = np.vstack([[0.0, 0.0], spread.plane])
    reach = 1.25 * max(float(np.abs(places).max()), 1e-9)
    told = [f"step {k}<br>deviation {d:.4f}" for k, d in zip(spread.steps, spread.deviation, strict=True)]
    figure = go.Figure()
    figure.add_scatter(
        x=places[:, 0],
        y=places[:, 1],
        mode="lines+markers",
        line=dict(color=colours.faint, width=1),
        marker=dict(color=_marks(len(places), chosen, colours), size=9),
        text=["the start", *told],
        hovertemplate="%{text}<extra></extra>",
        name="walk",
    )
    side = 2 * reach * SIZE
    figure.update_layout(
        images=[
            dict(
                source=_thumbnail(picture),
                xref="x",
                yref="y",
                x=x,
                y=y,
                sizex=side,
                sizey=side,
                xanchor="center",
                yanchor="middle",
                layer="above" if index == chosen else "below",
                opacity=0.95,
            )
            for index, (picture, (x, y)) in enumerate(zip(pictures, places, strict=False))
        ]
    )
    dress(figure, colours, height=420)
    axis = dict(range=(-reach, reach), fixedrange=True, showticklabels=False, zeroline=True)
    figure.update_xaxes(title="most deviation →", **axis)
    figure.update_yaxes(title="second most →", scaleanchor="x", **axis)
    figure.update_layout(showlegend=False)
    return figure


def draw_spread(spread: Spread, colours: Palette) -> go.Figure:
    """Standard deviation of every step: measured points on the line of the theory, and the limit."""
    steps, exact, end = spread.steps, spread.theory, spread.limit
    figure = _theory(steps, exact, SURE * spread.chance[0], colours)
    _measured(figure, steps, spread.deviation, colours)
    if np.isfinite(end):
        figure.add_hline(y=end, line=dict(color=colours.ink, width=1, dash="dot"))
    dress(figure, colours, height=300)
    figure.update_xaxes(title="step k", fixedrange=True)
    top = 1.15 * max(float(spread.deviation.max()), float(exact.max()), end if np.isfinite(end) else 0)
    figure.update_yaxes(title="standard deviation", range=(0, top or 1), fixedrange=True)
    return figure


def draw_correlation(spread: Spread, colours: Palette) -> go.Figure:
    """Correlation of each step with the next: measured points on the line of the theory."""
    steps = spread.steps[:-1]
    figure = _theory(steps, spread.theory_correlation, SURE * spread.chance[1], colours)
    _measured(figure, steps, spread.correlation, colours)
    figure.add_hline(y=1 - spread.pull, line=dict(color=colours.ink, width=1, dash="dot"))
    dress(figure, colours, height=300)
    figure.update_xaxes(title="step k", fixedrange=True)
    figure.update_yaxes(title="correlation with step k + 1", range=(0, 1.05), fixedrange=True)
    return figure


def _theory(steps, exact, error, colours: Palette) -> go.Figure:
    """The line of the theory in the band of what chance allows."""
    figure = go.Figure()
    figure.add_scatter(
        x=np.concatenate([steps, steps[::-1]]),
        y=np.concatenate([exact + error, (exact - error)[::-1]]),
        fill="toself",
        fillcolor=colours.line,
        opacity=0.6,
        line=dict(width=0),
        hoverinfo="skip",
        showlegend=False,
        name="chance",
    )
    figure.add_scatter(
        x=steps, y=exact, mode="lines", line=dict(color=colours.faint, width=1.5), name="theory"
    )
    return figure


def _measured(figure: go.Figure, steps, values, colours: Palette) -> None:
    figure.add_scatter(
        x=steps,
        y=values,
        mode="markers",
        marker=dict(color=colours.accent, size=7),
        name="this walk",
        hovertemplate="step %{x}: %{y:.4f}<extra></extra>",
    )


def _marks(count: int, chosen: int | None, colours: Palette) -> list[str]:
    shades = [colours.ink] + [colours.faint] * (count - 1)
    if chosen is not None and chosen < count:
        shades[chosen] = colours.accent
    return shades


def _thumbnail(jpeg: bytes) -> str:
    """A small copy of a picture as an address that holds it."""
    with Image.open(io.BytesIO(jpeg)) as picture:
        small = picture.resize((THUMB, THUMB), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=88)
    return f"data:image/jpeg;base64,{base64.b64encode(buffer.getvalue()).decode()}"
