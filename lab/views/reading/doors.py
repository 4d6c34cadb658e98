"""Doors from the reading room into the others."""

from __future__ import annotations

import streamlit as st

from lab import catalog, tours


def door(word: str, label: str = "", step: int = 0) -> None:
    """Show a link into a room, to a step of its tour if one is named; words where it is not open."""
    room = catalog.by_word(word)
    text = label or f"The room: {room.title}"
    if not room.page.is_file():
        st.caption(f"{text} (not open yet)")
        return
    tour = tours.read(word)
    address = f"{word}{tour.address(step)}" if step and tour and step <= len(tour.steps) else word
    st.link_button(text, address, icon=room.icon, type="tertiary")
