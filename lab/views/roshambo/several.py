"""Widgets for several words and for a text, with their values in the link."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lab.views import linked
from lab.views.links import Rule

STATE = st.session_state
NONE = "none"
LONGEST = 400  # letters of a text that a link carries


def several(label: str, options: Sequence[str], default: Sequence[str], key: str, **how) -> list[str]:
    """Some of the options; the link holds them, with commas, where they are not the default."""
    linked.bind(key)
    if key not in STATE:
        text = None if STATE.pop(f"{key} afresh", False) else st.query_params.get(key)
        known = list(dict.fromkeys(word for word in (text or "").split(",") if word in options))
        known = known[: how.get("max_selections")]
        STATE[key] = known if known or text == NONE else list(default)
    chosen = st.multiselect(label, list(options), key=key, **how)
    _tell(key, ",".join(chosen) or NONE, chosen == list(default))
    return chosen


def text(label: str, default: str, key: str) -> str:
    """A text of several lines; the link holds it while it is short."""
    linked.bind(key)
    if key not in STATE:
        asked = None if STATE.pop(f"{key} afresh", False) else st.query_params.get(key)
        STATE[key] = default if asked is None else asked
    typed = st.text_area(label, key=key)
    _tell(key, typed, typed == default or len(typed) > LONGEST)
    return typed


def subset_of(options: Sequence[str]) -> Rule:
    """Rule for some of the options, with commas between them."""

    def read(value: str) -> list[str]:
        words = [] if value == NONE else value.split(",")
        if any(word not in options for word in words):
            raise ValueError(value)
        return words

    return read


def _tell(key: str, value: str, is_default: bool) -> None:
    if not is_default:
        st.query_params[key] = value
    elif key in st.query_params:
        del st.query_params[key]
