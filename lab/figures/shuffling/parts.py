"""What a step is made of: by what each part of the spectrum shrinks, and the law after some steps."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress, scale, veil
from lab.shuffling import Mixing

MANY = 60  # places that have a stem each
FAINT = 1e-3  # what is smaller at the end of an axis is left out


def draw_spectrum(found: Mixing, step: int, colours: Palette) -> go.Figure:
    """By what each irreducible part shrinks in a step; the larger a dot, the louder it still is.

    Parameters
    ----------
    found : Mixing
    step : int
        After so many steps the terms of the lemma are compared.
    """
    heard = found.spectrum
    sizes: np.ndarray | float = 8.0
    if heard.normal:
        terms = heard.terms(np.array([step]))[0]
        terms[0] = 0
        sizes = 5 + 19 * np.sqrt(terms / max(terms.sum(), 1e-300))
    loud = np.abs(heard.values)
    figure = go.Figure()
    if len(loud) <= MANY:
        figure.add_scatter(
            x=np.repeat(heard.places, 3),
            y=np.column_stack([np.zeros_like(loud), loud, np.full_like(loud, np.nan)]).ravel(),
            mode="lines",
            line=dict(color=colours.line, width=1.4),
            hoverinfo="skip",
        )
    weights = np.log10(heard.weights)
    figure.add_scatter(
        x=heard.places,
        y=loud,
        mode="markers",
        marker=dict(
            size=sizes,
            color=weights,
            colorscale=scale(colours.sequence[3:]),
            cmin=0,
            cmax=max(float(weights.max()), 1),
            showscale=bool(np.ptp(weights)),
            line=dict(color=colours.faint, width=0.8 if len(loud) <= MANY else 0),
            colorbar=dict(title=dict(text="log₁₀ dim.", side="right"), thickness=10, outlinewidth=0),
        ),
        customdata=weights,
        hovertemplate="%{x}: shrinks to %{y:.4f} a step<br>10^%{customdata:.1f} dimensions<extra></extra>",
        name="spectrum",
    )
    dress(figure, colours, height=300)
    reach = _reach(heard.places, loud)
    figure.update_xaxes(title=heard.axis, range=reach, fixedrange=True, showgrid=False, zeroline=False)
    figure.update_yaxes(title="|eigenvalue|", range=(0, 1.08), fixedrange=True)
    figure.update_layout(showlegend=False)
    return figure


def draw_law(found: Mixing, step: int, colours: Palette) -> go.Figure:
    """The law of a statistic after some steps, and under the uniform distribution.

    Parameters
    ----------
    found : Mixing
        With its laws.
    step : int
    """
    laws = found.laws
    assert laws is not None, "the exact law is not known here"
    figure = go.Figure()
    colour = colours.categories[2] if step <= 1 else colours.categories[0]
    figure.add_bar(
        x=laws.places,
        y=laws.shares[step],
        name=f"after {step} step" + "s" * (step != 1),
        marker=dict(color=veil(colour, 0.75), line=dict(width=0)),
        hovertemplate="%{x}: %{y:.4f}<extra></extra>",
    )
    figure.add_scatter(
        x=laws.places,
        y=laws.even,
        mode="lines",
        line=dict(color=colours.accent, width=2, shape="hvh"),
        name="uniform",
        hovertemplate="uniform, %{x}: %{y:.4f}<extra></extra>",
    )
    dress(figure, colours, height=300)
    reach = _reach(laws.places, np.maximum(laws.shares[step], laws.even))
    figure.update_xaxes(title=laws.axis, range=reach, fixedrange=True, showgrid=False, zeroline=False)
    figure.update_yaxes(title="probability", rangemode="tozero", fixedrange=True, nticks=5)
    figure.update_layout(bargap=0.15)
    return figure


def _reach(places: np.ndarray, heights: np.ndarray) -> tuple[float, float]:
    """From the first to the last place that can be seen, with some room."""
    seen = places[heights >= FAINT * heights.max()]
    room = max(0.7, 0.04 * float(seen.max() - seen.min()))
    return float(seen.min()) - room, float(seen.max()) + room
