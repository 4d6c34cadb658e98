"""Which of the four rooms one stands in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lab.presets import Preset, read
from lab.views import linked, links, presets
from lab.views.roshambo import against, contest, listen, play


@dataclass(frozen=True)
class Room:
    """Its word in the link, its title, and what shows it."""

    word: str
    title: str
    show: Callable[[], None]


ROOMS = (
    Room("play", "Play", play.show),
    Room("listen", "Listen", listen.show),
    Room("against", "Two thirds", against.show),
    Room("tournament", "Tournament", contest.show),
)
WORDS = tuple(room.word for room in ROOMS)
RULES = {"room": links.one_of(*WORDS)} | play.RULES | listen.RULES | against.RULES | contest.RULES
KEYS = (*RULES, "enter", "own name", "own rules", "paint", "painted")
STATE = st.session_state


def begin_with() -> None:
    """The presets, and the note of the one that is shown."""
    presets.choose("roshambo", _put, "Begin with", _current())


def _put(preset: Preset) -> None:
    """Set the page to a preset; what it does not name goes back to its default."""
    _forget()
    for name, value in preset.values.items():
        STATE[name] = list(value) if isinstance(value, list) else value
        STATE.pop(f"{name} afresh", None)


def reset() -> None:
    """Show a button that puts all rooms, and the link, back to their defaults."""
    how: dict[str, Any] = {"icon": ":material/restart_alt:", "type": "tertiary", "on_click": _forget}
    st.button("Reset", key="reset", **how)


def _forget() -> None:
    """Drop the state of all rooms' widgets; those not on the page are still in the link."""
    linked.forget(KEYS)
    for name in RULES:
        st.query_params.pop(name, None)


def _current() -> Preset | None:
    """The preset whose every value stands on the page."""
    shown = (
        preset
        for preset in read("roshambo")
        if all(STATE.get(name) == value for name, value in preset.values.items())
    )
    return max(shown, key=lambda preset: len(preset.values), default=None)


def choose() -> Room:
    """The row of rooms; the link holds where one stands."""
    titles = {room.word: room.title for room in ROOMS}
    how: dict[str, Any] = dict(required=True, label_visibility="collapsed")
    word = linked.choice(st.segmented_control, "Rooms", titles, "room", **how)
    return next(room for room in ROOMS if room.word == word)
