"""Step 4: what centring does, shown by leaving it out."""

from __future__ import annotations

import streamlit as st

from lab.figures import similarity as figures
from lab.figures.similarity.steps import first_angle
from lab.similarity import steps
from lab.tables.made import oval
from lab.views import linked, page
from lab.views.similarity.taken import Taken

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


def show() -> Taken:
    """The cloud far from the origin, with and without centring."""
    left, right = st.columns(2)
    distance = linked.number("Distance of the mean", 0.0, FARTHEST, 4.0, "distance", left, step=0.5)
    toward = linked.number("Its direction", 0, 355, 120, "toward", right, step=5, format="%d°")
    result = steps.displace(oval(), distance, toward)
    drawn = figures.draw(result, colours=page.colours())
    for column, name, found in ((left, "not centred", result.plain), (right, "centred", result.centred)):
        lies = f"{first_angle(found.axes):.0f}°"
        with column:
            page.figure(
                drawn[name],
                name,
                f"A cloud whose mean is {distance:g} away from zero; {name}, its first axis lies at {lies}.",
                f"**{name.capitalize()}**: the first axis lies at {lies}.",
            )
    if result.off is not None:
        told = f"Without centring the first axis is {result.off:.1f}° away from the direction of the mean."
        st.caption(told)
    st.markdown(WORDS)
    ask, flags = f"displace(oval(), {distance}, {toward})", ["--distance", str(distance)]
    flags += ["--toward", str(toward)]
    return Taken("centring", result, "from lab.tables.made import oval", ask, "not centred", flags)
