"""The usual way beside it: groups by modularity, on this graph and on one that has none."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lab.communities import erdos_renyi
from lab.communities.agreement import overlap
from lab.communities.modularity import modularity, modularity_groups, modularity_name
from lab.views import linked, links
from lab.views.communities import answers, pictures
from lab.views.communities.graphs import Graph
from lab.views.communities.graphs import Graph as AnyGraph

ON = {"graph": "On this graph", "noise": "On pure noise"}
RULES = {"on": links.one_of(*ON)}
WORDS = r"""
**Modularity** is the share of edges within groups, less what a random graph with the same degrees would have
there on average. But the *best* partition of a random graph is far better than its average one (Guimerà,
Sales-Pardo and Amaral 2004), so whoever maximises modularity finds groups wherever he looks: pretty blocks
with a respectable modularity, in a graph in which every pair of vertices was linked by the same coin. Belief
propagation asks how many ways of sorting the vertices are *about as good*: in noise there are exponentially
many that share nothing, and their average is one group.
"""


def show(graph: Graph) -> str:
    """Both partitions side by side, and where the vertices went."""
    on = linked.choice(st.segmented_control, "Where", ON, "on", required=True, label_visibility="collapsed")
    looked = graph if on == "graph" else noise(graph)
    if len(looked) > 30_000:
        raise ValueError(
            f"The comparison has room for 30000 vertices, and this graph has {len(looked)}: take fewer."
        )
    name = modularity_name()
    answers.ask(
        "communities others",
        f"{name} {looked.key()}",
        lambda: iter([modularity_groups(looked.adjacency)]),
        0.5 + 2e-4 * len(looked),
        lambda items: _drawn(looked, name, items[0] if items else None),
        True,
    )
    st.markdown(WORDS)
    return (
        "from lab.communities import erdos_renyi\n"
        "from lab.communities.modularity import modularity_groups\n\n"
        "print(recover(adjacency).k, modularity_groups(adjacency).max() + 1)\n"
        f"noise = erdos_renyi({len(graph)}, {2 * graph.edges / max(1, len(graph)):.2f}, seed=0).adjacency\n"
        "print(recover(noise).k, modularity_groups(noise).max() + 1)"
    )


@st.cache_resource(show_spinner=False, max_entries=8)
def _noise(key: str, count: int, degree: float) -> AnyGraph:
    made = erdos_renyi(count, degree, 0)
    return Graph("noise", None, made.adjacency, None, None, f"noise {count} {degree:.4f}")


def noise(graph: Graph) -> Graph:
    """A random graph of as many vertices and edges, with nothing in it."""
    return _noise(graph.key(), len(graph), 2 * graph.edges / max(1, len(graph)))


def _drawn(graph: Graph, name: str, labels: np.ndarray | None) -> None:
    there = graph.degrees > 0
    left, right = st.columns(2, gap="medium")
    with left:
        if labels is None:
            st.caption(f"{name} is looking …")
        else:
            count = len(np.unique(labels[there]))
            told = f"The matrix in the order of {count} groups by modularity: blocks along the diagonal."
            worth = f"modularity {modularity(graph.adjacency, labels):.2f}"
            words = f"**{name}**: **{count}** groups, {worth}{_agrees(graph, labels)}."
            pictures.show(graph, labels, "modularity", told, words)
            if graph.truth is not None:
                pictures.flow(graph, labels, "flow modularity", name)
    with right:
        found = answers.known().look_up(graph.key())
        if found is None and labels is not None:
            answers.recovery(graph, lambda found: _own(graph, found), "communities")
        else:
            _own(graph, found)


def _own(graph: Graph, found) -> None:
    if found is None:
        st.caption("Belief propagation is weighing …")
        return
    told = f"The matrix in the order of the {found.k} groups that belief propagation finds."
    some = "group" if found.k == 1 else "groups"
    words = f"**Belief propagation**: **{found.k}** {some}{_agrees(graph, found.labels)}."
    pictures.show(graph, found.labels, "propagation", told, words)
    if graph.truth is not None:
        pictures.flow(graph, found.labels, "flow propagation", "belief propagation")


def _agrees(graph: Graph, labels: np.ndarray) -> str:
    if graph.truth is None:
        return ""
    there = graph.degrees > 0
    return f", overlap with the hidden groups {overlap(graph.truth[there], labels[there]):.2f}"
