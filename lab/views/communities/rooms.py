"""Which view one stands in, the presets, the whole state of the room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lab.presets import Preset, read
from lab.views import linked, links
from lab.views.communities import graphs, others, phase, rows, spectra, steps, triptych, why
from lab.views.communities.graphs import Graph

STATE = st.session_state


@dataclass(frozen=True)
class View:
    """Its word in the link, its title, and what shows it and returns Python that does the same."""

    word: str
    title: str
    show: Callable[[Graph], str]


VIEWS = (
    View("triptych", "Triptych", triptych.show),
    View("why", "Why this k?", why.show),
    View("others", "Noise", others.show),
    View("phase", "Phases", phase.show),
    View("spectra", "Spectra", spectra.show),
    View("steps", "Beliefs", steps.show),
    View("rows", "The post's way", rows.show),
)
RULES = (
    {"view": links.one_of(*(view.word for view in VIEWS))}
    | graphs.RULES
    | why.RULES
    | others.RULES
    | phase.RULES
    | spectra.RULES
    | steps.RULES
    | rows.RULES
)
KEYS = tuple(RULES)


def choose() -> View:
    """The row of views; the link holds where one stands."""
    titles = {view.word: view.title for view in VIEWS}
    how: dict[str, Any] = dict(required=True, label_visibility="collapsed")
    word = linked.choice(st.segmented_control, "Views", titles, "view", **how)
    return next(view for view in VIEWS if view.word == word)


def put(preset: Preset) -> None:
    """Set the page to a preset; what it does not name goes back to its default."""
    linked.forget(KEYS)
    for name in KEYS:
        st.query_params.pop(name, None)
    for name, value in preset.values.items():
        STATE[name] = value
        STATE.pop(f"{name} afresh", None)


def current() -> Preset | None:
    """The preset that the page shows: all that it names is so, and nothing else is changed."""
    for preset in read("communities"):
        same = all(str(_shown(key)) == str(value) for key, value in preset.values.items())
        if same and set(st.query_params) & set(KEYS) <= set(preset.values):
            return preset
    return None


def _shown(key: str) -> object:
    return STATE.get(key, st.query_params.get(key, {"graph": graphs.DRAWN, "view": "triptych"}.get(key)))
