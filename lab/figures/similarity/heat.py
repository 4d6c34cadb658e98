"""Gram matrices as heat maps, and the error of truncation against the theorem."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress, over, scale
from lab.similarity import EckartYoung

STRENGTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  # by which a faint difference is drawn stronger
NOTHING = 1e-9  # of the largest similarity: rounding, which is not drawn stronger


def order_by(codes: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Order of the samples that makes structure visible: by group, within it along the first axis."""
    return np.lexsort((scores, codes))


def reach_of(found: EckartYoung) -> tuple[float, int]:
    """The largest similarity, and by how much the difference can be drawn stronger without passing it."""
    reach = float(np.abs(found.gram).max()) or 1.0
    faint = float(np.abs(found.gram - found.truncated).max()) / reach
    return reach, max((s for s in STRENGTHS if s * faint <= 1), default=1) if faint > NOTHING else 1


def tail_of(eigenvalues: np.ndarray, k: int) -> np.ndarray:
    """Sums of the dropped squared eigenvalues for 0, 1, ... axes kept, as many as are worth drawing."""
    squares = eigenvalues**2
    tail = np.append(np.cumsum(squares[::-1])[::-1], 0.0)
    real = int((tail > 1e-14 * squares.sum()).sum())  # beyond, rounding is all there is
    return tail[: min(real, max(12, k + 3))]


def draw_gram(found: EckartYoung, order: np.ndarray, colours: Palette, lit=None) -> go.Figure:
    """G, G_k and their difference side by side, the difference times what makes it as strong.

    Parameters
    ----------
    order : int array of shape (m,)
        Samples to show, in this order.
    lit : int array, optional
        Samples marked along the edge of the first map.
    """
    figure = go.Figure()
    parts = (found.gram, found.truncated, found.gram - found.truncated)
    reach, strength = reach_of(found)
    for place, (part, title) in enumerate(
        zip(parts, ("G", "G<sub>k</sub>", "G − G<sub>k</sub>"), strict=True)
    ):
        domain = (place * 0.34, place * 0.34 + 0.32)
        axis = "" if place == 0 else str(place + 1)
        stronger = strength if place == 2 else 1
        bright, told = reach / stronger, f", × {stronger}" if stronger > 1 else ""
        figure.add_trace(
            go.Heatmap(
                z=part[np.ix_(order, order)].astype(np.float32),
                xaxis=f"x{axis}",
                yaxis=f"y{axis}",
                zmin=-bright,
                zmax=bright,
                colorscale=scale(colours.divergence),
                showscale=False,
                name=title,
                hovertemplate="samples %{x} and %{y}: %{z:.3g}<extra></extra>",
            )
        )
        figure.update_layout(
            {
                f"xaxis{axis}": dict(domain=domain, anchor=f"y{axis}", constrain="domain"),
                f"yaxis{axis}": dict(
                    anchor=f"x{axis}",
                    scaleanchor=f"x{axis}",
                    autorange="reversed",
                    constrain="domain",
                    constraintoward="top",
                ),
            }
        )
        figure.add_annotation(over(axis, f"<i>{title}</i>{told}"))
    if lit is not None:
        _mark(figure, np.flatnonzero(np.isin(order, lit)), colours)
    dress(figure, colours, height=360)
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(visible=False, fixedrange=True)
    figure.update_layout(dragmode="select")
    return figure


def _mark(figure, places, colours):
    """Ticks beside the first heat map where the lit samples are."""
    figure.add_scatter(
        x=np.full(len(places), -1),
        y=places,
        mode="markers",
        marker=dict(symbol="triangle-right", color=colours.accent, size=7),
        hoverinfo="skip",
        showlegend=False,
        name="lit",
    )


def draw_errors(eigenvalues: np.ndarray, k: int, measured: float, colours: Palette) -> go.Figure:
    """What the theorem says for every k as a line, what was measured at this k as a point.

    Parameters
    ----------
    eigenvalues : array of shape (n,), of G, descending in size
    """
    total, tail = (eigenvalues**2).sum(), tail_of(eigenvalues, k)
    figure = go.Figure()
    figure.add_scatter(
        x=np.arange(len(tail)),
        y=tail / total,
        mode="lines+markers",
        line=dict(color=colours.categories[0], width=2),
        name="the theorem",
    )
    figure.add_scatter(
        x=[k],
        y=[measured / total],
        mode="markers",
        marker=dict(color=colours.accent, size=14, symbol="circle-open", line=dict(width=3)),
        name="measured",
    )
    dress(figure, colours, height=260)
    figure.update_xaxes(title="axes kept, k", dtick=max(1, len(tail) // 12), fixedrange=True)
    figure.update_yaxes(title="share of ‖G‖² lost", type="log", exponentformat="power", fixedrange=True)
    return figure
