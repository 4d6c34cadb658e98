"""The presets of an experiment as a choice; choosing one sets the page's state."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lab.presets import Preset, read
from lab.views import saying

FEW = 5  # names that fit in a row


def choose(
    word: str, apply: Callable[[Preset], None], label: str = "Presets", current: Preset | None = None
) -> None:
    """Show the presets' names; choosing one calls `apply` before the page is drawn anew.

    Parameters
    ----------
    word : str
    apply : callable
        Puts the preset's values into the session state of the page's widgets.
    label : str
    current : Preset, optional
        The one that the page shows now, if it is one.
    """
    presets = {preset.title: preset for preset in read(word)}
    key = f"{word} preset"
    st.session_state[key] = current.title if current else None

    def chosen() -> None:
        if title := st.session_state[key]:
            apply(presets[title])

    if len(presets) <= FEW:
        st.radio(label, list(presets), index=None, horizontal=True, key=key, on_change=chosen)
    else:
        st.selectbox(label, list(presets), index=None, key=key, on_change=chosen, placeholder="Begin with …")
    saying.remark(current.note if current else None)
