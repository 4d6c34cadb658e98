"""Figures that the browser draws and brushes by itself: what is lit comes back when the stroke ends."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from lab.views.elements import element

STATE = st.session_state


def lit(word: str, table: str, most: int) -> list[int] | None:
    """Rows that are lit in the figure of this word; None where none is.

    Parameters
    ----------
    table : str
        Names whose rows they are: another table begins in the dark.
    most : int
        Number of its rows.
    """
    named, rows = STATE.get(_key(word), ("", ()))
    return [row for row in rows if 0 <= row < most] or None if named == table else None


def show(word: str, data: dict[str, Any], table: str, lit: list[int] | None) -> None:
    """Show the component of this word; a stroke begins the page, or its fragment, again."""
    component = element(word, word, word, f"svg brush {word}")
    component(data=data | {"table": table, "lit": lit}, key=word, on_lit_change=partial(_light, word))


def darken(word: str) -> None:
    """Button that puts the light out."""
    icon = ":material/deselect:"
    st.button("Put the light out", icon=icon, type="tertiary", on_click=STATE.pop, args=(_key(word), None))


def _key(word: str) -> str:
    return f"{word} lit"


def _light(word: str) -> None:
    """Remember what the brush took."""
    told = STATE[word].lit
    if isinstance(told, dict):
        rows = told.get("rows") or ()
        STATE[_key(word)] = (told.get("table"), [row for row in rows if isinstance(row, int)])
