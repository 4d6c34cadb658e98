"""Figures set on one sheet, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from lab.figures.sheet import Dots, Line, Mark, Sheet, Text
from lab.figures.style import LIGHT

from .frame import Box, Frame, equal_scales, read_axis
from .traces import marks_of, visible_parts
from .words import plain

WIDTH, MARGIN, GAP, HEAD = 504.0, 30.0, 22.0, 44.0  # 7 inches
ACROSS, BELOW, ABOVE = 34.0, 28.0, 18.0  # for labels at the left of a figure, under and above it
TYPE = 7.5


def plate(rows: Sequence[Sequence[go.Figure]], title: str) -> Sheet:
    """A sheet with figures in rows, all of one row equally wide.

    Parameters
    ----------
    rows : sequence of sequences of plotly Figure
        Drawn in day colours; traces of points, lines, words, bars and heat maps are set, no others.
    """
    marks, top = [Text(MARGIN, 30, plain(title), LIGHT.ink, 14)], HEAD
    for row in rows:
        width = (WIDTH - 2 * MARGIN - GAP * (len(row) - 1)) / len(row)
        height = max(_height(figure, width) for figure in row)
        for place, figure in enumerate(row):
            marks += _set(figure, Box(MARGIN + place * (width + GAP), top, width, height))
        top += height + GAP
    return Sheet(WIDTH, top + 8, LIGHT.paper, plain(title), tuple(marks))


def _height(figure, width):
    heat = [trace for trace in figure.data if trace.type == "heatmap"]
    if len({trace.xaxis for trace in heat}) > 1:  # squares side by side are no higher than wide
        return width / len(heat) + 30
    return (figure.layout.height or 420) * width / 620 + 40


def _set(figure, box):
    """Frames with their ticks, then marks, then words of one figure."""
    calm = all(figure.layout[f"xaxis{i}"].visible is False for i in _suffixes(figure, "x"))
    left, below = (4.0, 4.0) if calm else (ACROSS, BELOW)
    room = Box(box.x + left, box.y + ABOVE, box.width - left - 6, box.height - ABOVE - below)
    frames = _frames(figure, room)
    marks = [mark for frame in frames.values() for mark in _scales(frame)]
    for trace in figure.data:
        marks += marks_of(trace, frames[_ids(trace)], LIGHT.paper, LIGHT.ink)
    for shape in figure.layout.shapes:
        frame = next(iter(frames.values()))
        x = frame.place([float(shape.x0), float(shape.x1)], [frame.y.low, frame.y.high])
        x[:, 1] = frame.box.y + frame.box.height, frame.box.y
        marks.append(Line(x, LIGHT.faint, 0.6))
    marks += [mark for note in figure.layout.annotations for mark in _note(note, frames, room)]
    return marks + _legend(figure, box)


def _ids(trace):
    return trace.xaxis or "x", trace.yaxis or "y"


def _suffixes(figure, letter):
    return sorted({_ids(trace)[letter == "y"].removeprefix(letter) for trace in figure.data})


def _frames(figure, room):
    """A frame for each pair of axes that has traces."""
    frames, layout = {}, figure.layout
    for x_id, y_id in dict.fromkeys(map(_ids, figure.data)):
        own = [trace for trace in figure.data if _ids(trace) == (x_id, y_id)]
        heat = any(trace.type == "heatmap" for trace in own)
        across, up = layout["xaxis" + x_id[1:]], layout["yaxis" + y_id[1:]]
        shared = [t for t in figure.data if across.matches or up.matches or _ids(t) == (x_id, y_id)]
        if any(layout["xaxis" + i].matches for i in _suffixes(figure, "x")):
            shared = figure.data
        axes = [
            read_axis(axis, _numbers(shared, letter), heat) for axis, letter in ((across, "x"), (up, "y"))
        ]
        (a, b), (c, d) = across.domain or (0, 1), up.domain or (0, 1)
        box = Box(
            room.x + a * room.width,
            room.y + (1 - d) * room.height,
            (b - a) * room.width,
            (d - c) * room.height,
        )
        frame = Frame(box, *axes)
        frames[x_id, y_id] = equal_scales(frame, heat) if up.scaleanchor else frame
    return frames


def _numbers(traces, letter):
    """All numbers of the traces along one axis; a heat map without places counts its cells."""
    found = [np.zeros(0)]
    for trace in traces:
        values = trace[letter]
        if values is None and trace.type == "heatmap":
            values = np.arange(np.asarray(trace.z).shape[letter == "x"])
        if values is not None:
            found.append(np.asarray(values, dtype=float).ravel())
        if trace.type == "bar" and letter == "y":
            found.append(np.zeros(1))
        if trace.type == "bar" and letter == "x":
            found.append(np.array([found[-1].min() - 0.5, found[-1].max() + 0.5]))
    return np.concatenate(found)


def _scales(frame):
    """Hairlines at the ticks, their numbers, and the axes' titles."""
    box = frame.box
    marks: list[Mark] = []
    style: dict[str, Any] = dict(colour=LIGHT.faint, size=TYPE)
    if frame.x.visible:
        for value, word in frame.x.ticks():
            x = frame.place([value], [0 if not frame.y.log else 1])[0, 0]
            if box.x - 0.1 <= x <= box.x + box.width + 0.1:
                marks.append(Line(np.array([(x, box.y), (x, box.y + box.height)]), LIGHT.line, 0.3))
                marks.append(Text(x, box.y + box.height + 9, word, anchor="middle", **style))
        middle = box.x + box.width / 2
        marks.append(Text(middle, box.y + box.height + 20, plain(frame.x.title), LIGHT.ink, 8.5, "middle"))
    if frame.y.visible:
        for value, word in frame.y.ticks():
            y = frame.place([0 if not frame.x.log else 1], [value])[0, 1]
            if box.y - 0.1 <= y <= box.y + box.height + 0.1:
                marks.append(Line(np.array([(box.x, y), (box.x + box.width, y)]), LIGHT.line, 0.3))
                if frame.y.labels:
                    marks.append(Text(box.x - 3, y + 2.5, word, anchor="end", **style))
        title = Text(
            box.x - 25, box.y + box.height / 2, plain(frame.y.title), LIGHT.ink, 8.5, "middle", turn=90
        )
        marks.append(title)
    return [mark for mark in marks if not isinstance(mark, Text) or mark.words]


def _note(note, frames, room):
    """An annotation: its words, and its arrow where it has one."""
    frame = next(iter(frames.values()))
    x, y = frame.place([float(note.x)], [float(note.y)])[0]
    if (note.xref or "").endswith(" domain"):
        own = next(frame for (across, _), frame in frames.items() if across == note.xref.split()[0]).box
        x, y = own.x + float(note.x) * own.width, own.y + (1 - float(note.y)) * own.height
    if note.xref == "paper":
        x = room.x + float(note.x) * room.width
    if note.yref == "paper":
        y = room.y + (1 - float(note.y)) * room.height
    marks: list[Mark] = []
    if note.showarrow and note.axref == "x":
        foot = frame.place([float(note.ax)], [float(note.ay)])[0]
        marks += [Line(part, LIGHT.ink, 0.6) for part in visible_parts(np.array([foot, (x, y)]), frame.box)]
        marks.append(Dots(np.array([(x, y)]), LIGHT.ink, 1.2))
    if words := plain(note.text or ""):
        italic = (note.text or "").startswith("<i>")
        lift = -4.0 if note.yanchor == "bottom" else 2.5
        beside = note.xanchor == "left"
        place = x + 3 * beside, y + lift
        marks.append(Text(*place, words, LIGHT.ink, 8, "start" if beside else "middle", italic))
    return marks


def _legend(figure, box):
    """Names of the traces that are told in the legend, above the figure."""
    told = [t for t in figure.data if t.type != "heatmap" and t.showlegend is not False and t.name]
    if figure.layout.showlegend is False or len(told) < 2:
        return []
    marks: list[Mark] = []
    x = box.x + 4
    for trace in told:
        marks.append(Dots(np.array([[x + 3, box.y + 4.5]]), _colour(trace), 2.2))
        marks.append(Text(x + 8, box.y + 7, plain(trace.name), LIGHT.ink, 8))
        x += 18 + 4.0 * len(trace.name)
    return marks


def _colour(trace):
    """The colour by which a trace is known; the first of its bars where each has its own."""
    colours = [trace.marker.color] if "marker" in trace else []
    colours += [trace.line.color] if trace.type != "bar" else []
    found = next((colour for colour in colours if colour is not None), LIGHT.ink)
    return found if isinstance(found, str) else str(found[0])
