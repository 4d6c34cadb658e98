"""The walk panel: where the variations lie, and whether they stray as far as they must."""

from __future__ import annotations

import math

import streamlit as st

from lab.diffusion.spread import Spread, revive
from lab.figures import variations as figures
from lab.views import page

MATHEMATICS = r"""
Each step is $y_k = p\,y_0 + (1-p)\,(y_{k-1} + \varepsilon_k)$ with Gaussian noise
$\varepsilon_k$ of standard deviation $\sigma$ in every number of the embedding. With $a = 1 - p$ the
deviation from the start has variance $\sigma^2\,(a^2 + a^4 + \dots + a^{2k})$, which stays below
$\sigma^2 a^2/(1-a^2)$ for ever: the walk is on a leash. For $p = \tfrac12$ and $\sigma = 0.02$ that is 0.0100
after one step, 0.0112 after two, and $\sigma/\sqrt3 = 0.0115$ in the long run; neighbours correlate by $a$.
"""


def show(recipe: dict, pictures: list[bytes], chosen: int | None) -> None:
    """Show the cloud, the spread and the correlation of a walk, with what the theory says."""
    spread, colours = revive(recipe["spread"]), page.colours()
    st.header("The walk", anchor=False)
    left, right = st.columns([1, 1], gap="medium")
    with left:
        page.figure(
            figures.draw_cloud(spread, pictures, colours, chosen),
            key="cloud",
            alt=f"{len(spread.steps)} variations as small pictures on their places around the start, "
            "joined in order.",
            caption=f"The two directions in which the walk strays most hold {spread.share:.0%} of its "
            f"squared deviation; the rest is in {spread.coordinates - 2:,} others.",
        )
    with right:
        page.figure(
            figures.draw_spread(spread, colours),
            key="spread",
            alt=f"Standard deviation of every step: {spread.deviation[-1]:.4f} at the last, "
            f"{spread.theory[-1]:.4f} by the theory.",
        )
        if len(spread.correlation):
            page.figure(
                figures.draw_correlation(spread, colours),
                key="correlation",
                alt=f"Correlation of neighbouring steps: {spread.correlation.mean():.3f} on average, "
                f"{spread.theory_correlation.mean():.3f} by the theory.",
            )
    st.caption(told(spread, recipe["unit"]))


def told(spread: Spread, unit: float) -> str:
    """Measured numbers beside those of the theory, in one sentence each."""
    pairs = zip(spread.steps, spread.deviation, spread.theory, strict=True)
    first = [f"step {k}: {seen:.4f} (theory {exact:.4f})" for k, seen, exact in list(pairs)[:2]]
    end = "no limit" if math.isinf(spread.limit) else f"limit {spread.limit:.4f}"
    text = f"Standard deviation, {', '.join(first)}, {end}."
    if len(spread.correlation):
        text += (
            f" Neighbours correlate by {spread.correlation.mean():.3f} "
            f"(theory {spread.theory_correlation.mean():.3f})."
        )
    scaled = "" if unit == 1 else f" All in the model's unit, which is {unit:g} on these embeddings."
    return text + scaled
