"""A visitor's own graph, brought as a file. Serves both graph rooms."""

from __future__ import annotations

import streamlit as st

from lab import profile
from lab.networks import Network, read_network
from lab.views import saying

OWN = "own"
ENDINGS = ["csv", "tsv", "txt", "edges", "edgelist", "graphml", "xml"]


def brought() -> Network | None:
    """The visitor's file as a network; one sentence where it cannot be one, None until there is one."""
    limit = min(20, profile.current().upload)
    file = st.file_uploader(
        f"Edge list, CSV or GraphML, at most {limit} MB; it stays in this session",
        ENDINGS,
        max_upload_size=limit,
        key="own graph",
    )
    if file is None:
        st.caption("Two names a line are an edge. Directions and weights are passed over.")
        return None
    with saying.sentences():
        return _read(file.getvalue(), file.name)
    return None


@st.cache_data(show_spinner="Reading …", max_entries=8, hash_funcs={Network: id})
def _read(body: bytes, name: str) -> Network:
    return read_network(body, name)


def file_name() -> str:
    """Name of the visitor's file."""
    file = st.session_state.get("own graph")
    return file.name if file else "friends.csv"


def python() -> str:
    """Python that reads the same file."""
    name = file_name()
    read = f"network = read_network(Path({name!r}).read_bytes(), {name!r})"
    return f"from pathlib import Path\n\nfrom lab.networks import read_network\n\n{read}"
