"""Sliders whose bounds depend on the table."""

from __future__ import annotations

import streamlit as st

STATE = st.session_state


def whole(label: str, low: int, high: int, default: int, key: str) -> int:
    """A whole number from low to high, kept in the link; what no longer fits the bounds begins again.

    With one possible value there is nothing to choose and nothing is shown.
    """
    if high <= low:
        return low
    if key in STATE and not low <= STATE[key] <= high:
        del STATE[key]
    return st.slider(label, low, high, min(default, high), key=key, bind="query-params")
