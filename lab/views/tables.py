"""Choosing a table: shipped, made, or one's own, with an offer for every gap. Serves the statistics rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from lab.tables import TABLES, Table, read_table, table
from lab.views import linked, page, prompts

OWN = "own"
ENDINGS = ["csv", "tsv", "txt", "parquet"]
MENDING = {"drop": "Drop those rows", "median": "Fill with the column's median"}
TITLES = {OWN: "Your own table …", prompts.WORD: "Prompts, as babel reads them"}
MISSING_KEY = "missing"


def choose(offered: Sequence[str]) -> Table | None:
    """A select box of tables, and the upload where one's own is chosen; None until there is one.

    Parameters
    ----------
    offered : sequence of str
        Tables that are shipped or made by a formula.
    """
    titles = {word: title(word) for word in (*offered, prompts.WORD, OWN)}
    word = linked.choice(st.selectbox, "Data", titles, "data")
    if word == prompts.WORD:
        return prompts.table()
    return _brought() if word == OWN else table(word)


def title(word: str) -> str:
    """What a visitor reads for a table's word."""
    return TITLES.get(word) or TABLES[word][0]


def _brought() -> Table | None:
    """The visitor's file as a table; one sentence where it cannot be one."""
    file = st.file_uploader(
        "CSV or Parquet, at most 50 MB; it stays in this session", ENDINGS, key="own file"
    )
    if file is None:
        st.caption("The first line names the columns. Numbers are used; short texts can colour the points.")
        return None
    with page.sentences():
        return read_table(file.getvalue(), file.name)
    return None


def mend(chosen: Table, names: Sequence[str]) -> Table:
    """The named columns without gaps; where there are any, the visitor chooses how they are mended.

    Raises
    ------
    ValueError
        Where nothing would be left.
    """
    names = list(names)
    gaps = int(chosen.gaps(names).sum())
    if not gaps:
        return replace(chosen, columns={name: chosen[name] for name in names})
    told = f"{gaps} of {len(chosen)} rows have a gap in these columns."
    way = linked.choice(st.radio, told, MENDING, MISSING_KEY, horizontal=True)
    return chosen.mended(names, way)


def colouring(chosen: Table) -> str | None:
    """Which text column colours the points; asked only where there is more than one."""
    options = list(chosen.texts)
    if len(options) < 2:
        return options[0] if options else None
    return linked.choice(st.selectbox, "Colour by", options, "colour")


def python(word: str) -> str:
    """A line of Python that fetches the same table."""
    if word == prompts.WORD:
        return prompts.python(st.session_state.get("prompts", "dictionary"))
    if word == OWN:
        read = 'table = read_table(Path("table.csv").read_bytes(), "table.csv")'
        return f"from pathlib import Path\nfrom lab.tables import read_table\n\n{read}"
    return f'from lab.tables import table as read\n\ntable = read("{word}")'
