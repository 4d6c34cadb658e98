"""Traces of a plotly figure as marks: points, lines, words, bars, heat maps."""

from __future__ import annotations

import numpy as np
from PIL import Image

from lab.figures.sheet import Dots, Line, Mark, Picture, Text

from .frame import Frame
from .words import plain

POINT = 0.5  # points of the sheet to a pixel of the screen
HEAT_PIXELS = 480


def marks_of(trace, frame: Frame, paper: str, ink: str) -> list:
    """All marks of one trace; what lies outside the frame is cut off."""
    kind = {"scattergl": "scatter"}.get(trace.type, trace.type)
    return {"scatter": _scatter, "bar": _bars, "heatmap": _heat}.get(kind, _nothing)(trace, frame, paper, ink)


def _nothing(trace, frame, paper, ink):
    return []


def _scatter(trace, frame, paper, ink):
    places, mode = frame.place(trace.x, trace.y), trace.mode or "lines"
    marks: list[Mark] = []
    if "lines" in mode:
        colour, width = trace.line.color or ink, POINT * (trace.line.width or 2)
        marks += [Line(part, colour, width) for part in visible_parts(places, frame.box)]
    inside = _inside(places, frame.box)
    if "markers" in mode:
        marker = trace.marker
        radius = POINT * (marker.size if marker.size is not None else 6) / 2
        colour = mixed(
            marker.color or trace.line.color or ink, paper, 1.0 if marker.opacity is None else marker.opacity
        )
        if "open" in (marker.symbol or ""):
            marks += [Line(ring(place, radius), colour, 0.8) for place in places[inside]]
        else:
            marks.append(Dots(places[inside], colour, radius))
    if "text" in mode:
        words = np.broadcast_to(np.asarray(trace.text, dtype=object), len(places))
        lift = {"top": -4.0, "bottom": 11.0}.get((trace.textposition or "").split(" ")[0], 3.0)
        for (x, y), text in zip(places[inside], words[inside], strict=True):
            marks.append(Text(x, y + lift, plain(str(text)), ink, 7, "middle"))
    return marks


def _bars(trace, frame, paper, ink):
    top, foot = frame.place(trace.x, trace.y), frame.place(trace.x, np.zeros(len(trace.x)))
    width = 0.8 * frame.box.width / max(1.0, frame.x.high - frame.x.low)
    colours = np.broadcast_to(np.asarray(trace.marker.color, dtype=object), len(top))
    return [
        Line(np.array([a, b]), str(colour), width)
        for a, b, colour in zip(foot, top, colours, strict=True)
        if abs(a[1] - b[1]) > 1e-6
    ]


def _heat(trace, frame, paper, ink):
    z = np.asarray(trace.z, dtype=float)
    stops = np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for _, c in trace.colorscale], dtype=float)
    part = np.clip((z - trace.zmin) / (trace.zmax - trace.zmin), 0, 1) * (len(stops) - 1)
    low = np.minimum(part.astype(int), len(stops) - 2)
    rgb = stops[low] + (part - low)[..., None] * (stops[low + 1] - stops[low])
    x = np.arange(z.shape[1]) if trace.x is None else np.asarray(trace.x)
    y = np.arange(z.shape[0]) if trace.y is None else np.asarray(trace.y)
    (left, top), (right, bottom) = frame.place([x[0] - 0.5, x[-1] + 0.5], [y[0] - 0.5, y[-1] + 0.5])
    rgb = rgb if top <= bottom else rgb[::-1]
    sharp = -(-HEAT_PIXELS // max(z.shape))  # whole pixels to a cell, so that edges stay sharp
    image = Image.fromarray(rgb.round().astype(np.uint8), "RGB")
    image = image.resize((image.width * sharp, image.height * sharp), Image.Resampling.NEAREST)
    return [Picture(min(left, right), min(top, bottom), abs(right - left), abs(bottom - top), image)]


def visible_parts(places: np.ndarray, box) -> list[np.ndarray]:
    """The polyline cut at its gaps and at the box, as polylines (m, 2).

    Source: Liang & Barsky (1984), for each piece of it.
    """
    parts: list[list[np.ndarray]] = []
    open_: list[np.ndarray] = []
    for a, b in zip(places[:-1], places[1:], strict=True):
        cut = _cut(a, b, box) if np.isfinite([a, b]).all() else None
        if cut is None or (open_ and not np.allclose(open_[-1], cut[0])):
            parts, open_ = [*parts, open_], []
        if cut is not None:
            open_ = [*(open_ or [cut[0]]), cut[1]]
    return [np.array(part) for part in (*parts, open_) if len(part) > 1]


def _cut(a, b, box):
    enter, leave, way = 0.0, 1.0, b - a
    for axis, low, high in ((0, box.x, box.x + box.width), (1, box.y, box.y + box.height)):
        for along, room in ((-way[axis], a[axis] - low), (way[axis], high - a[axis])):
            if along == 0 and room < -1e-9:
                return None
            if along < 0:
                enter = max(enter, room / along)
            if along > 0:
                leave = min(leave, room / along)
    return None if enter > leave else (a + enter * way, a + leave * way)


def _inside(places, box):
    low, high = (box.x - 1e-6, box.y - 1e-6), (box.x + box.width + 1e-6, box.y + box.height + 1e-6)
    with np.errstate(invalid="ignore"):
        return ((places >= low) & (places <= high)).all(1)


def ring(place, radius) -> np.ndarray:
    """A circle as a closed polyline."""
    turn = np.linspace(0, 2 * np.pi, 25)
    return np.column_stack([place[0] + radius * np.cos(turn), place[1] + radius * np.sin(turn)])


def mixed(colour: str, paper: str, opacity: float) -> str:
    """The colour as it looks on paper; print knows no transparency."""
    parts = [
        round(opacity * int(colour[i : i + 2], 16) + (1 - opacity) * int(paper[i : i + 2], 16))
        for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)
