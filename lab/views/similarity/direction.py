"""Step 1: turn a direction until the cloud is as similar to it as it can be."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lab.figures import similarity as figures
from lab.similarity import steps
from lab.tables.made import oval
from lab.views import linked, page, selection
from lab.views.similarity.taken import Taken

CLOUD = "cloud"
WORDS = r"""
Call the **dot product** of two vectors their similarity: large when they point the same way, zero at a
right angle. A direction is a vector $w$ of length one, and a sample $x_i$ (a row of $X$, counted from the
mean of all) is as similar to it as its shadow on it is long, $x_i \cdot w$. Turn the direction and look
for the one to which the whole cloud is
**most similar**:

$$
\begin{aligned}
\sum_{i=1}^{n} (x_i \cdot w)^2 &= \lVert X w \rVert^2 = w^{\mathsf T} X^{\mathsf T} X\, w \\
&= w^{\mathsf T} C\, w , \qquad \lVert w \rVert = 1 .
\end{aligned}
$$

At the maximum $C w = \lambda w$, the sum is the eigenvalue $\lambda$ itself, and the next best direction
at a right angle to it is the next eigenvector: the curve on the right is $\lambda_1 \cos^2\varphi +
\lambda_2 \sin^2\varphi$, with $\varphi$ the angle between $w$ and the first axis. By Pythagoras, where the
squared shadows add up to the most, the squared distances *to* the line add up to the least.
"""


def show() -> Taken:
    """Cloud and curve beside each other."""
    angle = linked.number("Angle of the direction", 0, 180, 90, "angle", format="%d°")
    result = steps.turn(oval(), angle)
    drawn = figures.draw(result, colours=page.colours())
    left, right = st.columns(2)
    with left:
        st.plotly_chart(
            drawn["cloud"],
            key=selection.key(CLOUD),
            theme=None,
            config=page.PLOT,
            alt=f"An oval cloud of {len(result.X)} points, a line at {angle}° through its middle, and every "
            "point's shadow on it.",
            on_select=_aim,
            selection_mode="points",
        )
    with right:
        told = f"Total squared similarity by angle: one hill, {result.most:.0f} high at {result.peak:.0f}°."
        page.figure(drawn["sweep"], "sweep", told)
    st.caption(
        f"At {angle}° the cloud's total squared similarity is {result.here:.1f}, "
        f"{result.here / result.most:.1%} of the most, {result.most:.1f} at {result.peak:.1f}°. "
        "Move the slider, or click a point to turn the direction to it."
    )
    st.markdown(WORDS)
    fetch = "from lab.tables.made import oval"
    return Taken("direction", result, fetch, f"turn(oval(), {angle})", "cloud", ["--angle", str(angle)])


def _aim() -> None:
    """Turn the direction to the point that was clicked."""
    if clicked := selection.rows(CLOUD):
        X = oval()
        x, y = X[clicked[0]] - X.mean(0)
        st.session_state["angle"] = round(float(np.degrees(np.arctan2(y, x)) % 180))
