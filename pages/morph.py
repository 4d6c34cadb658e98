"""Morph: two or more prompts in, the walk between them as a film out."""

import streamlit as st

from lab.views import about, morph_form, morph_link, morph_stage, page, pipelines, presets, takeaways

STATE = st.session_state
EXPLANATION = r"""
Every prompt becomes a text embedding $E$, a table of numbers with one row per token. Between two of them
the page walks in a straight line, $E(t) = (1 - t)\,E_a + t\,E_b$ with $t = j / n$ for frame $j$ of $n$, and
denoises **the same noise** for every $t$. Nothing but the embedding changes, so neighbouring frames are
neighbouring pictures. The end of a segment is the beginning of the next and is rendered once; *there and
back* shows the frames of the way there again.
"""

experiment = page.header("morph")
morph_form.begin()
stage, form = st.columns([6, 5], gap="medium")

with form:
    if STATE.get("morph link"):
        page.complain(STATE["morph link"])
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
            page.complain(problem)
    if spec:
        seconds = morph_stage.spoken_seconds(pipelines.models().expect(spec))
        st.caption(f"{pipelines.picture_count(spec)} pictures, about {seconds} on this machine.")
        morph_form.remember(spec)

with stage:
    if pressed and spec:
        morph_stage.render(spec)
    morph_stage.exhibit(spec)

with st.expander("What happens here", icon=":material/school:"):
    st.markdown(EXPLANATION)
if spec:
    takeaways.code(*morph_link.code(spec))
about.babel()
page.footer(experiment)
pipelines.warm_up()
