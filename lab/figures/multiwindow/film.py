"""One window as a film: the bins of a panel variable as frames in time, played in the browser."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from lab.figures.style import Palette, dress
from lab.multiwindow import Windows
from lab.tables import Groups

from .labels import spans
from .lattice import Look, limits
from .screen import group_colours

MOMENT = 900  # milliseconds a frame stays; each is redrawn whole, else a group that is gone leaves its points


def draw_film(
    result: Windows, table, groups: Groups, colours: Palette, look: Look, along: int, band: int | None
) -> go.Figure:
    """Frames are the windows met on the way along one panel variable.

    Parameters
    ----------
    along : {0, 1}
        Which panel variable is time: 0 walks to the right, 1 upward.
    band : int or None
        The row (or column) that is walked; None walks the margin, all rows together.
    """
    if band is None:
        members = result.top if along == 0 else result.right
    else:
        members = list(result.cells[band] if along == 0 else result.cells[:, band])
    labels = spans(result.edges[along])
    frames = [
        go.Frame(data=_traces(rows, result, table, groups, colours, look), name=label)
        for rows, label in zip(members, labels, strict=True)
    ]
    figure = go.Figure(data=frames[0].data, frames=frames)
    dress(figure, colours, height=460)
    x, y = result.spec.plot
    figure.update_xaxes(title=x, range=_roomy(*limits(table[x])), fixedrange=True)
    figure.update_yaxes(title=y, range=_roomy(*limits(table[y])), fixedrange=True)
    figure.update_layout(
        updatemenus=[_play(colours)], sliders=[_time(result.spec.panel[along], labels, colours)]
    )
    return figure


def _traces(rows, result, table, groups, colours, look):
    x, y = (np.asarray(table[name])[rows] for name in result.spec.plot)
    codes = groups.codes[rows]
    return [
        go.Scatter(
            x=x[codes == code],
            y=y[codes == code],
            mode="markers",
            name=name,
            marker=dict(color=colour, size=9, opacity=0.8),
            showlegend=len(groups.names) > 1,
        )
        for code, (name, colour) in enumerate(
            zip(groups.names, group_colours(groups, colours, look), strict=True)
        )
    ]


def _roomy(low, high):
    room = 0.04 * (high - low)
    return low - room, high + room


def _play(colours):
    timing = dict(frame=dict(duration=MOMENT, redraw=True), transition=dict(duration=0), fromcurrent=True)
    stop = dict(frame=dict(duration=0, redraw=False), mode="immediate")
    return dict(
        type="buttons",
        direction="left",
        x=0,
        y=-0.32,
        xanchor="left",
        yanchor="top",
        bgcolor=colours.card,
        bordercolor=colours.line,
        font=dict(color=colours.ink),
        buttons=[
            dict(label="Play", method="animate", args=[None, timing]),
            dict(label="Pause", method="animate", args=[[None], stop]),
        ],
    )


def _time(name, labels, colours):
    jump = dict(mode="immediate", frame=dict(duration=0, redraw=True), transition=dict(duration=0))
    return dict(
        x=0.2,
        y=-0.2,
        len=0.8,
        currentvalue=dict(prefix=f"{name} ", font=dict(color=colours.ink)),
        bgcolor=colours.line,
        bordercolor=colours.line,
        font=dict(color=colours.faint),
        steps=[dict(label=label, method="animate", args=[[label], jump]) for label in labels],
    )
