"""Librarian: a sentence in, pictures out, and a search among their neighbours."""

import streamlit as st

from lab.views import about, links, page, pipelines, replay, takeaways, wishes
from lab.views.librarian import budget, code, knobs, show, way, work

STATE = st.session_state
MATHEMATICS = r"""
A picture is a function of its call number: the text embedding $E$ of the prompt, the initial noise
$z \sim N(0, I)$ of the seed, and the sampling (steps, guidance $s$, scheduler). At each step the network is
asked with the prompt and without it, and the guidance stretches the difference,
$\varepsilon = \varepsilon_0 + s\,(\varepsilon_E - \varepsilon_0)$. A glimpse is the picture if all that noise
were told right, $\hat x_0 = (x_t - \sigma_t\,\varepsilon)/\alpha_t$, through a linear map to colours.

A neighbour is one small step away. *Towards a word* $w$: $E \leftarrow E + \tfrac{15}{100}\,(E_w - E)$. *By
chance*: the deviation from the prompt turns, $d \leftarrow \sqrt{1 - a^2}\,d + a\,\sigma u\,\xi$ with
$\xi \sim N(0, I)$, so that its size never exceeds $\sigma u$, however often one steps ($u$ is the model's own
unit). *Noise*: $z$ is turned by a quarter of its angle to a fresh one, on the great circle, where it stays
noise. **Evenness** of a walk is the mean distance of neighbouring stops divided by the largest: 1 is a walk
without a jump.
"""

experiment = page.header("librarian")
links.tell(knobs.RULES)
knobs.begin()
replay.arrive("librarian", knobs.put_back)
screen, form = st.columns([6, 5], gap="medium")

with form:
    spec, _ = wishes.form(knobs, "Searches to begin with")
    with st.container(horizontal=True, vertical_alignment="center"):
        how = {"type": "primary", "icon": ":material/local_library:", "disabled": spec is None}
        pressed = st.button("Bring it", key="librarian go button", **how)
        st.button(
            "Reset",
            key="librarian reset",
            icon=":material/restart_alt:",
            type="tertiary",
            on_click=knobs.reset,
        )
    if spec:
        STATE["librarian asked"] = spec
        budget.tell(spec)

with screen:
    if (pressed or way.asked()) and spec:
        STATE["librarian back"] = False
        work.render(spec)
    show.exhibit(spec)

with st.expander("The mathematics", icon=":material/function:"):
    st.markdown(MATHEMATICS)
if spec:
    takeaways.code(*code.code(spec), word="librarian")
replay.offer("librarian", knobs.put_back)
about.babel()
page.footer(experiment)
pipelines.warm_up()
