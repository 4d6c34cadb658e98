"""PCA via similarity: the derivation in six steps, from an oval cloud to one's own table."""

import streamlit as st

from lab.views import linked, links, page, presets
from lab.views.similarity import walk

experiment = page.header("similarity")
links.tell(walk.RULES)
presets.choose("similarity", walk.put, "Begin with", walk.current())
step = walk.choose()
walk.show(step)
with st.container(horizontal=True, vertical_alignment="center"):
    walk.onward(step)
    linked.reset(walk.KEYS)
page.footer(experiment)
