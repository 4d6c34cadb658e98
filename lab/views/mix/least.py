"""How like its sources a blend is, and which one is least like any."""

from __future__ import annotations

import streamlit as st

from lab.diffusion.likeness import MEASURES, Likeness
from lab.figures import mix as figures
from lab.views import linked, page, saying
from lab.views.mix import point
from lab.views.mix.gather import Grid

TITLES = {"seen": "Seen by the judge", "pixels": "Pixels"}


def compared(grid: Grid, names: list[str], found: Grid | None, number: int, on_lattice: bool) -> None:
    """Distances of the blend that is shown to every source."""
    shown, index = (found, 0) if found else (grid, number)
    if not shown.likenesses:
        return
    blend = figures.spoken(shown.spec.weights[index], names)
    nearest = "" if found or on_lattice else ", the nearest there is,"
    first = shown.likenesses[0]
    measured = ", ".join(
        f"{value:.2f} to {name}" for name, value in zip(names, first.relative[index], strict=True)
    )
    page.figure(
        figures.draw_distances(shown.likenesses, index, names, page.colours()),
        key="distances",
        alt=f"Bars: distance of the blend {blend} to each of its sources. "
        f"{figures.NAMES[first.measure].capitalize()}: {measured}.",
        caption=f"How far {saying.plain(blend)}{nearest} is from each source. {meaning(shown.likenesses)}",
    )
    stretched(shown, index)


def meaning(likenesses: tuple[Likeness, ...]) -> str:
    """What the measures are."""
    return " ".join(
        f"*{figures.NAMES[one.measure].capitalize()}*: {MEASURES[one.measure]}." for one in likenesses
    )


def stretched(grid: Grid, index: int) -> None:
    """How much shorter the plain mean is than its sources, beside the square root of their number."""
    factor = grid.recipe["shortening"][index]
    used = sum(weight > 0 for weight in grid.spec.weights[index])
    if used > 1:
        done = "and was stretched by it" if grid.spec.mean == "restored" else "and was left so"
        st.caption(
            f"The plain mean is {factor:.3f} times nearer to the empty prompt than its {used} sources, "
            f"{done}; it would be √{used} = {used**0.5:.3f} if they had nothing in common."
        )


def least_like(grid: Grid, names: list[str]) -> None:
    """The blend whose nearest source is farthest, among those that were rendered."""
    pictured = {one.measure: one for one in grid.likenesses if one.measure in TITLES}
    if not pictured:
        return
    st.header("Least like any source", anchor=False)
    offered = {measure: TITLES[measure] for measure in pictured}
    measure = next(iter(offered))
    if len(offered) > 1:
        measure = linked.choice(st.segmented_control, "Measure", offered, "measure", required=True)
    likeness = pictured[measure]
    best = likeness.least_like()
    blend = saying.plain(figures.spoken(grid.spec.weights[best], names))
    left, right = st.columns([1, 2], gap="medium", vertical_alignment="center")
    with left:
        st.image(grid.pictures[best], width="stretch", alt=f"The blend least like any source: {blend}")
        if st.button("Go there", key="mix least", icon=":material/my_location:"):
            point.put(grid.spec.weights[best])
            st.rerun()
    with right:
        page.figure(
            figures.draw_nearest(likeness, grid.spec.weights, names, page.colours()),
            key="nearest",
            alt=f"{len(likeness.nearest)} blends, each with its distance to the source that it is most like, "
            f"up to {likeness.nearest[best]:.2f}; the farthest is marked.",
        )
    st.caption(
        f"{blend} is {likeness.nearest[best]:.2f} from the source it is most like, more than any other of "
        f"the {len(grid.spec.weights)} blends that were tried; 1 is as far as the sources are from each "
        f"other. "
        f"Between the blends that were tried there may be a better one: divide the weights into more parts."
    )
