"""Two runs from the same noise that differ in one thing: side by side, and how far they are apart."""

from __future__ import annotations

from functools import partial

import streamlit as st

from lab.diffusion.anatomy import AnatomySpec, Comparison, Pair, compare
from lab.diffusion.anatomy.spec import KINDS
from lab.diffusion.spec import SCHEDULERS
from lab.views import linked, pipelines, sampling, saying, stage
from lab.views.anatomy import halves
from lab.views.anatomy.telling import NOISY

WORD = "anatomy pair"
TITLES = {kind: title.capitalize() for kind, title in KINDS.items()}
KEYS = ("versus", *(f"other_{kind}" for kind in KINDS))
PROMPT, GUIDANCE, SCHEDULER, SEED = "a painting of a forest on a rainy day, at dusk", 6.0, "euler_a", "7"
NOTES = {
    "prompt": "The noise is the same; the words alone pull the two apart, mostly in the first steps.",
    "guidance": "The first call sees the same latents and says the same two things; only the scale differs.",
    "scheduler": "Two ways down from the same noise: a sampler that adds noise ends somewhere else.",
    "step_seed": "The same first latents, another state of the generator afterwards: a picture hangs on the "
    "whole state, not on the first noise alone.",
}


def ask(spec: AnatomySpec) -> Comparison | None:
    """Show what to compare with; returns the comparison, or None after a sentence."""
    kind = linked.choice(st.radio, "What differs", TITLES, "versus", horizontal=True)
    with saying.sentences():
        return Comparison(spec, kind, other(kind)).validate()
    return None


def other(kind: str) -> str | float | int:
    """The second picture's value, from the widget that suits it."""
    key = f"other_{kind}"
    if kind == "prompt":
        return linked.text("Other prompt", PROMPT, key)
    if kind == "guidance":
        return linked.number("Other guidance", 0.0, 15.0, GUIDANCE, key, step=0.5)
    if kind == "scheduler":
        return linked.choice(st.selectbox, "Other scheduler", list(SCHEDULERS), key, default=SCHEDULER)
    return sampling.seed_of(linked.text("Seed of the other state", SEED, key))


def section(spec: AnatomySpec | None) -> None:
    """Show the comparison: what to compare, the pair, the curve."""
    st.header("Compare two runs", anchor=False)
    if spec is None:
        st.caption("Mend the controls above first.")
        return
    comparison = ask(spec)
    whole = comparison and pipelines.complete(comparison)
    if whole and whole.kind == "step_seed" and whole.first.scheduler not in NOISY:
        st.caption(
            f"{whole.first.scheduler} draws nothing after the first latents, so both pictures will be equal "
            "to the last bit; choose euler_a as the scheduler above to see them part."
        )
    if (
        st.button("Compare", key="anatomy compare", icon=":material/compare:", disabled=whole is None)
        and whole
    ):
        calls = sum(pipelines.network_calls(half, 1) for half in (whole.first, whole.second))
        seconds = pipelines.models().expect(whole.model, calls)
        stage.submit(WORD, whole, pipelines.work(whole, calls, compare), seconds)
    stage.polled(WORD, partial(draw, comparison))


def draw(asked: Comparison | None, render: stage.Render | None) -> None:
    """Show the pair as far as it is, or the one of this kind that ships; the body of a fragment."""
    if render is None:
        if asked:
            halves.show_shipped(asked)
        return
    pair = None
    if render.items:
        pair = Pair.of(render.items)
        halves.show(render.spec, pair, render.live)
    if render.live:
        stage.progress(WORD, "pieces")
    elif render.failed:
        saying.complain(render.job.error)
    elif pair and pair.whole:
        tell(render.spec, pair)
    else:
        st.caption("Cancelled; what is finished stays.")


def tell(comparison: Comparison, pair: Pair) -> None:
    """Say in words what one sees."""
    same = pair.distances("latents")[0] == 0
    start = (
        "The first latents are equal to the last bit" if same else "The first latents differ in their scale"
    )
    if pair.changed == 0:
        st.markdown(f"{start}, and so are the pictures.")
    else:
        st.markdown(
            f"{start}; the pictures differ by {pair.changed:.1f} of 255 grey levels on average. "
            + NOTES[comparison.kind]
        )
