"""What a visitor selected in a figure, as rows of its table."""

from __future__ import annotations

import streamlit as st


def rows(key: str) -> list[int] | None:
    """Table rows of the points selected in the figure of this key, ascending; None where nothing is.

    Every trace of points keeps the row as the first of its custom data; marks without any (numbers
    written in the plot) are no rows. A browser gives a line of a typed array as an object with the keys
    "0", "1", ...
    """
    state = st.session_state.get(key)
    data = [point.get("customdata") for point in (state["selection"]["points"] if state else ())]
    return sorted({int(_first(entry)) for entry in data if entry is not None}) or None


def _first(entry):
    if isinstance(entry, dict):
        return entry["0"]
    return entry[0] if isinstance(entry, list) else entry
