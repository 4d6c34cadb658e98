"""Four-dimensional scatter plot: a lattice of small windows with margins and corner."""

import streamlit as st

from lab.multiwindow import Windows
from lab.views import linked, links, page, presets, saying
from lab.views.multiwindow import beside, knobs, plot, takeaway

HOW_TO_READ = """
Every window is the same scatter plot with the same axes, looked at through one range of two further
variables. Go **right** and the first grows, go **up** and the second grows. The **top margin** is each column
poured together, the **right margin** each row, the **corner** everything. Nothing is drawn but points.
"""


@st.fragment
def room() -> None:
    """All of the page answers a knob but for its header."""
    stage, form = st.columns([7, 3], gap="large")
    with form:
        presets.choose("multiwindow", knobs.put, "Begin with", knobs.current())
        asked = None
        with saying.sentences():
            asked = knobs.ask()
        linked.reset(knobs.KEYS)
    with stage:
        if asked:
            with saying.sentences():
                plot.show(asked)
        st.markdown(HOW_TO_READ)
    if not asked:
        return
    result = plot.see(asked)
    if isinstance(result, Windows):
        beside.aside("As a film: a row of windows in time", ":material/movie:", beside.film, asked, result)
        beside.aside("Other ways to see four dimensions", ":material/compare:", beside.others, asked)
    with st.expander("The mathematics", icon=":material/function:", expanded=True):
        st.markdown(beside.MATHEMATICS)
    takeaway.offer(asked, result)


experiment = page.header("multiwindow")
links.tell(knobs.RULES)
room()
page.footer(experiment)
