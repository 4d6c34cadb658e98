"""The post's figure: the blocks as they were planted, the same matrix shuffled, and what was recovered."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lab.communities.agreement import overlap
from lab.communities.archive import Found
from lab.views.communities import answers, pictures
from lab.views.communities.graphs import Graph

HEIGHT = 230  # pixels, with three pictures in a row
WORDS = r"""
The matrix has a dot wherever two vertices are linked. **Planted**: vertices in the order of their
hidden groups. **Shuffled**: the very same graph, as one gets it in life. **Recovered**: put in order
again by a method that was told neither the groups nor how many there are; vertices without any edge
belong to nobody and lie at the lower right. The graph is a **block model** (Holland, Laskey and
Leinhardt 1983): two vertices are linked with probability $c_\text{in}/n$ within a group and
$c_\text{out}/n$ between two, each pair on its own.
"""


def show(graph: Graph) -> str:
    """Three matrices side by side; returns Python that does the same."""
    if graph.truth is None:
        left, right = st.columns(2, gap="small")
    else:
        first, left, right = st.columns(3, gap="small")
        with first:
            told = f"The adjacency matrix in the order of {_groups(graph.truth)}: blocks along the diagonal."
            pictures.show(
                graph,
                graph.truth,
                "planted",
                told,
                f"**Planted**: {_groups(graph.truth)}.",
                height=_height(graph),
            )
    with left:
        told = f"The matrix with its {len(graph)} vertices shuffled: an even grey, no blocks to be seen."
        pictures.show(
            graph,
            None,
            "shuffled",
            told,
            f"**Shuffled**: {len(graph)} vertices, {graph.edges} edges.",
            height=_height(graph),
        )
    with right:
        answers.recovery(graph, lambda found: _recovered(graph, found))
    st.markdown(WORDS)
    return "recovery = recover(adjacency, seed=0)\nprint(recovery.k, recovery.labels, recovery.evidence)"


def _recovered(graph: Graph, found: Found | None) -> None:
    if found is None:
        told = f"The shuffled matrix of {len(graph)} vertices, while it is being put in order."
        pictures.show(graph, None, "recovered", told, "**Recovered**: not yet.", height=_height(graph))
        return
    told = f"The matrix put in order by the {found.k} groups that were recovered."
    agree = "" if graph.truth is None else f", overlap {overlap(*_linked(graph, found)):.2f}"
    sure = float(found.certainty[graph.degrees > 0].mean()) if graph.edges else 1.0
    words = f"**Recovered**: {_groups(found.labels[graph.degrees > 0])}{agree}; mean certainty {sure:.2f}."
    pictures.show(graph, found.labels, "recovered", told, words, height=_height(graph))


def _linked(graph: Graph, found: Found) -> tuple[np.ndarray, np.ndarray]:
    """Hidden and found groups of the vertices that have edges."""
    there = graph.degrees > 0
    assert graph.truth is not None, "no groups are hidden in this graph"
    return graph.truth[there], found.labels[there]


def _height(graph: Graph) -> int:
    """Two pictures have more room than three."""
    return 350 if graph.truth is None else HEIGHT


def _groups(labels: np.ndarray) -> str:
    count = len(np.unique(labels))
    return f"{count} group" if count == 1 else f"{count} groups"
