"""The look of the house: ink, paper, lamp light. The only place that names a colour.

Two palettes, one for day and one for night; `.streamlit/config.toml` repeats them for the page itself. Text
meets WCAG AA (4.5 : 1), marks 3 : 1 on their paper, and the categories stay apart under deuteranopia and
protanopia: `tests/test_style.py` computes all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import plotly.graph_objects as go

BODY_FONT = "EB Garamond, Georgia, serif"
MONO_FONT = "IBM Plex Mono, monospace"
SHEET = "#ffffff"  # paper that goes through a printer: no ink for the ground


@dataclass(frozen=True)
class Palette:
    """Colours by what they are for.

    Attributes
    ----------
    paper, card : str
        Page and raised surfaces.
    ink, faint : str
        Text and secondary text; both readable on paper and card.
    line : str
        Hairlines, grids, borders.
    accent : str
        The rubric: links, the chosen, the current frame.
    pressed : str
        Ground of the main button, under white letters; sliders and ticks.
    categories : tuple of str
        Unordered groups, in the order to use them: blue, vermilion, green, plum, ochre, sky, rose, slate.
    flowers : tuple of str
        Red, blue and green of the Iris plot as its post drew it; `categories` are safe for the colour-blind.
    sequence, divergence : tuple of str
        Colour scales from little to much, and from negative over nothing to positive.
    """

    paper: str
    card: str
    ink: str
    faint: str
    line: str
    accent: str
    pressed: str
    categories: tuple[str, ...]
    flowers: tuple[str, ...]
    sequence: tuple[str, ...]
    divergence: tuple[str, ...]


LIGHT = Palette(
    paper="#fbf8f1",
    card="#f2ecdf",
    ink="#16130f",
    faint="#665e52",
    line="#d9d0bf",
    accent="#96291c",
    pressed="#96291c",
    categories=("#3268b7", "#ab381f", "#1b8d5e", "#4f2364", "#a47f08", "#3f8aa6", "#b93a80", "#444852"),
    flowers=("#c3272b", "#2a62c4", "#1f8a3b"),
    sequence=("#fbf8f1", "#d8dcc8", "#9fbfb0", "#5f9a9e", "#33708a", "#20476d", "#172447"),
    divergence=("#1f4e79", "#6f9cc0", "#c6d6df", "#f6f1e6", "#ecc9a8", "#d4814a", "#96391a"),
)

DARK = Palette(
    paper="#16171b",
    card="#212329",
    ink="#ece5d6",
    faint="#a9a294",
    line="#3a3c44",
    accent="#e3a857",
    pressed="#ad5f25",
    categories=("#4a86ff", "#e0632b", "#63dca3", "#a560b3", "#efe373", "#a6ebfa", "#ec5b86", "#a4a6ae"),
    flowers=("#ff6f66", "#6ea8ff", "#58cf7c"),
    sequence=("#16171b", "#1e3350", "#24567a", "#357f96", "#67a9a2", "#b0cfae", "#f3ecce"),
    divergence=("#8cc4f0", "#4a83b4", "#2b4a66", "#26272c", "#6a4228", "#b5672f", "#f3a05f"),
)


def palette(name: str | None) -> Palette:
    """The palette of a theme name, "light" or "dark"; anything else is day."""
    return DARK if name == "dark" else LIGHT


def dress(figure: go.Figure, colours: Palette = LIGHT, height: int = 420) -> go.Figure:
    """Set a plotly figure in the house's type and colours, in place; returns it.

    The paper stays transparent, so that the figure sits on whatever page shows it. Grids are hairlines, axes
    have no frame, the legend lies above, dragging does nothing by accident on a phone.
    """
    look = _look(colours, height)
    layout, axis = figure.layout, _axis(colours)
    look |= {name: axis for name in layout if name.startswith(("xaxis", "yaxis"))}
    for name, value in look.items():  # one by one: plotly's own update takes five times as long
        layout[name] = _merged(layout[name].to_plotly_json(), value) if isinstance(value, dict) else value
    return figure


def _look(colours: Palette, height: int) -> dict:
    """The layout of every figure but for its axes."""
    return dict(
        height=height,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font=dict(family=BODY_FONT, size=15, color=colours.ink),
        colorway=list(colours.categories),
        margin=dict(l=8, r=8, t=36, b=8),
        legend=dict(orientation="h", y=1.02, yanchor="bottom", x=0, font=dict(color=colours.ink)),
        hoverlabel=dict(
            bgcolor=colours.card, bordercolor=colours.line, font=dict(family=BODY_FONT, color=colours.ink)
        ),
        dragmode=False,
    )


def _axis(colours: Palette) -> dict:
    """What all axes have in common."""
    return dict(
        gridcolor=colours.line,
        zerolinecolor=colours.line,
        linecolor=colours.line,
        tickcolor=colours.line,
        tickfont=dict(color=colours.faint),
        title=dict(font=dict(color=colours.ink)),
        gridwidth=1,
        zerolinewidth=1,
        automargin=True,
    )


def _merged(old: dict, new: dict) -> dict:
    """The old settings with the new ones laid over them, level by level."""
    over = {
        key: _merged(old[key], value) if isinstance(value, dict) and isinstance(old.get(key), dict) else value
        for key, value in new.items()
    }
    return {**old, **over}


def over(axis: str, words: str) -> dict:
    """An annotation in the middle above the plot of an axis: ``""`` for the first, ``"2"`` for the next."""
    place = dict(x=0.5, y=1.0, xref=f"x{axis} domain", yref=f"y{axis} domain", yanchor="bottom")
    return dict(text=words, showarrow=False, **place)


def scale(colours: tuple[str, ...]) -> list[list[float | str]]:
    """A plotly colour scale with its colours at equal distances."""
    return [[index / (len(colours) - 1), colour] for index, colour in enumerate(colours)]


def veil(colour: str, share: float) -> str:
    """A colour of a palette, seen through: its share in 0..1 covers what lies below."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share:g})"
