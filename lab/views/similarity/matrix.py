"""Step 2: the Gram matrix, its best approximations, and the theorem's number beside the measured one."""

from __future__ import annotations

import streamlit as st

from lab.figures.similarity.scene import scene
from lab.similarity import steps
from lab.tables import Groups
from lab.views import brushed, linked, page
from lab.views.similarity import real
from lab.views.similarity.taken import Taken

MOST_AXES = 12
KEY = "gram"
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
    """Maps and scatter plot with one selection between them."""
    asked = real.ask()
    if asked is None:
        return None
    most = min(MOST_AXES, len(asked.X))
    k = linked.number("Axes kept, k", 0, most, 2, "k")
    result = steps.compare(asked.X, k)
    lit = _draw(asked, result)
    told = f"{len(lit)} samples are lit in both." if lit else "Drag a box in the scatter plot or over a map."
    kept = 1 - result.found.predicted / float((result.found.gram**2).sum())
    st.caption(
        f"{len(result.sample)} of {len(asked.X)} samples, in the order of their groups. "
        f"{k} {'axis keeps' if k == 1 else 'axes keep'} {kept:.3%} of ‖G‖². {told}"
    )
    if lit:
        brushed.darken(KEY)
    st.markdown(WORDS)
    ask, flags = f"compare(table.matrix(), {k})", [*asked.flags, "--k", str(k)]
    return Taken("matrix", result, asked.code, ask, "heat", flags, asked.table, {"colour": asked.colour})


def _draw(asked: real.Asked, result: steps.Compared) -> list[int] | None:
    """The maps, the scatter plot and the theorem; the samples that are lit."""
    count, k, colours = len(result.sample), result.k, page.colours()
    groups = Groups(asked.groups.codes[result.sample], asked.groups.names)
    name = f"{asked.table.title}, {len(asked.X)}"
    lit = brushed.lit(KEY, name, count)
    data = scene(result, groups, colours) | {
        "seen": [
            f"Three heat maps: similarities of {count} samples, the same by {k} axes, and the difference.",
            f"The {count} samples on their first 2 principal axes.",
            f"Share of the Gram matrix that is lost, falling over the axes kept; here {k} are.",
        ],
        "colours": {part: getattr(colours, part) for part in ("accent", "faint", "line")},
    }
    brushed.show(KEY, data, name, lit)
    first, second = st.columns(2)
    first.metric("measured, entry by entry", f"{result.found.measured:.6g}")
    second.metric("the theorem, Σ λ²", f"{result.found.predicted:.6g}")
    return lit
