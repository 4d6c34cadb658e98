"""The references, with a BibTeX file of them."""

from __future__ import annotations

import streamlit as st

from lab import reading
from lab.catalog import by_word
from lab.views.takeaways import Download, downloads


def show() -> None:
    """All references with the rooms that lean on them."""
    build = Download(
        "BibTeX", "latent-library.bib", "application/x-bibtex", lambda: reading.bibtex().encode()
    )
    downloads([build])
    st.markdown("\n".join(f"- {line(one)}" for one in reading.references()))


def line(one: reading.Reference) -> str:
    """A reference, its address if it has one, and its rooms."""
    rooms = ", ".join(by_word(word).title for word in one.rooms)
    address = f" [{one.url.split('//')[1]}]({one.url})" if one.url else ""
    return f"{reading.cited(one)}{address} · *{rooms}*"
