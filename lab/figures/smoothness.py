"""The smoothness meter: how far each frame of a film is from the next, the worst step marked."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lab.diffusion.smoothness import Smoothness
from lab.figures.style import Palette, dress


def draw_meter(found: Smoothness, colours: Palette) -> go.Figure:
    """Steps as bars over the frame before each, the mean as a line, the largest in the accent colour."""
    steps = found.steps
    frames = np.arange(1, len(steps) + 1)
    marks = [colours.accent if index == found.worst else colours.categories[0] for index in range(len(steps))]
    figure = go.Figure()
    figure.add_bar(
        x=frames,
        y=steps,
        marker=dict(color=marks),
        hovertemplate="from frame %{x} to the next: %{y:.1f}<extra></extra>",
        name="step",
    )
    if len(steps):
        figure.add_hline(y=float(steps.mean()), line=dict(color=colours.faint, width=1, dash="dot"))
    dress(figure, colours, height=150)
    figure.update_layout(showlegend=False, bargap=0.15, margin=dict(l=8, r=8, t=8, b=8))
    figure.update_xaxes(title=None, fixedrange=True)
    figure.update_yaxes(title=None, fixedrange=True, rangemode="tozero", nticks=4)
    return figure


def describe(found: Smoothness) -> str:
    """The meter for those who do not see it."""
    return (
        f"{len(found.steps)} bars, the distance of each frame to the next. The largest, after frame "
        f"{found.worst + 1}, is {found.ratio:.1f} times the mean."
    )
