"""PCA via similarity: the derivation in six steps, from an oval cloud to one's own table."""

import streamlit as st

from lab.views import linked, links, page, takeaways
from lab.views.notebook import notebook
from lab.views.similarity import walk

experiment = page.header("similarity")
links.tell(walk.RULES)
step = walk.choose()
python = ""
with page.sentences():
    python = step.show()
with st.container(horizontal=True, vertical_alignment="center"):
    walk.onward(step)
    linked.reset(walk.KEYS)
if python:
    takeaways.code(python, "python -m lab similarity --table iris --k 3 --out out/similarity")
    takeaways.downloads(
        [
            takeaways.Download(
                "Notebook",
                "similarity.ipynb",
                "application/x-ipynb+json",
                lambda: notebook(experiment.title, experiment.sentence, python),
            )
        ]
    )
page.footer(experiment)
