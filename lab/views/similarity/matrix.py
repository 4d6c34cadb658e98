"""Step 2: the Gram matrix, its best approximations, and the theorem's number beside the measured one."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from lab.figures import similarity as figures
from lab.similarity import steps
from lab.views import linked, page, selection
from lab.views.similarity import real
from lab.views.similarity.taken import Taken

MOST_AXES = 12
SCATTER, HEAT = "matrix scatter", "matrix heat"
WORDS = r"""
All similarities between samples together are the **Gram matrix** $G = X X^{\mathsf T}$ with $G_{ij} = x_i
\cdot x_j$, the samples counted from their mean. It knows nothing of coordinates. Written by its
eigenvectors, $G = \sum_j \lambda_j u_j
u_j^{\mathsf T}$, largest eigenvalue first; keep $k$ terms and call the sum $G_k$. **Eckart and Young**
(1936): no matrix of rank $k$ or less comes nearer, and what is lost is exactly what was dropped:

$$
\lVert G - G_k \rVert_F^2 \;=\; \sum_{j > k} \lambda_j^2 .
$$
"""


def show() -> Taken | None:
    """Heat maps and scatter with one selection between them."""
    asked = real.ask()
    if asked is None:
        return None
    most = min(MOST_AXES, len(asked.X))
    k = linked.number("Axes kept, k", 0, most, 2, "k")
    result = steps.compare(asked.X, k)
    order = figures.order_by(asked.groups.codes[result.sample], result.scores[:, 0])
    lit = _lit(order)
    _draw(asked, result, lit)
    told = (
        f"{len(lit)} samples are lit in both."
        if lit
        else "Drag a box in the scatter plot or over a heat map."
    )
    kept = 1 - result.found.predicted / float((result.found.gram**2).sum())
    st.caption(
        f"{len(order)} of {len(asked.X)} samples, in the order of their groups. "
        f"{k} {'axis keeps' if k == 1 else 'axes keep'} {kept:.3%} of ‖G‖². {told}"
    )
    if lit:
        selection.darken(SCATTER, HEAT)
    st.markdown(WORDS)
    ask, flags = f"compare(table.matrix(), {k})", [*asked.flags, "--k", str(k)]
    return Taken("matrix", result, asked.code, ask, "heat", flags, asked.table, {"colour": asked.colour})


def _draw(asked: real.Asked, result: steps.Compared, lit: list[int] | None) -> None:
    """The maps, and under them the scatter plot and the theorem."""
    drawn = figures.draw(result, asked.table, page.colours(), colour=asked.colour, lit=lit)
    how: dict[str, Any] = dict(theme=None, config=page.PLOT, on_select="rerun")
    count, k = len(result.found.gram), result.k
    told = f"Three heat maps: similarities of {count} samples, the same by {k} axes, and the difference."
    st.plotly_chart(drawn["heat"], key=selection.key(HEAT), alt=told, selection_mode="box", **how)
    left, right = st.columns(2)
    with left:
        told = f"The {count} samples on their first 2 principal axes."
        how["selection_mode"] = ("box", "points")
        st.plotly_chart(drawn["scatter"], key=selection.key(SCATTER), alt=told, **how)
    with right:
        told = f"Share of the Gram matrix that is lost, falling over the axes kept; here {k} are."
        page.figure(drawn["errors"], "errors", told)
        first, second = st.columns(2)
        first.metric("measured, entry by entry", f"{result.found.measured:.6g}")
        second.metric("the theorem, Σ λ²", f"{result.found.predicted:.6g}")


def _lit(order: np.ndarray) -> list[int] | None:
    """Samples under the brush of either figure: points, or rows and columns of a heat map."""
    if brushed := selection.rows(SCATTER):
        return brushed
    lit = set()
    for box in selection.boxes(HEAT):
        for ends in (box["x"], box["y"]):
            low, high = max(0, round(min(ends))), round(max(ends))
            lit.update(order[low : high + 1].tolist())
    return sorted(lit) or None
