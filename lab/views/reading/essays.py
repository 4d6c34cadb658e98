"""The essays: one at a time, in a narrow column, with the rooms where the idea can be tried."""

from __future__ import annotations

import streamlit as st

from lab import reading
from lab.catalog import by_word
from lab.views import linked
from lab.views.reading.doors import door

MEASURE = 680  # pixels of a line that the eye follows with ease
WORDS_A_MINUTE = 200


def show() -> None:
    """Choose an essay and read it."""
    titles = {essay.word: essay.title for essay in reading.essays()}
    word = linked.choice(st.radio, "Essay", titles, "essay", label_visibility="collapsed")
    essay = next(essay for essay in reading.essays() if essay.word == word)
    with st.container(width=MEASURE):
        st.header(essay.title, anchor=False)
        minutes = round(len(essay.text.split()) / WORDS_A_MINUTE)
        st.caption(f"{essay.after} · {minutes} minutes")
        st.markdown(essay.text)
        st.subheader("Try it", anchor=False)
        for room, why, step in essay.rooms:
            door(room, f"**{by_word(room).title}.** {why}", step)
        st.subheader("Sources", anchor=False)
        cited = {one.key: one for one in reading.references()}
        st.markdown("\n".join(f"- {reading.cited(cited[key])}" for key in essay.references))
