"""RoShamBo: play against a machine that listens, and look at what it hears."""

import streamlit as st

from lab.views import links, page, saying
from lab.views.roshambo import rooms

experiment = page.header("roshambo")
links.tell(rooms.RULES)
rooms.begin_with()
view = rooms.choose()
with saying.sentences():
    view.show()
with st.container(horizontal=True, vertical_alignment="center"):
    rooms.reset()
page.footer(experiment)
