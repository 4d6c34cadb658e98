"""What a visitor selected in a figure, as rows of its table."""

from __future__ import annotations

import streamlit as st

STATE = st.session_state


def key(name: str) -> str:
    """Key of the figure of this name; a new one each time its selection was cleared."""
    return f"{name} {STATE.get(f'{name} cleared', 0)}"


def clear(*names: str) -> None:
    """Forget what is selected in the figures of these names."""
    for name in names:
        STATE[f"{name} cleared"] = STATE.get(f"{name} cleared", 0) + 1


def rows(name: str) -> list[int] | None:
    """Table rows of the points selected in the figure of this name, ascending; None where nothing is.

    Every trace of points keeps the row as the first of its custom data; marks without any (numbers written in
    the plot) are no rows. A browser gives a line of a typed array as an object with the keys "0", "1", ...
    """
    state = STATE.get(key(name))
    data = [point.get("customdata") for point in (state["selection"]["points"] if state else ())]
    return sorted({int(_first(entry)) for entry in data if entry is not None}) or None


def boxes(name: str) -> list[dict]:
    """Boxes drawn in the figure of this name, each with the ranges ``x`` and ``y``."""
    state = STATE.get(key(name))
    return list(state["selection"]["box"]) if state else []


def darken(*names: str) -> None:
    """Button that clears the selection of these figures."""
    st.button("Put the light out", icon=":material/deselect:", type="tertiary", on_click=clear, args=names)


def _first(entry):
    if isinstance(entry, dict):
        return entry["0"]
    return entry[0] if isinstance(entry, list) else entry
