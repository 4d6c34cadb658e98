"""How far blends are from their sources: bars for one blend, a map of the triangle or a line for all."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from lab.diffusion.likeness import Likeness
from lab.figures.style import Palette, dress, scale

NAMES = {"seen": "seen", "pixels": "pixels", "text": "text"}


def draw_distances(
    likenesses: Sequence[Likeness], number: int, names: Sequence[str], colours: Palette
) -> go.Figure:
    """Distances of one blend to every source, one bar for each measure; 1 is the sources' own distance.

    Parameters
    ----------
    likenesses : sequence of Likeness
    number : int
        Of the blend among those that were compared.
    names : sequence of m str
        Of the sources.
    """
    figure = go.Figure()
    labels = [short(name) for name in names]
    for place, likeness in enumerate(likenesses):
        figure.add_bar(
            y=labels,
            x=likeness.relative[number],
            orientation="h",
            name=NAMES[likeness.measure],
            marker=dict(color=colours.categories[place]),
            hovertemplate="%{y}: %{x:.2f}<extra>" + NAMES[likeness.measure] + "</extra>",
        )
    figure.add_vline(x=1, line=dict(color=colours.ink, width=1, dash="dot"))
    dress(figure, colours, height=110 + 62 * len(names))
    figure.update_layout(barmode="group", bargap=0.3)
    figure.update_xaxes(title="distance (1: from source to source)", fixedrange=True)
    figure.update_xaxes(rangemode="tozero")
    figure.update_yaxes(autorange="reversed", fixedrange=True)
    return figure


def draw_nearest(
    likeness: Likeness, weights: Sequence[Sequence[float]], names: Sequence[str], colours: Palette
) -> go.Figure:
    """How far each blend is from the source it is most like; the farthest is marked.

    Three sources are a triangle, two a line; more are put in order of the distance.
    """
    best, values = likeness.least_like(), likeness.nearest
    points = np.asarray(weights, dtype=float)
    if points.shape[1] == 3:
        return _triangle(points, values, best, names, colours)
    order = np.argsort(points[:, 1] if points.shape[1] == 2 else -values, kind="stable")
    x = points[order, 1] if points.shape[1] == 2 else np.arange(1, len(order) + 1)
    figure = go.Figure()
    figure.add_scatter(
        x=x,
        y=values[order],
        mode="lines+markers",
        line=dict(color=colours.faint, width=1),
        marker=dict(color=[colours.accent if i == best else colours.faint for i in order], size=8),
        text=[spoken(points[i], names) for i in order],
        hovertemplate="%{text}<br>%{y:.2f}<extra></extra>",
        name="blends",
    )
    dress(figure, colours, height=300)
    title = f"share of {short(names[1])}" if points.shape[1] == 2 else "blends, in order"
    figure.update_xaxes(title=title, fixedrange=True)
    figure.update_yaxes(title="to the nearest source", rangemode="tozero", fixedrange=True)
    return figure


def _triangle(points, values, best, names, colours: Palette) -> go.Figure:
    x, y = plane(points)
    figure = go.Figure()
    figure.add_scatter(
        x=x,
        y=y,
        mode="markers",
        marker=dict(
            size=26,
            color=values,
            cmin=0,
            colorscale=scale(colours.sequence),
            line=dict(
                color=[colours.accent if i == best else colours.line for i in range(len(x))],
                width=[3 if i == best else 1 for i in range(len(x))],
            ),
            colorbar=dict(
                title=dict(text="to the nearest source", side="bottom"),
                orientation="h",
                y=-0.04,
                yanchor="top",
                thickness=8,
                len=0.7,
                outlinewidth=0,
            ),
        ),
        text=[spoken(point, names) for point in points],
        hovertemplate="%{text}<br>%{marker.color:.2f}<extra></extra>",
        name="blends",
    )
    corners = plane(np.eye(3))
    for name, cx, cy, place in zip(names, *corners, ("top", "bottom", "bottom"), strict=True):
        figure.add_annotation(
            x=cx, y=cy, text=short(name), showarrow=False, yshift=26 if place == "top" else -26
        )
    dress(figure, colours, height=380)
    figure.update_layout(margin=dict(l=8, r=8, t=8, b=70))
    figure.update_xaxes(visible=False, range=(-0.12, 1.12), fixedrange=True)
    figure.update_yaxes(visible=False, range=(-0.2, 1.06), scaleanchor="x", fixedrange=True)
    return figure


def plane(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Places of weights (n, 3) in a triangle of side 1: the first source on top, then left, then right."""
    return points[:, 2] + points[:, 0] / 2, points[:, 0] * math.sqrt(3) / 2


def spoken(weights: Sequence[float], names: Sequence[str]) -> str:
    """A blend in words: ``60 % Ada, 40 % Clio``."""
    shares = [(round(100 * w), short(name)) for w, name in zip(weights, names, strict=True) if w > 0.004]
    return ", ".join(f"{share} % {name}" for share, name in shares)


def short(prompt: str, most: int = 28) -> str:
    """A prompt that fits beside a bar, as text and never as markup."""
    return html.escape(prompt if len(prompt) <= most else prompt[: most - 1].rstrip() + "…")


def names(prompts: Sequence[str]) -> list[str]:
    """Prompts without the words that all of them begin or end with; whole where nothing else is left."""
    words = [prompt.split() for prompt in prompts]
    head = _common(words)
    tail = _common([list(reversed(own[head:])) for own in words])
    cut = [" ".join(own[head : len(own) - tail]).strip(" ,") for own in words]
    return cut if all(cut) and len(set(cut)) == len(set(prompts)) else list(prompts)


def _common(words: Sequence[Sequence[str]]) -> int:
    """Number of words that all begin with."""
    length = 0
    for column in zip(*words, strict=False):
        if len(set(column)) > 1:
            break
        length += 1
    return length
