"""Step 1: turn a direction until the cloud is as similar to it as it can be."""

from __future__ import annotations

import streamlit as st

from lab.similarity import steps
from lab.tables.made import oval
from lab.views import linked, page
from lab.views.elements import element
from lab.views.similarity.taken import Taken

STATE = st.session_state
KEY = "direction"
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
    """Cloud and curve beside each other; both turn the direction."""
    angle = linked.number("Angle of the direction", 0, 180, 90, "angle", format="%d°")
    result = steps.turn(oval(), angle)
    _draw(result)
    st.caption(
        f"At {angle}° the cloud's total squared similarity is {result.here:.1f}, "
        f"{result.here / result.most:.1%} of the most, {result.most:.1f} at {result.peak:.0f}°. "
        "Drag the line, drag along the curve, or move the slider."
    )
    st.markdown(WORDS)
    fetch = "from lab.tables.made import oval"
    return Taken("direction", result, fetch, f"turn(oval(), {angle})", "cloud", ["--angle", str(angle)])


def _draw(result: steps.Turned) -> None:
    """The figure that is turned in the browser; the angle comes back when it rests."""
    colours = page.colours()
    data = {
        "points": result.X.round(4).tolist(),
        "angle": result.angle,
        "curve": result.similarity.round(4).tolist(),
        "peak": result.peak,
        "most": result.most,
        "colours": {
            "sample": colours.categories[0],
            **{name: getattr(colours, name) for name in ("accent", "faint", "ink", "line", "paper")},
        },
        "seen": [
            f"An oval cloud of {len(result.X)} points, a line at {result.angle}° through its middle, "
            "and every point's shadow on it.",
            f"Total squared similarity by angle: one hill, {result.most:.0f} high at {result.peak:.0f}°.",
        ],
    }
    element(KEY, KEY, KEY, f"svg {KEY}")(data=data, key=KEY, on_turned_change=_turn)


def _turn() -> None:
    """Put the slider, and with it the link, where the line was left."""
    turned = STATE[KEY].turned
    if isinstance(turned, int) and 0 <= turned <= 180:
        STATE["angle"] = turned
