"""Choosing a table: shipped, made, or one's own, with an offer for every gap. Serves the statistics rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from lab import profile
from lab.tables import TABLES, Table, read_table, table
from lab.views import linked, prompts, saying

OWN = "own"
ENDINGS = ["csv", "tsv", "txt", "parquet"]
KEEP = "keep"
MENDING = {"drop": "Drop those rows", "median": "Fill with the column's median"}
TITLES = {OWN: "Your own table …", prompts.WORD: "Prompts, as babel reads them"}
MISSING_KEY = "missing"
READ = "own table"
STATE = st.session_state
NAMED = 6  # columns that are named before a sentence says "and so on"


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
    limit = min(50, profile.current().upload)
    file = st.file_uploader(
        f"CSV or Parquet, at most {limit} MB; it stays in this session",
        ENDINGS,
        max_upload_size=limit,
        key="own file",
    )
    if file is None:
        st.caption("The first line names the columns. Numbers are used; short texts can colour the points.")
        return None
    with saying.sentences():
        brought = _read_once(file)
        for sentence in brought.told:
            st.caption(saying.plain(sentence))
        if brought.aside:
            st.caption(f"Neither numbers nor a few groups, so left aside: {listed(brought.aside)}.")
        return brought
    return None


def _read_once(file) -> Table:
    """The file as a table; read once, however often the page is drawn."""
    if STATE.get(READ, (None,))[0] != file.file_id:
        STATE[READ] = (file.file_id, read_table(file.getvalue(), file.name))
    return STATE[READ][1]


def listed(names: Sequence[str]) -> str:
    """Some names in a sentence."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(saying.plain(name) for name in names[:NAMED]) + more


def mend(chosen: Table, names: Sequence[str], keep: str = "") -> Table:
    """The named columns without gaps; where there are any, the visitor chooses how they are mended.

    Parameters
    ----------
    keep : str, optional
        What is said where gaps may also stay; then they do if that is chosen.

    Raises
    ------
    ValueError
        Where nothing would be left.
    """
    names = list(names)
    gaps = int(chosen.gaps(names).sum())
    plain = replace(chosen, columns={name: chosen[name] for name in names})
    if not gaps:
        return plain
    told = f"{gaps} of {len(chosen)} rows have a gap in these columns."
    ways = MENDING | ({KEEP: keep} if keep else {})
    way = linked.choice(st.radio, told, ways, MISSING_KEY, horizontal=True)
    return plain if way == KEEP else chosen.mended(names, way)


def colouring(chosen: Table) -> str | None:
    """Which text column colours the points; asked only where there is more than one."""
    options = list(chosen.texts)
    if len(options) < 2:
        return options[0] if options else None
    return linked.choice(st.selectbox, "Colour by", options, "colour")


def python(word: str) -> str:
    """Python that fetches the same table."""
    if word == prompts.WORD:
        return prompts.python()
    if word == OWN:
        name = file_name()
        read = f"table = read_table(Path({name!r}).read_bytes(), {name!r})"
        return f"from pathlib import Path\n\nfrom lab.tables import read_table\n\n{read}"
    return f'from lab.tables import table as read\n\ntable = read("{word}")'


def flags(word: str) -> list[str]:
    """Arguments of a command that fetches the same table."""
    if word == prompts.WORD:
        return prompts.flags()
    return ["--table", file_name() if word == OWN else word]


def file_name() -> str:
    """Name of the visitor's file."""
    file = st.session_state.get("own file")
    return file.name if file else "table.csv"
