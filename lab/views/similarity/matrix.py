"""Step 2: the Gram matrix, its best approximations, and the theorem's number beside the measured one."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lab.figures import similarity as figures
from lab.similarity import decompose, eckart_young, gram
from lab.views import linked, page, selection
from lab.views.similarity import real

MOST_AXES = 12
MOST_SAMPLES = 240  # a heat map of more is finer than a screen
SCATTER, HEAT = "matrix scatter", "matrix heat"
WORDS = r"""
All similarities between samples together are the **Gram matrix** $G = X X^{\mathsf T}$ with $G_{ij} = x_i
\cdot x_j$. It knows nothing of coordinates. Written by its eigenvectors, $G = \sum_j \lambda_j u_j
u_j^{\mathsf T}$; keep the first $k$ terms and call the sum $G_k$. **Eckart and Young** (1936): no matrix
of rank $k$ comes nearer, and what is lost is exactly what was dropped:

$$
\lVert G - G_k \rVert_F^2 \;=\; \sum_{j > k} \lambda_j^2 .
$$
"""
CODE = """from lab.similarity import eckart_young, gram
{table}
X = table.matrix()
found = eckart_young(gram(X), k={k})
print(found.measured, found.predicted)   # two routes to one number"""


def show() -> str:
    """Heat maps and scatter with one selection between them; the code of the state."""
    asked = real.ask()
    if asked is None:
        return ""
    _link(asked)
    st.markdown(WORDS)
    return CODE.format(table=asked.code, k=st.session_state.get("k", 2))


@st.fragment
def _link(asked: real.Asked) -> None:
    X, groups = asked.X, asked.groups
    sample = np.unique(np.linspace(0, len(X) - 1, MOST_SAMPLES).astype(int))
    most = min(MOST_AXES, len(sample))
    k = linked.number("Axes kept, k", 0, most, 2, "k")
    found = eckart_young(gram(X[sample]), k)
    scores = decompose(X[sample], min(2, *X.shape)).scores
    scores = np.column_stack([scores, np.zeros((len(sample), 2 - scores.shape[1]))])
    small = real.Groups(groups.codes[sample], groups.names)
    order = figures.order_by(small.codes, scores[:, 0])
    lit = _lit(order)
    st.plotly_chart(
        figures.draw_gram(found, order, page.colours(), lit),
        key=selection.key(HEAT),
        theme=None,
        config=page.PLOT,
        alt="Three heat maps: similarities between samples, their approximation by k axes, the difference.",
        on_select="rerun",
        selection_mode="box",
    )
    left, right = st.columns(2)
    with left:
        drawn = figures.draw_scores(scores, small, page.colours(), lit=lit)
        st.plotly_chart(
            drawn,
            key=selection.key(SCATTER),
            theme=None,
            config=page.PLOT,
            alt="The samples on their first two principal axes.",
            on_select="rerun",
            selection_mode=("box", "points"),
        )
    with right:
        drawn = figures.draw_errors(found.eigenvalues, k, found.measured, page.colours())
        page.figure(drawn, "errors", "Share of the Gram matrix that is lost, falling as more axes are kept.")
        first, second = st.columns(2)
        first.metric("measured, entry by entry", f"{found.measured:.6g}")
        second.metric("the theorem, Σ λ²", f"{found.predicted:.6g}")
    told = (
        f"{len(lit)} samples are lit in both."
        if lit
        else "Drag a box in the scatter plot or over a heat map."
    )
    st.caption(f"{len(sample)} of {len(X)} samples, in the order of their groups. {told}")
    if lit:
        selection.darken(SCATTER, HEAT)


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
