"""Morph: two or more prompts in, the walk between them as a film out."""

import streamlit as st

from lab.views import (
    about,
    bridges,
    morph_form,
    morph_grid,
    morph_link,
    morph_meter,
    morph_stage,
    page,
    pipelines,
    presets,
    replay,
    saying,
    stage,
    takeaways,
)

STATE = st.session_state
EXPLANATION = r"""
Every prompt becomes a text embedding $E$, a table of numbers with one row per token. Between two of them
the page walks in a straight line, $E(t) = (1 - t)\,E_a + t\,E_b$ with $t = j / n$ for frame $j$ of $n$, and
denoises **the same noise** for every $t$. Nothing but the embedding changes, so neighbouring frames are
neighbouring pictures. Equal steps of $t$ are not equal steps for the eye: the bars under a finished film show
how far each frame is from the next, and *Even steps* puts the frames where a quick pilot pass sees equal
changes. With a seed for each prompt the noise is walked too, on a great circle, since a straight mean of two
noises would be too quiet. The end of a segment is the beginning of the next and is rendered once; *there and
back* shows the frames of the way there again.
"""

experiment = page.header("morph")
morph_form.begin()
replay.arrive("morph", morph_form.put)
screen, form = st.columns([6, 5], gap="medium")

with form:
    saying.complaint(STATE.get("morph link"))
    presets.choose("morph", morph_form.take, "Walks to begin with", morph_form.current())
    morph_form.prompt_rows()
    morph_form.settings()
    spec, problem = morph_form.checked()
    complaint = st.container()
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button("Render", type="primary", icon=":material/animation:", key="morph go")
        how = {"type": "tertiary", "icon": ":material/restart_alt:", "on_click": morph_form.reset}
        st.button("Reset", key="morph reset", **how)
    if pressed:
        STATE["morph link"], STATE["morph tried"] = "", problem is not None
    if problem and STATE["morph tried"]:
        with complaint:
            saying.complain(problem)
    if spec:
        seconds = stage.spoken_seconds(pipelines.models().expect(spec.model, pipelines.morph_calls(spec)))
        st.caption(f"{pipelines.picture_count(spec)} pictures, about {seconds} on this machine.")
        morph_meter.cheaper(spec)
        morph_form.remember(spec)

with screen:
    if spec and (pressed or STATE.pop("morph again", False)):
        morph_stage.render(spec)
    morph_stage.exhibit(spec)

with st.expander("What happens here", icon=":material/school:"):
    st.markdown(EXPLANATION)
if spec:
    morph_grid.show(spec)
    takeaways.code(*morph_link.code(spec), word="morph")
    bridges.path(spec)
replay.offer("morph", morph_form.put)
about.babel()
page.footer(experiment)
pipelines.warm_up()
