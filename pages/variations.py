"""Variations: a random walk on a leash around one prompt, as a wall and as a film."""

import streamlit as st

from lab.views import about, bridges, links, page, pipelines, replay, takeaways, wishes
from lab.views.variations import code, knobs, panel, show, way

experiment = page.header("variations")
links.tell(knobs.RULES)
knobs.begin()
replay.arrive("variations", knobs.put)
screen, form = st.columns([7, 4], gap="medium")

with form:
    spec, preset = wishes.form(knobs, "Walks to begin with")
    pressed = knobs.pressed(spec)
    if spec:
        wishes.price(spec, spec.count + 1, pipelines.network_calls(spec, spec.count + 1))

with screen:
    way.crumbs()
    if pressed and spec:
        show.render(spec)
    show.exhibit(spec, preset)

with st.expander("The mathematics", icon=":material/function:", expanded=True):
    st.markdown(panel.MATHEMATICS)
if spec:
    takeaways.code(*code.code(spec), word="variations")
    bridges.cloud(spec)
replay.offer("variations", knobs.put)
about.babel()
page.footer(experiment)
pipelines.warm_up()
