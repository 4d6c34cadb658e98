"""Choices whose word stands in the link, while the visitor reads its title.

A widget bound to the link by Streamlit writes what it shows; a link should outlive the wording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from lab.views import page

STATE = st.session_state


def one(widget: Callable, label: str, options: Mapping[str, str], key: str, **how) -> str:
    """One of some words by any widget that chooses; the first is the default and stays out of the link.

    Parameters
    ----------
    widget : callable
        ``st.selectbox``, ``st.radio`` or ``st.segmented_control``.
    options : mapping of str to str
        Word to title.
    """
    default = next(iter(options))
    if STATE.get(key) not in options:
        asked = None if STATE.pop(f"{key} afresh", False) else st.query_params.get(key)
        STATE[key] = asked if asked in options else default
    word = widget(label, list(options), format_func=options.get, key=key, **how)
    if word != default:
        st.query_params[key] = word
    elif key in st.query_params:
        del st.query_params[key]
    return word


def forget(keys: Iterable[str]) -> None:
    """Put widgets back to their defaults, whatever the link says."""
    page.forget(keys)
    for key in keys:
        STATE[f"{key} afresh"] = True


def reset(keys: Iterable[str]) -> None:
    """Button that puts the widgets of these keys, and the link, back to their defaults."""
    st.button(
        "Reset",
        icon=":material/restart_alt:",
        key="reset",
        type="tertiary",
        on_click=forget,
        args=(tuple(keys),),
    )
