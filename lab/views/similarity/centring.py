"""Step 4: what centring does, shown by leaving it out."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lab.figures import similarity as figures
from lab.similarity import decompose
from lab.tables.made import oval
from lab.views import linked, page

FARTHEST = 20.0
WORDS = r"""
Similarity is measured **from an origin**. Leave it where the table has its zeros, and a cloud far away is
similar to one thing above all: the direction in which it lies. With the mean $\mu$, and $B$ the centred
samples,

$$
X^{\mathsf T} X \;=\; B^{\mathsf T} B + n\, \mu \mu^{\mathsf T} ,
$$

so as $\lVert \mu \rVert$ grows the first axis turns toward $\mu$ and tells nothing of the cloud's shape.
**Centring** moves the origin to the mean. It can be done to similarities without ever seeing the samples:
with $J = I - \tfrac1n \mathbf 1 \mathbf 1^{\mathsf T}$, the centred Gram matrix is $J G J$ (take off row
means and column means, add the mean of all).
"""
CODE = """from lab.similarity import decompose
from lab.tables.made import oval

X = oval(centre=({x:.2f}, {y:.2f}))
print(decompose(X, 2).axes[:, 0])                  # centred: the cloud's long axis
print(decompose(X, 2, centre=False).axes[:, 0])    # not centred: turned toward the mean"""


def show() -> str:
    """The cloud far from the origin, with and without centring; the code of the state."""
    _move()
    st.markdown(WORDS)
    x, y = _mean(st.session_state["distance"], st.session_state["toward"])
    return CODE.format(x=x, y=y)


def _mean(distance: float, toward: float) -> np.ndarray:
    return distance * np.array([np.cos(np.radians(toward)), np.sin(np.radians(toward))])


@st.fragment
def _move() -> None:
    left, right = st.columns(2)
    distance = linked.number("Distance of the mean", 0.0, FARTHEST, 4.0, "distance", left, step=0.5)
    toward = linked.number("Its direction", 0, 355, 120, "toward", right, step=5, format="%d°")
    mean = _mean(distance, toward)
    X = oval() - oval().mean(0) + mean
    for column, centre, title in ((left, False, "Not centred"), (right, True, "Centred")):
        found = decompose(X, 2, centre=centre)
        w, origin = found.axes[:, 0], X.mean(0) if centre else np.zeros(2)
        angle = float(np.degrees(np.arctan2(w[1], w[0])))
        drawn = figures.draw_cloud(X, angle, page.colours(), origin, found.axes)
        with column:
            page.figure(
                drawn,
                f"centre {centre}",
                f"{title}: the first axis of a cloud whose mean is away from zero.",
                f"**{title}**: the first axis lies at {angle % 180:.0f}°.",
            )
    length = float(np.linalg.norm(mean))
    if length:
        w = decompose(X, 1, centre=False).axes[:, 0]
        off = float(np.degrees(np.arccos(min(1.0, abs(float(w @ mean)) / length))))
        st.caption(f"Without centring the first axis is {off:.1f}° away from the direction of the mean.")
