"""What stands beside the plot: the film, other ways to see four dimensions, the mathematics."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lab.figures import multiwindow as figures
from lab.figures.multiwindow.labels import spans
from lab.multiwindow import Windows
from lab.views import page
from lab.views.multiwindow.knobs import Asked

ALL = "all together"
MATHEMATICS = r"""
The table has rows $(u_i, v_i, x_i, y_i)$. Two **panel variables** $u, v$ are cut by edges
$a_0 \le \dots \le a_p$ and $b_0 \le \dots \le b_q$; two **plot variables** $x, y$ are drawn. The window in
column $c$ and row $r$ holds

$$
\begin{aligned}
W_{rc} = \{\, i :\; & a_c \le u_i < a_{c+1}, \\ & b_r \le v_i < b_{r+1} \,\},
\end{aligned}
$$

where the last bin on each axis also takes its right edge. Each row with both panel values is in exactly
one window, so the margins are unions without repetition, and the corner holds every row of the table:

$$
{T_c = \bigcup_r W_{rc}}, \allowbreak\qquad {R_r = \bigcup_c W_{rc}}, \allowbreak\qquad
{\bigcup_{r,c} W_{rc} \subseteq \text{corner}} .
$$

The two sides differ only by rows that lack $u$ or $v$; they have no window and are seen in the corner alone.

What a window shows is a sample of the **conditional** distribution of $(x, y)$ given the bins of $u$ and
$v$; a margin conditions on one of them only, the corner on nothing. If $(x, y)$ is independent of $u$
within every bin of $v$, all windows of a row look alike, up to chance.

*Equally wide*: $a_c = a_0 + c\,(a_p - a_0)/p$. *Equally full*: $a_c$ is the $c/p$ quantile of $u$; rows
that tie fall into one bin together.
"""


def aside(title: str, icon: str, show: Callable[..., None], *arguments) -> None:
    """A part that is drawn only while it stands open."""
    box = st.expander(title, icon=icon, key=title, on_change="rerun")
    if box.open:
        with box:
            show(*arguments)


@st.fragment
def film(asked: Asked, result: Windows) -> None:
    """One row of windows as frames in time."""
    left, right = st.columns(2)
    along = left.radio("Time runs", (0, 1), format_func=("to the right", "upward").__getitem__, key="along")
    labels = spans(result.edges[1 - along])
    name = asked.spec.panel[1 - along]
    band = right.selectbox(
        f"Where {name} is", [ALL, *range(len(labels))], format_func=_label(labels), key="band"
    )
    chosen = None if band == ALL else band
    drawn = figures.draw_film(result, asked.table, asked.groups, page.colours(), asked.look, along, chosen)
    told = f"One scatter plot that moves through {asked.spec.bins[along]} bins of {asked.spec.panel[along]}."
    page.figure(drawn, "film", told)


def _label(labels):
    return lambda band: ALL if band == ALL else labels[band]


def others(asked: Asked) -> None:
    """The same rows drawn in two other ways, for comparison."""
    st.markdown(
        "*An aside, for comparison.* A **scatter-plot matrix** shows each pair of variables, never three of "
        "them at once. **Whiskers** put all four numbers into one glyph, which the eye must read one by one."
    )
    names = (*asked.spec.plot, *asked.spec.panel)
    left, right = st.columns(2)
    with left:
        drawn = figures.draw_matrix(asked.table, names, asked.groups, page.colours(), asked.look)
        page.figure(
            drawn, "matrix", "A triangle of 6 scatter plots, one for each pair of the four variables."
        )
    with right:
        drawn = figures.draw_whiskers(asked.table, names, asked.groups, page.colours(), asked.look)
        words = f"Whisker to the right: {names[2]}. Whisker upward: {names[3]}."
        page.figure(drawn, "whiskers", f"Points with 2 whiskers each. {words}", words)
