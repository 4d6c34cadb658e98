"""Distances from uniform against the number of steps: one walk under its bound, and a family of sizes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress
from lab.shuffling import MIXED, WALKS, Mixing, mixing_time

DRAWN = 400  # points of a curve; more are not seen
FEW = 40
CLIFF = 2.0  # cutoffs that the family shows
LEAST = 0.01  # end of a logarithmic axis


def draw_distance(found: Mixing, step: int, logarithmic: bool, colours: Palette) -> go.Figure:
    """Distance from uniform and the lemma's bound against the number of steps.

    Parameters
    ----------
    found : Mixing
    step : int
        The one that the page looks at.
    logarithmic : bool
    """
    figure = go.Figure()
    steps = _thinned(found.steps)
    mode = "lines+markers" if found.steps <= FEW else "lines"
    bound = np.minimum(found.bound, 30)  # far above the axis
    curves = [("the lemma's bound", bound, colours.categories[1], "dash")]
    if found.laws:
        curves.append(("exact distance", found.laws.distance, colours.categories[0], "solid"))
    for name, values, colour, dash in curves:
        figure.add_scatter(
            x=steps,
            y=values[steps],
            mode=mode,
            name=name,
            line=dict(color=colour, width=2.2, dash=dash),
            marker=dict(size=6, color=colour),
            hovertemplate=f"{name} after %{{x}}: %{{y:.3f}}<extra></extra>",
        )
    figure.add_scatter(
        x=[step],
        y=[found.known[step]],
        mode="markers",
        name=f"after {step}",
        marker=dict(size=13, color=colours.accent, line=dict(color=colours.paper, width=2)),
        hoverinfo="skip",
    )
    _guide(figure, (0, found.steps), (MIXED, MIXED), colours)
    if (mixed := mixing_time(found.known)) is not None:
        _guide(figure, (mixed, mixed), (LEAST if logarithmic else 0, 1.05), colours)
        how = dict(showarrow=False, xanchor="left", yanchor="top", yref="paper", xshift=4)
        words = f"mixed after {mixed}"
        figure.add_annotation(x=mixed, y=1, text=words, font=dict(color=colours.ink, size=14), **how)
    dress(figure, colours, height=360)
    figure.update_xaxes(title="steps", fixedrange=True, showgrid=False, range=(0, found.steps * 1.01))
    figure.update_yaxes(
        title="distance from uniform",
        fixedrange=True,
        type="log" if logarithmic else "linear",
        range=(np.log10(LEAST), np.log10(1.4)) if logarithmic else (0, 1.08),
        dtick=1 if logarithmic else 0.25,
    )
    return figure


def draw_family(members: Sequence[Mixing], here: Mixing | None, colours: Palette) -> go.Figure:
    """Distances of several sizes, each on its own clock: what falls ever more steeply has a cutoff.

    Parameters
    ----------
    members : sequence of Mixing
        Smallest first.
    here : Mixing, optional
        The page's own, drawn over them.
    """
    figure = go.Figure()
    shades = colours.sequence[-len(members) :]
    own, clock = here.spec.size if here else None, WALKS[members[0].spec.walk].clock
    drawn = [(e, shade, 2.0) for e, shade in zip(members, shades, strict=True) if e.spec.size != own]
    if here is not None:
        drawn.append((here, colours.accent, 3.2))
    for each, shade, width in drawn:
        steps = _thinned(min(each.steps, int(CLIFF * each.spec.cutoff) + 1))
        figure.add_scatter(
            x=steps / each.spec.cutoff,
            y=each.known[steps],
            mode="lines",
            name=f"{each.spec.size}",
            line=dict(color=shade, width=width),
            hovertemplate=f"{each.spec.size}: %{{y:.3f}}<extra></extra>",
        )
    _guide(figure, (1, 1), (0, 1.04), colours)
    _guide(figure, (0, CLIFF), (MIXED, MIXED), colours)
    dress(figure, colours, height=300)
    figure.update_xaxes(title=f"steps / {clock}", range=(0, CLIFF), fixedrange=True, showgrid=False)
    figure.update_yaxes(title="distance", range=(0, 1.04), fixedrange=True, dtick=0.25)
    return figure


def _thinned(last: int) -> np.ndarray:
    """Steps that are drawn, the first and the last among them."""
    return np.unique(np.linspace(0, last, min(last + 1, DRAWN)).round().astype(int))


def _guide(figure: go.Figure, x: tuple[float, float], y: tuple[float, float], colours: Palette) -> None:
    """A dotted line that says nothing of its own."""
    line = dict(color=colours.faint, width=1, dash="dot")
    figure.add_scatter(x=x, y=y, mode="lines", line=line, showlegend=False, hoverinfo="skip")
