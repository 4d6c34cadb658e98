"""Latents: calculate with pictures where the model keeps them, beside the same on pixels."""

import streamlit as st

from lab.views import about, page, pipelines, presets, replay, sampling, saying, takeaways
from lab.views.latents import form, link, pictures, stage, words

STATE = st.session_state

experiment = page.header("latents")
form.begin()
replay.arrive("latents", form.put)
presets.choose("latents", form.take, "Looks to begin with", form.current())
form.look()
shown, controls = st.columns([7, 4], gap="medium")

with controls:
    saying.complaint(STATE.get("latents link"))
    pictures.rows()
    with saying.sentences():
        sampling.controls()
    spec, problem = form.checked()
    if problem and not problem.startswith("The seed"):  # that one was said above
        saying.complain(problem)
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button("Draw", type="primary", icon=":material/brush:", key="latents go")
        how = {"type": "tertiary", "icon": ":material/restart_alt:", "on_click": form.reset}
        st.button("Reset", key="latents reset", **how)
    if spec:
        form.remember(spec)

with shown:
    if spec and pressed:
        stage.ask(spec)
    elif spec:
        stage.follow(spec)
    stage.present(spec)

with st.expander("What happens here", icon=":material/school:", expanded=True):
    st.markdown(words.WORDS[STATE["latents view"]])
if spec:
    takeaways.code(*link.code(spec), word="latents")
replay.offer("latents", form.put)
about.babel()
page.footer(experiment)
pipelines.warm_up()
