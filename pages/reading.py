"""Reading room: essays, a course in twelve lessons, a glossary, references."""

import streamlit as st

from lab.views import linked, links, page, saying, takeaways
from lab.views.reading import shelves

PYTHON = """from lab import reading

print(reading.essays()[0].text)
print(reading.bibtex())
for term in reading.matching("noise"):
    print(term.name, "·", term.sentence)"""

experiment = page.header("reading")
links.tell(shelves.RULES)
shelf = shelves.choose()
with saying.sentences():
    shelf.show()
with st.container(horizontal=True, vertical_alignment="center"):
    linked.reset(shelves.KEYS)
takeaways.code(PYTHON, f"python -m lab reading {shelf.word}", word="reading")
page.footer(experiment)
