"""The multiwindow plot on screen: one plane and one trace per group, so that one brush serves all windows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress
from lab.multiwindow import Densities, Windows
from lab.tables import Groups

from .density import address, shade
from .labels import Label, labels
from .lattice import Lattice, Look, extent_of, lattice_of, points, seen_counts, window_counts

SVG_POINTS = 4_000  # more marks than this are drawn by WebGL
SMALL, LARGE = 11, 15


def draw(
    result: Windows | Densities,
    table,
    groups: Groups,
    colours: Palette,
    look: Look,
    lit: Sequence[int] | np.ndarray | None = None,
) -> go.Figure:
    """The lattice with margins and corner.

    Parameters
    ----------
    result : Windows (points are drawn) or Densities (counts are)
    table : columns by name; only read for points
    groups : colours of the points
    lit : int array, optional
        Table rows that are lit up; all others fade.
    """
    lattice = lattice_of(result, look)
    figure = go.Figure()
    if isinstance(result, Windows):
        _add_points(figure, result, table, groups, colours, look, lit)
    else:
        _add_densities(figure, result, lattice, colours)
    _add_frames(figure, lattice, colours)
    if look.counts:
        _add_counts(figure, list(window_counts(result)), lattice, colours)
    said = labels(result, lattice, extent_of(result, table))
    figure.update_layout(annotations=[_annotation(label, colours) for label in said])
    dress(figure, colours, height=680)
    left, right, below, above = lattice.view
    figure.update_xaxes(visible=False, range=(left, right), fixedrange=True)
    figure.update_yaxes(visible=False, range=(below, above), fixedrange=True)
    figure.update_layout(margin=dict(l=0, r=0, t=30, b=0), dragmode="select", hovermode="closest")
    figure.update_layout(newselection=dict(line=dict(color=colours.accent, width=1, dash="solid")))
    return figure


def group_colours(groups: Groups, colours: Palette, look: Look) -> tuple[str, ...]:
    """A colour for each group: the post's red, blue and green for up to three, or safe ones."""
    few = len(groups.names) <= 3 and not look.safe
    source = colours.flowers if few and len(groups.names) > 1 else colours.categories
    return tuple(source[i % len(source)] for i in range(len(groups.names)))


def _add_points(figure, result, table, groups, colours, look, lit):
    places, rows = points(result, table, lattice_of(result, look))
    kind = go.Scatter if len(rows) <= SVG_POINTS else go.Scattergl
    u, v = result.spec.plot
    for code, (name, colour) in enumerate(
        zip(groups.names, group_colours(groups, colours, look), strict=True)
    ):
        own = np.flatnonzero(groups.codes[rows] == code)
        values = np.column_stack([rows[own], table[u][rows[own]], table[v][rows[own]]])
        trace = kind(
            x=places[own, 0].astype(np.float32),
            y=places[own, 1].astype(np.float32),
            customdata=values,
            name=name,
            mode="markers",
            marker=dict(color=colour, size=5 if len(rows) < SVG_POINTS else 3, opacity=0.85),
            hovertemplate=f"{name}, row %{{customdata[0]}}<br>{u} %{{customdata[1]:.4g}}<br>"
            f"{v} %{{customdata[2]:.4g}}<extra></extra>",
            unselected=dict(marker=dict(opacity=0.1)),
            selected=dict(marker=dict(opacity=1.0)),
            showlegend=len(groups.names) > 1,
        )
        if lit is not None:
            trace.selectedpoints = np.flatnonzero(np.isin(rows[own], lit))
        figure.add_trace(trace)


def _add_densities(figure, result: Densities, lattice: Lattice, colours: Palette):
    top, images = np.log1p(result.corner.max()), []
    for row, column, counts in seen_counts(result):
        x, y = lattice.place(row, column)
        place = dict(x=x, y=y + 1, sizex=1, sizey=1, xref="x", yref="y", sizing="stretch", layer="below")
        images.append(dict(source=address(shade(counts, top, colours)), **place))
    figure.update_layout(images=images)


def _add_frames(figure, lattice, colours):
    """All frames as one hairline trace, broken between windows."""
    line = np.concatenate([np.vstack([box, [[np.nan, np.nan]]]) for box in lattice.boxes()])
    figure.add_trace(
        go.Scatter(
            x=line[:, 0],
            y=line[:, 1],
            mode="lines",
            line=dict(color=colours.line, width=1),
            hoverinfo="skip",
            showlegend=False,
            name="frames",
        )
    )


def _add_counts(figure, counts, lattice, colours):
    places = np.array([lattice.place(row, column) for row, column, _ in counts])
    figure.add_trace(
        go.Scatter(
            x=places[:, 0] + 0.96,
            y=places[:, 1] + 0.04,
            text=[f"{count:,}" if count else "" for *_, count in counts],
            mode="text",
            textposition="top left",
            textfont=dict(size=SMALL, color=colours.faint),
            selected=dict(textfont=dict(color=colours.faint)),
            unselected=dict(textfont=dict(color=colours.faint)),
            hoverinfo="skip",
            showlegend=False,
            name="counts",
        )
    )


def _annotation(label: Label, colours: Palette) -> dict:
    font = dict(size=LARGE, color=colours.ink) if label.title else dict(size=SMALL, color=colours.faint)
    text = f"<i>{label.text[:-2]}</i> →" if label.text.endswith(" →") else label.text
    turn = -90 if label.turned else 0
    anchor = "right" if label.ends else "center"
    return dict(x=label.x, y=label.y, text=text, showarrow=False, textangle=turn, font=font, xanchor=anchor)
