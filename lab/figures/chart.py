"""Which figures the house draws by itself: plotly's script is 4.7 MB, these figures need a few pages of one.

The component ``chart`` (`lab/views/components/chart`) draws a figure if it knows every word in it; any other
is left to plotly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go

MARKS_MOST = 4_000  # points with a mark of their own; beyond, plotly's WebGL is quicker

# What is drawn, by kind of trace or part of the layout; a word stands for all that is below it.
TRACE = "type name showlegend xaxis yaxis x y hoverinfo hovertemplate opacity customdata text"
SCALED = (
    "colorscale showscale colorbar.title.text colorbar.title.side colorbar.thickness colorbar.len colorbar.y"
)
SCALED += " colorbar.yanchor colorbar.orientation colorbar.outlinewidth colorbar.tickvals colorbar.ticktext"
POINTS = "size color symbol opacity cmin cmax line.color line.width " + SCALED
AXIS = """title.text title.font type range rangemode domain anchor matches scaleanchor constrain
constraintoward autorange categoryorder categoryarray dtick tick0 nticks tickmode tickvals ticktext tickformat
ticksuffix tickfont exponentformat showgrid showticklabels visible zeroline gridcolor gridwidth zerolinecolor
zerolinewidth linecolor tickcolor automargin fixedrange"""
WORDS = """x y xref yref text showarrow xanchor yanchor xshift yshift font bgcolor opacity textangle ax ay
axref ayref arrowhead arrowwidth arrowcolor"""
PICTURE = "source xref yref x y sizex sizey xanchor yanchor sizing layer opacity"
SHAPE = "type x0 x1 y0 y1 xref yref line fillcolor opacity"
LAYOUT = """height margin font colorway legend paper_bgcolor plot_bgcolor hoverlabel hovermode dragmode
clickmode showlegend barmode bargap"""


def _within(prefix: str, words: str) -> set[str]:
    return {f"{prefix}{word}" for word in words.split()}


KNOWN = {
    "scatter": _within(
        "", TRACE + " mode line.color line.width line.dash line.shape fill fillcolor cliponaxis"
    )
    | _within("marker.", POINTS)
    | {"textposition", "textfont.size", "textfont.color", "unselected"},
    "bar": _within("", TRACE + " orientation marker.color marker.line.width textposition cliponaxis")
    | {f"error_{way}.{word}" for way in "xy" for word in ("type", "array", "color", "thickness", "width")},
    "heatmap": _within("", f"{TRACE} z zmin zmax xgap ygap {SCALED}"),
    "layout": _within("", LAYOUT)
    | _within("axis.", AXIS)
    | _within("annotations.", WORDS)
    | _within("images.", PICTURE)
    | _within("shapes.", SHAPE),
}
KNOWN["scattergl"] = KNOWN["scatter"]
ONLY = {"fill": {"none", "toself", "tozeroy"}, "textposition": {"outside"}, "barmode": {"group", "overlay"}}
SHAPES_OF_POINTS = {"circle", "square", "diamond", "star", "triangle-right", "line-ns", "cross-thin"}


def written(figure: go.Figure) -> str | None:
    """The figure as JSON for the component, without plotly's template; None where plotly has to draw it."""
    from plotly.io.json import to_json_plotly  # a second that a page without figures saves

    tree = figure.to_plotly_json()
    tree["layout"].pop("template", None)
    if figure.frames or unknown(tree) or sum(map(_marks, figure.data)) > MARKS_MOST:
        return None
    return to_json_plotly(tree)


def unknown(tree: dict[str, Any]) -> set[str]:
    """The words of a figure's tree that the component does not know, such as ``scatter.stackgroup``."""
    found = {
        f"{trace['type']}.{word}"
        for trace in tree["data"]
        for word, value in _words(trace)
        if not _told(KNOWN.get(trace["type"], set()), word) or not _drawn(trace["type"], word, value)
    }
    found |= {f"{trace['type']} without colorscale" for trace in tree["data"] if not _scaled(trace)}
    for word, _ in _words(tree["layout"]):
        head, _, rest = word.partition(".")
        same = f"axis.{rest}" if head.rstrip("0123456789") in ("xaxis", "yaxis") else word
        if not _told(KNOWN["layout"], same):
            found.add(f"layout.{word}")
    return found


def _words(tree: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf of a tree of settings with its path; lists of trees count as one."""
    for name, value in tree.items():
        path = prefix + name
        if isinstance(value, dict):
            yield from _words(value, f"{path}.")
        elif isinstance(value, (list, tuple)) and value and isinstance(value[0], dict):
            for own in value:
                yield from _words(own, f"{path}.")
        else:
            yield path, value


def _told(known: set[str], word: str) -> bool:
    parts = word.split(".")
    return any(".".join(parts[:length]) in known for length in range(1, len(parts) + 1))


def _drawn(kind: str, word: str, value: Any) -> bool:
    """Whether the component draws this value of the word."""
    if word.endswith("colorscale"):
        return all(re.fullmatch("#[0-9a-f]{6}", colour) for _, colour in value)
    if word == "marker.symbol":
        return {str(value).removesuffix("-open")} <= SHAPES_OF_POINTS
    if word == "textposition" and kind != "bar":
        return isinstance(value, str)
    return word not in ONLY or value in ONLY[word]


def _scaled(trace: dict[str, Any]) -> bool:
    """Whether numbers that are to be colours have a scale."""
    if trace["type"] == "heatmap":
        return "colorscale" in trace
    marker = trace.get("marker", {})
    colour = marker.get("color")
    words = (
        isinstance(colour, str)
        or isinstance(colour, (list, tuple))
        and all(isinstance(c, str) for c in colour)
    )
    return colour is None or words or "colorscale" in marker


def _marks(trace: Any) -> int:
    if trace.type == "heatmap" or "lines" == (getattr(trace, "mode", None) or ""):
        return 0
    return max(len(values) if values is not None else 0 for values in (trace.x, trace.y))
