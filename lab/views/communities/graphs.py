"""Which graph: drawn with hidden groups, of the literature, or one's own. Shared by all views of the room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from lab.communities.graph_spec import GraphSpec
from lab.networks import NETWORKS, Network, network
from lab.networks.shipped import SAID
from lab.views import linked, links, networks

DRAWN = "drawn"
SOURCES = {DRAWN: "Drawn, with hidden groups"} | NETWORKS | {networks.OWN: "Your own graph …"}
SIZES = {str(n): f"{n:,}".replace(",", " ") for n in (100, 300, 600, 1000, 3000, 10_000, 30_000, 100_000)}
TAILS = {"none": "alike", "3.5": "a light tail", "2.5": "a heavy tail"}
RULES = {
    "graph": links.one_of(*SOURCES),
    "n": links.one_of(*SIZES),
    "k": links.whole(1, 12),
    "cin": links.real(0, 120),
    "cout": links.real(0, 120),
    "uneven": links.whole(0, 70),
    "tail": links.one_of(*TAILS),
    "isolated": links.whole(0, 50),
    "seed": links.whole(0, 999),
}


@dataclass(frozen=True, eq=False)
class Graph:
    """The graph on the table.

    Attributes
    ----------
    word : str
        One of `SOURCES`.
    spec : GraphSpec or None
        What it was drawn from.
    adjacency : csr_array of shape (n, n)
    truth : ndarray of shape (n,), int64, or None
    names : tuple of str, or None
        What the vertices are called, where they have names.
    key_ : str
        Equal keys mean equal graphs.
    """

    word: str
    spec: GraphSpec | None
    adjacency: Any
    truth: np.ndarray | None
    names: tuple[str, ...] | None
    key_: str

    def key(self) -> str:
        """Names the graph."""
        return self.key_

    def __len__(self) -> int:
        """Number of vertices."""
        return self.adjacency.shape[0]

    @property
    def edges(self) -> int:
        """Number of edges."""
        return self.adjacency.nnz // 2

    @property
    def degrees(self) -> np.ndarray:
        """Neighbours of each vertex."""
        return np.diff(self.adjacency.indptr)


def ask() -> Graph | None:
    """The source and its sliders; None until a file was brought."""
    word = linked.choice(st.selectbox, "Graph", SOURCES, "graph")
    if word == DRAWN:
        spec = _spec()
        return drawn(spec.key(), spec)
    whole = networks.brought() if word == networks.OWN else shipped(word)
    if whole is None:
        return None
    if word in SAID:
        st.caption(SAID[word])
    return named(whole, word)


def _spec() -> GraphSpec:
    """The graph that the sliders describe.

    Raises
    ------
    ValueError
        If a probability would be above 1.
    """
    n = int(linked.choice(st.select_slider, "Vertices", SIZES, "n", default="600"))
    k = linked.number("Hidden groups k", 1, 12, 4, "k")
    c_in = linked.number("c_in: n times the chance of an edge within", 0.0, 120.0, 24.0, "cin", step=0.5)
    c_out = linked.number("c_out: and between two groups", 0.0, 120.0, 3.0, "cout", step=0.5)
    with st.expander("Sizes, degrees, seed", icon=":material/tune:"):
        uneven = linked.number("Each next group is smaller by, %", 0, 70, 0, "uneven", step=5)
        tail = linked.choice(st.radio, "Degrees", TAILS, "tail", horizontal=True)
        isolated = linked.number("Vertices without any edge, %", 0, 50, 0, "isolated", step=1)
        seed = linked.number("Seed", 0, 999, 0, "seed")
    power = 0.0 if tail == "none" else float(tail)
    return GraphSpec(n, k, c_in, c_out, uneven / 100, power, isolated / 100, seed).validate()


@st.cache_resource(show_spinner="Drawing the graph …", max_entries=16)
def drawn(key: str, _spec: GraphSpec) -> Graph:
    """The graph of a spec."""
    made = _spec.draw()
    return Graph(DRAWN, _spec, made.adjacency, made.labels, None, key)


@st.cache_resource(show_spinner=False)
def shipped(word: str) -> Network:
    """A network of the literature."""
    return network(word)


def named(whole: Network, word: str) -> Graph:
    """A network as a graph of this room."""
    return Graph(word, None, whole.adjacency, whole.groups, whole.names, whole.key(word))


def python(graph: Graph) -> str:
    """Python that makes ``adjacency``."""
    if graph.spec is not None:
        told = ", ".join(f"{name}={value!r}" for name, value in vars(graph.spec).items())
        return (
            "from lab.communities.graph_spec import GraphSpec\n\n"
            f"graph = GraphSpec({told}).draw()\nadjacency = graph.adjacency"
        )
    if graph.word == networks.OWN:
        return f"{networks.python()}\nadjacency = network.adjacency"
    return f'from lab.networks import network\n\nadjacency = network("{graph.word}").adjacency'


def flags(graph: Graph) -> list[str]:
    """Arguments of the command for the same graph."""
    if graph.spec is None:
        return ["--graph", networks.file_name() if graph.word == networks.OWN else graph.word]
    default = GraphSpec()
    told = [(name, value) for name, value in vars(graph.spec).items() if value != getattr(default, name)]
    return [word for name, value in told for word in (f"--{name.replace('_', '-')}", str(value))]
