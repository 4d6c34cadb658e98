"""Step 3: scores from features, from similarities alone, and from the SVD."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lab.figures import similarity as figures
from lab.similarity import align, decompose
from lab.views import page
from lab.views.similarity import real

ROADS = {
    "covariance": "from C = XᵀX",
    "gram": "from G = XXᵀ",
    "svd": "from X = USVᵀ",
}
WORDS = r"""
Two tables of products hold the same numbers: $C = X^{\mathsf T} X$ compares **features**, $G = X
X^{\mathsf T}$ compares **samples**. If $C v = \lambda v$ then $G (Xv) = X C v = \lambda (Xv)$: every
eigenvalue of the one that is not zero is one of the other, and the eigenvectors of $G$ are already the
coordinates one wants. With the singular value decomposition $X = U S V^{\mathsf T}$,

$$
C = V S^2 V^{\mathsf T}, \qquad G = U S^2 U^{\mathsf T}, \qquad
\underbrace{X V}_{\text{axes known}} \;=\; \underbrace{U S}_{\text{similarities only}} .
$$

An axis is a line, so its sign is free; the library makes the largest entry of every axis positive. Which
road is shorter depends on the table's shape only: $C$ is $d \times d$, $G$ is $n \times n$.
"""
CODE = """import numpy as np
from lab.similarity import align, decompose
{table}
X = table.matrix()
one, two, three = (decompose(X, 2, route=route) for route in ("covariance", "gram", "svd"))
print(np.abs(align(two.scores, one.scores) - one.scores).max())"""


def show() -> str:
    """Three scatter plots that agree, and by how much they do not; the code of the state."""
    asked = real.ask()
    if asked is None:
        return ""
    k = min(6, *asked.X.shape)
    if len(asked.X) > real.MOST_ROWS or k < 2:
        raise ValueError("This step wants at least 2 columns and at most 3000 rows: choose another table.")
    found = {route: decompose(asked.X, k, route=route) for route in ROADS}
    reference = found["svd"].scores
    scores = {ROADS[route]: align(each.scores, reference) for route, each in found.items()}
    page.figure(
        figures.draw_routes(scores, asked.groups, page.colours()),
        "routes",
        "Three scatter plots of the first two scores, found on three roads; they look the same.",
    )
    size = float(np.abs(reference).max())
    for column, (route, each) in zip(st.columns(3), found.items(), strict=True):
        off = float(np.abs(align(each.scores, reference) - reference).max()) / size
        column.metric(f"largest difference, {ROADS[route]}", f"{off:.1e}", border=True)
        column.caption(
            "λ = " + ", ".join(f"{v * (len(asked.X) - 1):.6g}" for v in each.explained_variance[:4])
        )
    st.markdown(WORDS)
    return CODE.format(table=asked.code)
