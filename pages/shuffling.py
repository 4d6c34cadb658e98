"""Shuffling: how many steps a walk on a group needs to forget where it began, and who can hear it."""

import streamlit as st

from lab.views import linked, links, page, presets
from lab.views.shuffling import knobs, show, taken, told


@st.fragment
def room() -> None:
    """All of the page answers a knob but for its header."""
    stage, form = st.columns([5, 2], gap="medium")
    with form:
        place = st.container()
        asked = knobs.ask()
        with place:
            presets.choose("shuffling", knobs.put, "Begin with", knobs.current())
        linked.reset(knobs.KEYS)
    with stage:
        show.distance(asked)
    st.markdown(told.WALKS[asked.found.spec.walk])
    show.heard(asked)
    with st.expander("The mathematics", icon=":material/function:", expanded=True):
        st.markdown(told.LEMMA)
    taken.offer(asked.found)


experiment = page.header("shuffling")
links.tell(knobs.RULES)
room()
page.footer(experiment)
