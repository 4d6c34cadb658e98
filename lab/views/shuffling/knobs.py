"""Which walk, how large, after how many steps: the controls of the shuffling room."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from lab.presets import Preset, read
from lab.shuffling import STAYS, WALKS, Mixing, ShuffleSpec, family, mixing_time, shuffle
from lab.views import linked, links

STATE = st.session_state
WORD = "shuffling"
SIZES = {  # the word in the link, and the size one begins with
    "riffle": ("cards", 52),
    "transpositions": ("deck", 20),
    "circle": ("places", 21),
    "cube": ("switches", 30),
    "redraw": ("moves", 12),
    "turn": ("moves", 12),
}
LAST = 9999  # no walk of the room takes as many steps
RULES = (
    {"walk": links.one_of(*WALKS), "stay": links.one_of(*STAYS), "t": links.whole(0, LAST)}
    | {key: links.whole(WALKS[word].least, WALKS[word].most) for word, (key, _) in SIZES.items()}
    | {"log": links.one_of("true", "false")}
)
KEYS = tuple(RULES)


@dataclass(frozen=True, eq=False)
class Asked:
    """What the controls describe.

    Attributes
    ----------
    found : Mixing
    step : int
    logarithmic : bool
    """

    found: Mixing
    step: int
    logarithmic: bool


def ask() -> Asked:
    """The walk, its size, and how many steps are looked at: at first, as many as bring it half-way."""
    titles = {word: kind.title for word, kind in WALKS.items()}
    walk = linked.choice(st.selectbox, "Walk", titles, "walk", on_change=_begin_again)
    kind, (key, size) = WALKS[walk], SIZES[walk]
    chosen = linked.number(kind.size, kind.least, kind.most, size, key, on_change=_begin_again)
    stay = "one"
    if kind.stays:
        stay = linked.choice(st.selectbox, "A step stays", STAYS, "stay", on_change=_begin_again)
    found = shuffled(ShuffleSpec(walk, chosen, stay))
    half = mixing_time(found.known, 0.5)
    step = linked.number("Steps", 0, found.steps, found.steps // 2 if half is None else half, "t")
    return Asked(found, step, linked.switch("Logarithmic", False, "log"))


def _begin_again() -> None:
    """Another walk is looked at half-way down again."""
    linked.forget(("t",))


@st.cache_data(show_spinner=False, max_entries=8)
def shuffled(spec: ShuffleSpec) -> Mixing:
    """The walk of a spec, followed."""
    return shuffle(spec)


@st.cache_data(show_spinner=False, max_entries=6)
def relatives(walk: str, stay: str) -> list[Mixing]:
    """The walk in several sizes."""
    return family(ShuffleSpec(walk, WALKS[walk].least, stay))


def put(preset: Preset) -> None:
    """Set the page to a preset; what it does not name goes back to its default."""
    linked.put(KEYS, preset.values)


def current() -> Preset | None:
    """The preset that the page shows, if all that it names is so and nothing else is changed."""
    touched = {key for key in KEYS if key in st.query_params}
    for preset in read(WORD):
        same = all(STATE.get(key) == value for key, value in preset.values.items())
        if same and touched <= set(preset.values):
            return preset
    return None
