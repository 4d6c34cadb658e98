"""The walkthrough: which step one stands on, and the way to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from lab.views import linked, links, prompts, tables
from lab.views.similarity import centring, direction, duality, kernels, matrix, real

STATE = st.session_state


@dataclass(frozen=True)
class Step:
    """Its word in the link, its title, and what shows it and returns the Python that does the same."""

    word: str
    title: str
    show: Callable[[], str]


STEPS = (
    Step("direction", "1 · A direction", direction.show),
    Step("matrix", "2 · Similarity", matrix.show),
    Step("duality", "3 · Duality", duality.show),
    Step("centring", "4 · Centring", centring.show),
    Step("kernels", "5 · Other similarities", kernels.show),
    Step("real", "6 · Real tables", real.show),
)
WORDS = tuple(step.word for step in STEPS)
KEYS = (
    *(
        "step",
        "angle",
        "data",
        "k",
        "missing",
        "colour",
        "distance",
        "toward",
        "similarity",
        "gamma",
        "degree",
    ),
    *("k real", "sample", "view", "prompts"),
    *(f"standard {word}" for word in (*real.WORDS, prompts.WORD, tables.OWN)),
)
RULES = {
    "step": links.one_of(*WORDS),
    "angle": links.whole(0, 180),
    "data": links.one_of(*real.WORDS, prompts.WORD, tables.OWN),
    "k": links.whole(0, matrix.MOST_AXES),
    "distance": links.real(0, centring.FARTHEST),
    "similarity": links.one_of(*kernels.LABELS),
}


def choose() -> Step:
    """The row of steps; the link holds where one stands."""
    titles = {step.word: step.title for step in STEPS}
    how = dict(required=True, label_visibility="collapsed")
    word = linked.choice(st.segmented_control, "Steps", titles, "step", **how)
    return next(step for step in STEPS if step.word == word)


def onward(step: Step) -> None:
    """Buttons to the steps before and after."""
    place = STEPS.index(step)
    with st.container(horizontal=True):
        for label, target in (("Back", place - 1), ("Next", place + 1)):
            if 0 <= target < len(STEPS):
                title = STEPS[target].title
                st.button(
                    f"{label}: {title[4:]}", key=label.lower(), on_click=_go, args=(STEPS[target].word,)
                )


def _go(word: str) -> None:
    STATE["step"] = word
