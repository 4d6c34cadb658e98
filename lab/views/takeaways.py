"""What a visitor takes home: the code of the present state, and files that are built on the click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Download:
    """A file on offer: label of the button, file name, media type, and what builds the bytes when asked."""

    label: str
    name: str
    media_type: str
    build: Callable[[], bytes]


def code(python: str, command: str) -> None:
    """Show the Python and the command line that do exactly what the page does now."""
    with st.expander("Show me the code", icon=":material/code:"):
        st.caption("In Python or a notebook")
        st.code(python, language="python")
        st.caption("In a shell")
        st.code(command, language="bash", wrap_lines=True)


def downloads(offers: Sequence[Download], disabled: bool = False) -> None:
    """Show a row of buttons; nothing is encoded before one is pressed, and the page does not start over."""
    with st.container(horizontal=True):
        for offer in offers:
            st.download_button(
                offer.label,
                offer.build,
                file_name=offer.name,
                mime=offer.media_type,
                key=f"download {offer.name}",
                on_click="ignore",
                disabled=disabled,
            )
