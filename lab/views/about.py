"""What babel is, said honestly: from the files that lie beside its weights."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st

from lab.diffusion import folder

NATURE = """
**babel** is the model that ships with the library: a Stable Diffusion of the real architecture (text
encoder, denoising network, autoencoder, sampler), but hundreds of times smaller, and trained by this
project on nothing but drawings which the project makes itself, from a few hundred words. It has seen no
photograph, no artist's work and no person. What it draws is a toy; how it works is not: whatever one does
here with babel can be done in the same way with the large models.
"""


def card(place: Path) -> str:
    """The facts of a model card: the list in the README beside the weights, as it is written there."""
    path = place / "README.md"
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    return "\n".join(re.findall(r"^(?:- | {2}).*$", text, re.MULTILINE))


def babel() -> None:
    """Show what babel is, what it was trained on and which words it knows."""
    place = folder.locate("babel")
    with st.expander("What is babel?", icon=":material/info:"):
        st.markdown(NATURE)
        if facts := card(place):
            st.markdown(facts)
        if words := sorted(folder.vocabulary(place)):
            st.markdown(f"**The {len(words)} words it knows.** Any other is letters without a meaning to it.")
            st.caption(" · ".join(words))
