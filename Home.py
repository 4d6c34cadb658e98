"""The front door: navigation and the cover, both from the catalog."""

import streamlit as st

from lab import catalog
from lab.views import about, gallery, honeycomb, page, tour

CARD = 310  # pixels
FEW = 2  # rooms of a section that stand below each other
WELCOME = """
Borges imagined a library of hexagonal rooms that holds every book that can be written. Nearly all of them
are noise, and the librarians spend their lives on the search for a page that means something.

A model that makes pictures from words is such a library. Every picture it can make lies somewhere in its
**latent space** already; a prompt is the call number, and between any two call numbers there is a corridor
that nobody has walked. In these rooms one walks it, and looks at how the building is made.
"""


def card(experiment: catalog.Experiment) -> None:
    """Show one experiment as a card that leads into its room."""
    with st.container(border=True, width=CARD, height="stretch"):
        st.page_link(experiment.page, label=f"**{experiment.title}**", icon=experiment.icon)
        st.markdown(experiment.sentence)


def front() -> None:
    """Show the cover, the cards and what babel is."""
    page.furnish()
    tour.lead()
    words, picture = st.columns([4, 5], gap="medium", vertical_alignment="center")
    with words:
        st.title(page.NAME, anchor=False)
        st.markdown("*Experiments with machines that learn, to walk through.*")
        st.markdown(WELCOME)
    with picture:
        honeycomb.cover("Nineteen hexagonal rooms; in each one a drawn picture slowly turns into the next.")
    sections = catalog.rooms_by_section()
    wide = {name: rooms for name, rooms in sections.items() if len(rooms) > FEW}
    for section, experiments in wide.items():
        st.header(section, anchor=False)
        with st.container(horizontal=True):
            for experiment in experiments:
                card(experiment)
    with st.container(horizontal=True):
        for section in (name for name in sections if name not in wide):
            with st.container(width=CARD):
                st.header(section, anchor=False)
                for experiment in sections[section]:
                    card(experiment)
    st.header("From the shelves", anchor=False)
    st.caption("Finished results, each with the room that made it. Films play under the pointer.")
    gallery.hang()
    st.space("small")
    about.babel()


st.session_state[page.ENTERED] = True
page.furnish()
rooms = {
    section: [st.Page(e.page, title=e.title, url_path=e.word) for e in experiments]
    for section, experiments in catalog.rooms_by_section().items()
}
st.navigation({"": [st.Page(front, title=page.NAME, default=True)], **rooms}).run()
