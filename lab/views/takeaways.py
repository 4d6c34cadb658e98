"""What a visitor takes home: the code of the present state, and files that are built on the click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from lab import catalog
from lab.views.notebook import notebook


@dataclass(frozen=True)
class Download:
    """A file on offer: label of the button, file name, media type, and what builds the bytes when asked."""

    label: str
    name: str
    media_type: str
    build: Callable[[], bytes]


def code(python: str, command: str, word: str = "") -> None:
    """Show the Python and the command line that do exactly what the page does now.

    With the word of a room the Python is offered as a notebook too.
    """
    with st.expander("Show me the code", icon=":material/code:"):
        st.caption("In Python or a notebook")
        st.code(python, language="python")
        st.caption("In a shell")
        st.code(command, language="bash", wrap_lines=True)
        if word:
            room = catalog.by_word(word)
            text = f"{room.sentence}\n\nRun it in the folder of the library, with its environment."
            name, kind = f"{word}.ipynb", "application/x-ipynb+json"
            downloads([Download("Notebook", name, kind, lambda: notebook(room.title, text, python))])


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
