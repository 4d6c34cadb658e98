"""A digit rebuilt from k axes."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress, scale

SIDE = 8
FULL = 16.0  # ink of a full pixel


def draw_digit(pictures: dict[str, np.ndarray], colours: Palette) -> go.Figure:
    """Pictures of 64 numbers each, side by side in one ink."""
    figure = go.Figure()
    for place, (title, numbers) in enumerate(pictures.items()):
        left = place * (SIDE + 1.5)
        figure.add_trace(
            go.Heatmap(
                z=numbers.reshape(SIDE, SIDE),
                x=left + np.arange(SIDE),
                y=np.arange(SIDE),
                zmin=0,
                zmax=FULL,
                colorscale=scale(colours.sequence),
                showscale=False,
                name=title,
                hoverinfo="skip",
            )
        )
        figure.add_annotation(x=left + (SIDE - 1) / 2, y=-1.1, text=title, showarrow=False)
    dress(figure, colours, height=250)
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(visible=False, fixedrange=True, autorange="reversed", scaleanchor="x")
    return figure
