"""The walkthrough: which step one stands on, the way to the next, places to begin with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lab.presets import Preset, read
from lab.views import linked, links, prompts, saying, tables
from lab.views.similarity import centring, direction, duality, kernels, matrix, real
from lab.views.similarity.taken import Taken, offer

STATE = st.session_state


@dataclass(frozen=True)
class Step:
    """Its word in the link, its title, and what shows it and returns what one may take home."""

    word: str
    title: str
    show: Callable[[], Taken | None]


STEPS = (
    Step("direction", "1 · A direction", direction.show),
    Step("matrix", "2 · Similarity", matrix.show),
    Step("duality", "3 · Duality", duality.show),
    Step("centring", "4 · Centring", centring.show),
    Step("kernels", "5 · Other similarities", kernels.show),
    Step("real", "6 · Real tables", real.show),
)
WORDS = tuple(step.word for step in STEPS)
FIRST = {"step": "direction", "data": "iris"}
KEYS = (
    *("step", "angle", "data", "k", "missing", "colour", "distance", "toward", "similarity", "gamma"),
    *("degree", "k real", "sample", "view", *prompts.KEYS),
    *(f"standard {word}" for word in (*real.WORDS, prompts.WORD, tables.OWN)),
)
RULES = {
    "step": links.one_of(*WORDS),
    "angle": links.whole(0, 180),
    "data": links.one_of(*real.WORDS, prompts.WORD, tables.OWN),
    "k": links.whole(0, matrix.MOST_AXES),
    "k real": links.whole(1, real.DIGITS),
    "distance": links.real(0, centring.FARTHEST),
    "toward": links.whole(0, 355),
    "similarity": links.one_of(*kernels.LABELS),
    "gamma": links.real(0.05, 5),
    "degree": links.whole(2, 6),
    "view": links.one_of("biplot", "plane", "space"),
    "missing": links.one_of(*tables.MENDING),
    "prompts": links.one_of(*prompts.KINDS),
}


def choose() -> Step:
    """The row of steps; the link holds where one stands."""
    titles = {step.word: step.title for step in STEPS}
    how: dict[str, Any] = dict(required=True, label_visibility="collapsed")
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


@st.fragment
def show(step: Step) -> None:
    """The step with its code and its files: all of it answers a stroke or a slider without the page."""
    with saying.sentences():
        if taken := step.show():
            offer(taken)


def put(preset: Preset) -> None:
    """Set the page to a preset; what it does not name goes back to its default."""
    linked.forget(KEYS)
    STATE.update(preset.values)


def current() -> Preset | None:
    """The preset that the page shows, if it shows one: all that it names is so."""
    for preset in read("similarity"):
        if all(str(_shown(key)) == str(value) for key, value in preset.values.items()):
            return preset
    return None


def _shown(key: str) -> object:
    """What the page shows for a key, or will show once its widget is made."""
    return STATE.get(key, st.query_params.get(key, FIRST.get(key)))
