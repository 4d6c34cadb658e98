"""Anatomy: one picture, and every tensor on its way."""

import streamlit as st

from lab.views import about, linked, links, page, pipelines, replay, takeaways
from lab.views.anatomy import code, compare, exhibit, form

EXPLANATION = r"""
A prompt becomes a table of numbers $E$, one row per token. A seed becomes noise $x_T$. At every step the
UNet looks at noisy latents $x_t = \alpha_t\,x_0 + \sigma_t\,\varepsilon$, $\alpha_t^2 + \sigma_t^2 = 1$, and
says what of them is noise, once with the prompt and once with the negative one; guidance goes on from
the second towards the first, $u + g\,(c - u)$. From that follows the **predicted** $x_0$, and the scheduler
takes a step towards it.

**Attention.** In the UNet every place of the latents asks all tokens what concerns it. From the queries $Q$
of the places and the keys $K$ of the tokens come shares, $\mathrm{softmax}(Q K^\top / \sqrt d)$, which sum
to 1 at every place. The maps show these shares, averaged over heads and layers.
"""

experiment = page.header("anatomy")
links.tell(form.RULES)
replay.arrive("anatomy", form.put)
spec = form.ask()
with st.container(horizontal=True, vertical_alignment="center"):
    how = {"type": "primary", "icon": ":material/account_tree:", "disabled": not spec}
    pressed = st.button("Render", key="anatomy go", **how)
    linked.reset((*form.FIELDS, *compare.KEYS))
if pressed and spec:
    exhibit.begin(spec)
exhibit.show(spec)
compare.section(spec)
with st.expander("What happens here", icon=":material/school:"):
    st.markdown(EXPLANATION)
if spec:
    takeaways.code(*code.of(spec), word="anatomy")
replay.offer("anatomy", form.put)
about.babel()
page.footer(experiment)
pipelines.warm_up()
