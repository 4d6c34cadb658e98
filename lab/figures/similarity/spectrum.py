"""How much each axis explains, and how much chance would."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress
from lab.similarity import ParallelAnalysis

SHOWN = 20


def draw_scree(found: ParallelAnalysis, colours: Palette) -> go.Figure:
    """Explained variances as bars, those of shuffled tables as a line; what rises above it is kept."""
    values, chance = found.eigenvalues[:SHOWN], found.chance[:SHOWN]
    axes = np.arange(1, len(values) + 1)
    kept = [colours.categories[0] if axis <= found.axes else colours.line for axis in axes]
    figure = go.Figure()
    figure.add_bar(x=axes, y=values, marker=dict(color=kept), name="this table")
    figure.add_scatter(
        x=axes,
        y=chance,
        mode="lines+markers",
        line=dict(color=colours.accent, width=2),
        name="shuffled columns, 95 %",
    )
    dress(figure, colours, height=320)
    figure.update_xaxes(title="axis", dtick=max(1, len(axes) // 10), fixedrange=True)
    figure.update_yaxes(title="explained variance", fixedrange=True)
    return figure


def draw_cumulative(ratio: np.ndarray, k: int, colours: Palette) -> go.Figure:
    """Share of the total variance that the first axes explain together."""
    total = np.concatenate([[0.0], np.cumsum(ratio)])[: SHOWN + 1]
    figure = go.Figure()
    figure.add_scatter(
        x=np.arange(len(total)),
        y=total,
        mode="lines+markers",
        line=dict(color=colours.categories[0], width=2),
        fill="tozeroy",
        name="together",
    )
    if k < len(total):
        figure.add_scatter(
            x=[k],
            y=[total[k]],
            mode="markers+text",
            marker=dict(color=colours.accent, size=12),
            text=[f"{total[k]:.1%}"],
            textposition="bottom right",
            name="chosen",
        )
    dress(figure, colours, height=320)
    figure.update_xaxes(title="axes", dtick=max(1, len(total) // 10), fixedrange=True)
    figure.update_yaxes(tickformat=".0%", range=(0, 1.05), fixedrange=True)
    figure.update_layout(showlegend=False)
    return figure
