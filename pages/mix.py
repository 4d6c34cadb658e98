"""Mix: blends of several prompts, on a triangle, and how like its sources each one is."""

from urllib.parse import urlencode

import streamlit as st

from lab.views import about, links, page, pipelines, replay, takeaways, wishes
from lab.views.mix import code, gather, knobs, show

STATE = st.session_state
MATHEMATICS = r"""
A blend of $m$ prompts is the weighted mean of their text embeddings, $E(w) = \sum_i w_i E_i$ with $w_i \ge 0$
and $\sum_i w_i = 1$: a point of a simplex whose corners are the sources. All blends are denoised from **the
same noise**. If the sources deviate from the middle of all embeddings independently and equally far, their
mean deviates by $1/\sqrt m$ of that; *length restored* stretches the blend away from the empty prompt until
it is as far from it as its sources are on average.
"""

experiment = page.header("mix")
links.tell(knobs.RULES)
knobs.begin()
replay.arrive("mix", knobs.put)
screen, form = st.columns([7, 4], gap="medium")

with form:
    spec, preset = wishes.form(knobs, "Blends to begin with")
    pressed = knobs.pressed()
    if spec:
        wishes.price(spec, len(spec.weights), gather.calls(spec))

with screen:
    if spec and pressed:
        gather.render(gather.WORD, spec)
    if show.wanted(spec):
        gather.render_point(spec, STATE["mix weights"])
    show.exhibit(spec, preset)

with st.expander("The mathematics", icon=":material/function:", expanded=True):
    st.markdown(MATHEMATICS)
if spec:
    address = f"morph?{urlencode({'p': spec.prompts}, doseq=True)}"
    st.link_button("Walk from source to source: Morph", address, icon=":material/animation:", type="tertiary")
    takeaways.code(*code.code(spec, STATE["mix weights"]), word="mix")
replay.offer("mix", knobs.put)
about.babel()
page.footer(experiment)
pipelines.warm_up()
