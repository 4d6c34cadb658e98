"""Step 1: turn a direction until the cloud is as similar to it as it can be."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lab.figures import similarity as figures
from lab.figures.similarity.cloud import heading
from lab.similarity import decompose, total_similarity
from lab.tables.made import oval
from lab.views import linked, page, selection

CLOUD = "cloud"
WORDS = r"""
Call the **dot product** of two vectors their similarity: large when they point the same way, zero at a
right angle. A direction is a vector $w$ of length one, and a sample $x_i$ is as similar to it as its
shadow on it is long, $x_i \cdot w$. Turn the direction and look for the one to which the whole cloud is
**most similar**:

$$
\begin{aligned}
\sum_{i=1}^{n} (x_i \cdot w)^2 &= \lVert X w \rVert^2 = w^{\mathsf T} X^{\mathsf T} X\, w \\
&= w^{\mathsf T} C\, w , \qquad \lVert w \rVert = 1 .
\end{aligned}
$$

At the maximum $C w = \lambda w$, the sum is the eigenvalue $\lambda$ itself, and the next best direction
at a right angle to it is the next eigenvector: the curve on the right is $\lambda_1 \cos^2\varphi +
\lambda_2 \sin^2\varphi$, with $\varphi$ the angle between $w$ and the first axis. By Pythagoras, the
longest shadows are also the shortest distances *to* the line.
"""
CODE = """import numpy as np
from lab.similarity import decompose, total_similarity
from lab.tables.made import oval

X = oval()
X = X - X.mean(0)
w = np.array([np.cos(np.radians({angle})), np.sin(np.radians({angle}))])
print(total_similarity(X, w[None]))                # at {angle} degrees
print(decompose(X, 2).explained_variance[0] * (len(X) - 1))   # the most there can be"""


def show() -> str:
    """Cloud and curve beside each other; the code of the state."""
    _turn()
    st.markdown(WORDS)
    return CODE.format(angle=st.session_state.get("angle", 90))


@st.fragment
def _turn() -> None:
    X = oval()
    X = X - X.mean(0)
    angle = linked.number("Angle of the direction", 0, 180, 90, "angle", format="%d°")
    found = decompose(X, 2)
    first = found.axes[:, 0]
    peak = float(np.degrees(np.arctan2(first[1], first[0])) % 180)
    angles = np.arange(0.0, 181.0)
    similarity = total_similarity(X, np.array([heading(a) for a in angles]))
    here = float(total_similarity(X, heading(angle)[None])[0])
    most = float(found.explained_variance[0]) * (len(X) - 1)
    left, right = st.columns(2)
    with left:
        st.plotly_chart(
            figures.draw_cloud(X, angle, page.colours(), np.zeros(2)),
            key=selection.key(CLOUD),
            theme=None,
            config=page.PLOT,
            alt="An oval cloud of points, a line through its middle, and every point's shadow on the line.",
            on_select=_aim,
            selection_mode="points",
        )
    with right:
        drawn = figures.draw_sweep(angles, similarity, angle, here, peak, page.colours())
        page.figure(
            drawn, "sweep", "Total squared similarity against the angle: one hill, its top at the first axis."
        )
    st.caption(
        f"At {angle}° the cloud's total squared similarity is {here:.1f}, {here / most:.1%} of the most, "
        f"{most:.1f} at {peak:.1f}°. Move the slider, or click a point to turn the direction to it."
    )


def _aim() -> None:
    """Turn the direction to the point that was clicked."""
    if clicked := selection.rows(CLOUD):
        X = oval()
        x, y = X[clicked[0]] - X.mean(0)
        st.session_state["angle"] = round(float(np.degrees(np.arctan2(y, x)) % 180))
