"""How far two runs are apart, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lab.figures.style import LIGHT, Palette, dress

if TYPE_CHECKING:
    import plotly.graph_objects as go

TITLES = {"latents": "noisy latents", "clean": "predicted x0"}
UNRELATED = 2**0.5


def apart(distances: dict[str, list[float]], colours: Palette = LIGHT) -> go.Figure:
    """Relative distances of latents and of predicted x0 along the steps; unrelated tensors lie at root 2."""
    import plotly.graph_objects as go

    figure = go.Figure()
    for (name, title), colour in zip(TITLES.items(), colours.categories, strict=False):
        figure.add_scatter(
            x=list(range(1, len(distances[name]) + 1)),
            y=distances[name],
            name=title,
            mode="lines+markers",
            line={"color": colour, "width": 2},
            hovertemplate="step %{x}: %{y:.3f}<extra>" + title + "</extra>",
        )
    figure.add_hline(
        y=UNRELATED,
        line={"color": colours.faint, "dash": "dot", "width": 1},
        annotation_text="unrelated noise, √2",
        annotation_font_color=colours.faint,
    )
    dress(figure, colours, 260)
    figure.update_xaxes(title="step", dtick=max(1, len(distances["clean"]) // 12))
    figure.update_yaxes(title="distance", rangemode="tozero", range=[-0.05, 1.6])
    return figure
