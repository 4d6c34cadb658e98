"""Step 3: scores from features, from similarities alone, and from the SVD."""

from __future__ import annotations

import streamlit as st

from lab.figures import similarity as figures
from lab.figures.similarity.steps import ROADS
from lab.similarity import steps
from lab.views import page
from lab.views.similarity import real
from lab.views.similarity.taken import Taken

WORDS = r"""
Two tables of products come from one table of samples: $C = X^{\mathsf T} X$ compares **features**, $G =
X X^{\mathsf T}$ compares **samples**. If $C v = \lambda v$ then $G (Xv) = X C v = \lambda (Xv)$, and
$Xv$ has the length $\sqrt\lambda$: every eigenvalue of the one that is not zero is one of the other,
and the eigenvectors of $G$, made as long as $\sqrt\lambda$, are already the coordinates one wants. With
the singular value decomposition $X = U S V^{\mathsf T}$,

$$
C = V S^2 V^{\mathsf T}, \allowbreak\quad {G = U S^2 U^{\mathsf T}}, \allowbreak\quad
\underbrace{X V}_{\text{axes known}} \;=\; \underbrace{U S}_{\text{similarities only}} .
$$

An axis is a line, so its sign is free; the library makes the entry of largest size in every axis
positive. Which
road is shorter depends on the table's shape only: $C$ is $d \times d$, $G$ is $n \times n$.
"""


def show() -> Taken | None:
    """Three scatter plots that agree, and by how much they do not."""
    asked = real.ask()
    if asked is None:
        return None
    result = steps.meet(asked.X)
    drawn = figures.draw(result, asked.table, page.colours(), colour=asked.colour)
    worst = max(result.off.values())
    page.figure(
        drawn["roads"],
        "routes",
        f"Three scatter plots of the first two scores, found on three roads; they differ by "
        f"{worst:.1e} at most.",
    )
    for column, road in zip(st.columns(3), result.scores, strict=True):
        name = "the reference" if road == "svd" else f"{result.off[road]:.1e}"
        column.metric(ROADS[road], name, border=True)
        column.caption("λ = " + ", ".join(f"{value:.6g}" for value in result.eigenvalues[road][:4]))
    st.caption(
        "Largest difference of two scores, as a share of the largest score, after signs were made equal; "
        "under it the first eigenvalues. The samples are counted from their mean."
    )
    st.markdown(WORDS)
    choices = {"colour": asked.colour}
    return Taken(
        "duality", result, asked.code, "meet(table.matrix())", "roads", asked.flags, asked.table, choices
    )
