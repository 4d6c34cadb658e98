"""What a page says in one sentence: what cannot be, and what is worth a remark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def sentences() -> Iterator[None]:
    """Turn a `ValueError` of the body into one sentence in the page; what the visitor typed stays."""
    try:
        yield
    except ValueError as error:
        complain(str(error))


def complain(sentence: str) -> None:
    """Say one sentence about what cannot be, where the visitor looks."""
    st.warning(plain(sentence), icon=":material/edit_note:")


def complaint(sentence: str | None) -> None:
    """Say it if there is something to say; the place is held either way, as by `remark`."""
    with st.container():
        if sentence:
            complain(sentence)


def remark(markdown: str | None) -> None:
    """Say it in small type if there is something to say; the place is held either way.

    Where an element comes or goes, the browser builds what stands below it anew, and a text that somebody is
    typing there is lost.
    """
    with st.container():
        if markdown:
            st.caption(markdown)


def plain(text: str) -> str:
    """The text as Markdown that shows just this text: what visitors type makes no link, picture or icon."""
    whole = re.sub(r"(?i)(https?|www|@)(?=[:.\w])", "\\1\u2060", text)  # a word joiner: no link by itself
    return re.sub(r"([\\`*_\[\]#$~<>|:!&])", r"\\\1", whole)
