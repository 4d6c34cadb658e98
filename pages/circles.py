"""Social circles: an ego network, the circles somebody wrote down, and a recipe that guesses them."""

import streamlit as st

from lab.views import linked, links, page, presets, saying
from lab.views.circles import knobs, scores, show, taken

MATHEMATICS = r"""
**The task** (Kaggle 2014). Given are the friends of one person, the *ego*, and who knows whom among them; to
guess are the circles that the person sorted them into. Circles may overlap, lie within one another, or miss
people. **The score** counts single edits: pad both sides with empty circles to an equal number, let a pair
cost its symmetric difference, and take the cheapest pairing,

$$
d(T, F) \;=\; \min_{\pi} \sum_i \bigl| T_i \,\triangle\, F_{\pi(i)} \bigr| ,
$$

an assignment problem, solved exactly by the Hungarian method. A wrong member costs as much as a missing one,
so a circle that is guessed has to be more than half right, or it is better not guessed: hence the line
*guess nothing*.

**The recipe**, reported of the winner. $\exp(tS) = I + tS + \tfrac{t^2}{2} S^2 + \dots$ counts walks of all
lengths, the longer the less; $S = D^{-1/2} A D^{-1/2}$ keeps popular friends from drowning the rest. Friends
whose rows correlate are clustered; the tree is cut where clusters and graph are told in the fewest nats.
Thin circles go, whoever knows many members joins, small components are circles of their own, and circles that
overlap by more than three quarters become one.
"""

experiment = page.header("circles")
links.tell(knobs.RULES)
stage, form = st.columns([5, 2], gap="medium")

with form:
    place = st.container()
    asked = None
    with saying.sentences():
        asked = knobs.ask()
    with place:
        presets.choose("circles", knobs.put, "Begin with", knobs.current())
    st.markdown("**The recipe, step by step**")
    recipe = knobs.recipe()
    linked.reset(knobs.KEYS)

if asked:
    found = show.guess(asked, recipe)
    with stage:
        show.drawings(asked, found)
        scores.score(asked, found)
        scores.table(asked, found)
with st.expander("The mathematics", icon=":material/function:", expanded=True):
    st.markdown(MATHEMATICS)
if asked:
    taken.offer(asked, recipe, found)
page.footer(experiment)
