"""Other ways to see four dimensions: the scatter-plot matrix, and points that carry whiskers."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress
from lab.tables import Groups

from .lattice import Look, limits, unit
from .screen import group_colours

WHISKER = 0.055  # longest whisker, as a share of the axis


def draw_matrix(table, names, groups: Groups, colours: Palette, look: Look) -> go.Figure:
    """Each pair of variables once in a window; four dimensions two at a time."""
    values = {name: np.asarray(table[name], dtype=float) for name in names}
    figure = go.Figure()
    for code, (name, colour) in enumerate(
        zip(groups.names, group_colours(groups, colours, look), strict=True)
    ):
        own = groups.codes == code
        figure.add_trace(
            go.Splom(
                dimensions=[dict(label=key, values=column[own]) for key, column in values.items()],
                name=name,
                marker=dict(color=colour, size=3.5, opacity=0.8),
                diagonal_visible=False,
                showupperhalf=False,
                showlegend=len(groups.names) > 1,
            )
        )
    dress(figure, colours, height=620)
    figure.update_xaxes(tickfont_size=10, title_font_size=12)
    figure.update_yaxes(tickfont_size=10, title_font_size=12)
    return figure


def draw_whiskers(table, names, groups: Groups, colours: Palette, look: Look) -> go.Figure:
    """Points at the first two variables; the third is a whisker to the right, the fourth one upward.

    Source: Anderson (1957), A semigraphical method for the analysis of complex problems.
    """
    spans = [limits(np.asarray(table[name], dtype=float)) for name in names]
    x, y, right, up = (
        unit(np.asarray(table[name], dtype=float), *span) for name, span in zip(names, spans, strict=True)
    )
    figure = go.Figure()
    gap = np.full_like(x, np.nan)
    # each glyph is one broken line: tip of the right whisker, the point, tip of the upper whisker
    across = np.column_stack([x + WHISKER * right, x, x, gap])
    along = np.column_stack([y, y, y + WHISKER * 1.6 * up, gap])
    for code, (name, colour) in enumerate(
        zip(groups.names, group_colours(groups, colours, look), strict=True)
    ):
        own = groups.codes == code
        figure.add_trace(
            go.Scatter(
                x=across[own].ravel(),
                y=along[own].ravel(),
                mode="lines",
                line=dict(color=colour, width=1.2),
                name=name,
                hoverinfo="skip",
                showlegend=len(groups.names) > 1,
            )
        )
    dress(figure, colours, height=460)
    figure.update_xaxes(title=names[0], showticklabels=False)
    figure.update_yaxes(title=names[1], showticklabels=False)
    return figure
