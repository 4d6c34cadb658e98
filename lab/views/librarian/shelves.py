"""The shelves: pictures that ship with the library, each with its call number, free to take."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lab.diffusion.librarian.picture import PictureSpec
from lab.galleries.librarian import SHELVES, specs
from lab.views import honeycomb, saying, wall
from lab.views.librarian import chosen, words

STATE = st.session_state
CHOSEN = "librarian shelf"
FIRST = 12  # pictures that hang in sight, so that a phone comes to the controls soon
IDEA = """
In Borges' story a library holds every book that can be printed with twenty-five signs: the true catalogue,
thousands of false ones, and between them almost nothing but noise. Nobody writes there. One searches. A
model that draws from words is a library of that kind: whatever it can draw has its place already, and
sentence and seed are the call number. The librarian knows the shelves.
"""


def show() -> None:
    """Show the shelves, and the call number of the picture that is looked at; the body of a fragment."""
    st.markdown(IDEA)
    pictures = honeycomb.film(SHELVES)
    asked = specs()[: len(pictures)]
    if not pictures:
        st.info("Press Bring it: the first picture comes within seconds.", icon=":material/local_library:")
        return
    looked = STATE.get(CHOSEN)
    alts = [words.alt(spec) for spec in asked]
    labels = [spec.prompt for spec in asked]
    _shelf(0, pictures[:FIRST], labels, alts, looked)
    if looked is None:
        st.caption("Pictures from the shelves, drawn by babel. Choose one to read its call number.")
    else:
        _call_number(asked[looked])
    if len(pictures) > FIRST:
        with st.expander("More from the shelves", icon=":material/shelves:"):
            _shelf(FIRST, pictures[FIRST:], labels, alts, looked)


def _shelf(first: int, pictures: list[bytes], labels: list[str], alts: list[str], looked: int | None) -> None:
    """Hang some pictures, the first of which has this number; a choice is kept."""
    own = slice(first, first + len(pictures))
    marked = looked - first if looked is not None and own.start <= looked < own.stop else None
    name = f"Pictures on the shelves, from {first + 1}"
    picked = wall.hang(name, pictures, labels[own], alts[own], marked, name, f"librarian shelves {first}")
    if picked is not None and picked != marked:
        STATE[CHOSEN] = first + picked
        st.rerun(scope="fragment")


def _call_number(spec: PictureSpec) -> None:
    """Say how a picture is called, and offer to take it."""
    st.caption(f"“{saying.plain(spec.prompt)}” · seed {spec.seed}, all else the model's own.")
    with st.container(horizontal=True):
        how: dict[str, Any] = {"icon": ":material/check:", "on_click": chosen.take, "args": (spec,)}
        if st.button("Take this one", key="librarian take", **how):
            st.rerun()
    chosen.bridges(spec)
