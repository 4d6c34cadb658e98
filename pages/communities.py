"""Finding community: blocks of a noisy network, recovered without being counted, and where that ends."""

import streamlit as st

from lab.views import linked, links, page, presets, saying
from lab.views.communities import graphs, rooms, taken

experiment = page.header("communities")
links.tell(rooms.RULES)
view = rooms.choose()
stage, form = st.columns([3, 1], gap="medium")

with form:
    place = st.container()
    graph = None
    with saying.sentences():
        graph = graphs.ask()
    with place:
        presets.choose("communities", rooms.put, "Begin with", rooms.current())
    linked.reset(rooms.KEYS)

if graph is not None:
    looked = ""
    with stage, saying.sentences():
        looked = view.show(graph)
    taken.offer(graph, looked)
page.footer(experiment)
