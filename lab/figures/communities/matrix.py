"""Adjacency matrices as pictures: a dot for each edge, or for large graphs the density of edges."""

from __future__ import annotations

import base64
import io

import numpy as np
import plotly.graph_objects as go
from PIL import Image

from lab.figures.style import Palette, dress, scale, veil

SIDE = 760  # pixels
DOTS_MOST = 3000  # vertices up to which every edge is a dot
BINS = 240


def matrix_picture(
    ends: np.ndarray, place: np.ndarray, colours: Palette, group: np.ndarray | None = None
) -> Image.Image:
    """The matrix as a picture with a palette, vertex 0 of the order in the upper left corner.

    Parameters
    ----------
    ends : int array of shape (m, 2)
        Each edge in both directions.
    place : int array of shape (n,)
        Row of each vertex.
    group : int array of shape (n,), optional
        Edges within a group take its colour, edges between groups are faint; without it all are ink.
    """
    count = len(place)
    if count > DOTS_MOST:
        return _density(ends, place, colours)
    tones = [colours.card, colours.ink, colours.faint, *colours.categories]
    tone = np.full(len(ends), 1)
    if group is not None:
        inside = group[ends[:, 0]] == group[ends[:, 1]]
        tone = np.where(inside, 3 + group[ends[:, 0]] % len(colours.categories), 2)
    apart = SIDE / max(1, count)
    size = max(2, round(apart), min(3, round(2.2 * apart)))
    canvas = np.zeros((SIDE + size, SIDE + size), np.uint8)
    spots = (place[ends] * (SIDE / max(1, count))).astype(int)
    order = np.argsort(tone == 2, kind="stable")[::-1]  # faint dots below
    for down in range(size):
        for right in range(size):
            canvas[spots[order, 0] + down, spots[order, 1] + right] = tone[order]
    return _indexed(canvas[:SIDE, :SIDE], tones)


def _density(ends: np.ndarray, place: np.ndarray, colours: Palette) -> Image.Image:
    """Edges per cell of a coarse grid, on a logarithmic scale of ink."""
    spots = place[ends] * BINS // len(place)
    counts = np.bincount(spots[:, 0] * BINS + spots[:, 1], minlength=BINS * BINS).reshape(BINS, BINS)
    grade = np.log1p(counts) / max(1e-9, np.log1p(counts.max()))
    stops = np.array([[int(tone[i : i + 2], 16) for i in (1, 3, 5)] for tone in colours.sequence], float)
    at = np.linspace(0, 1, len(stops))
    rgb = np.stack([np.interp(grade, at, stops[:, channel]) for channel in range(3)], axis=2)
    return Image.fromarray(rgb.astype(np.uint8)).resize((SIDE, SIDE), Image.Resampling.NEAREST)


def _indexed(canvas: np.ndarray, tones: list[str]) -> Image.Image:
    picture = Image.fromarray(np.ascontiguousarray(canvas), mode="P")
    picture.putpalette([int(tone[i : i + 2], 16) for tone in tones for i in (1, 3, 5)])
    return picture


def as_address(picture: Image.Image) -> str:
    """The picture as an address that holds its bytes (PNG)."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=False)
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


def draw_matrix(
    picture: Image.Image,
    count: int,
    colours: Palette,
    bounds: np.ndarray | None = None,
    alone: int = 0,
    height: int = 350,
) -> go.Figure:
    """The picture in a frame with hairlines between groups, and the isolated vertices marked.

    Parameters
    ----------
    count : int
        Vertices.
    bounds : array of int, optional
        Rows at which a new group begins.
    alone : int
        Isolated vertices, which come last.
    """
    figure = go.Figure()
    figure.add_layout_image(
        source=as_address(picture),
        xref="x",
        yref="y",
        x=0,
        y=0,
        sizex=count,
        sizey=count,
        sizing="stretch",
        layer="below",
    )
    lines = [float("nan")]
    across = [float("nan")]
    for bound in () if bounds is None else bounds:
        lines += [bound, bound, float("nan"), 0, count, float("nan")]
        across += [0, count, float("nan"), bound, bound, float("nan")]
    figure.add_scatter(
        x=lines,
        y=across,
        mode="lines",
        line=dict(color=veil(colours.ink, 0.45), width=1),
        hoverinfo="skip",
        name="groups",
    )
    if alone:
        corner = dict(x0=count - alone, x1=count, y0=count - alone, y1=count)
        figure.add_shape(
            type="rect",
            line=dict(color=colours.accent, width=1.5),
            fillcolor=veil(colours.accent, 0.12),
            **corner,
        )
    dress(figure, colours, height)
    figure.update_xaxes(visible=False, range=(0, count), fixedrange=True, constrain="domain")
    top = dict(scaleanchor="x", constrain="domain", constraintoward="top")
    figure.update_yaxes(visible=False, range=(count, 0), fixedrange=True, **top)
    figure.update_layout(margin=dict(l=0, r=0, t=0, b=0), showlegend=False)
    return figure


def draw_heat(
    matrix: np.ndarray,
    colours: Palette,
    diverging: bool = False,
    most: float | None = None,
    height: int = 300,
) -> go.Figure:
    """A dense matrix as a heat map; large ones are averaged over cells first.

    Parameters
    ----------
    matrix : array of shape (n, n)
    diverging : bool
        Whether 0 is the middle of the scale.
    most : float, optional
        Value of the last colour; the 99th percentile of the sizes by default.
    """
    count = len(matrix)
    step = max(1, count // 200)
    kept = count // step * step
    cells = (
        matrix[:kept, :kept].astype(np.float32).reshape(kept // step, step, kept // step, step).mean((1, 3))
    )
    top = most or float(np.quantile(np.abs(cells), 0.99)) or 1.0
    figure = go.Figure(
        go.Heatmap(
            z=cells,
            zmin=-top if diverging else 0,
            zmax=top,
            colorscale=scale(colours.divergence if diverging else colours.sequence),
            showscale=False,
            hoverinfo="skip",
        )
    )
    dress(figure, colours, height)
    figure.update_xaxes(visible=False, fixedrange=True, constrain="domain")
    square = dict(scaleanchor="x", constrain="domain", constraintoward="top")
    figure.update_yaxes(visible=False, fixedrange=True, autorange="reversed", **square)
    figure.update_layout(margin=dict(l=0, r=0, t=0, b=0))
    return figure
