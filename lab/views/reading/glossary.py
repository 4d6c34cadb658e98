"""The glossary: one true sentence for each term, found as one types."""

from __future__ import annotations

import streamlit as st

from lab import reading
from lab.catalog import by_word
from lab.views import linked, saying


def show() -> None:
    """The terms that match what is typed."""
    words = linked.text("Find a term", "", "find", icon=":material/search:", max_chars=80)
    found = reading.matching(words)
    if not found:
        saying.complain(f"No term has {words!r} in it: take a word out, or try one of the field.")
        return
    st.caption(f"{len(found)} of {len(reading.glossary())} terms.")
    for initial in dict.fromkeys(term.name[0].upper() for term in found):
        own = [term for term in found if term.name[0].upper() == initial]
        st.header(initial, anchor=False)
        st.markdown("\n\n".join(entry(term) for term in own))


def entry(term: reading.Term) -> str:
    """A term with its sentence and the address of its room."""
    room = by_word(term.room)
    where = f" [{room.title}]({room.word})" if room.page.is_file() and room.word != "reading" else ""
    return f"**{term.name}** · {term.sentence}{where}"
