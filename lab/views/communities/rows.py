"""The post's method, every matrix visible: walks, z-scores, cutoff, distances, groups; one row close up."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lab.communities.agreement import overlap
from lab.communities.ordering import by_groups
from lab.communities.rows import VERTICES_MOST, RowMethod, group_rows
from lab.figures import communities as figures
from lab.views import linked, links, page, saying
from lab.views.communities import pictures
from lab.views.communities.graphs import Graph

HEIGHT = 270  # pixels, with two pictures in a row
RULES = {
    "p": links.whole(1, 8),
    "cutoff": links.real(-1, 4),
    "reach": links.real(0.1, 1),
    "vertex": links.whole(0, 100_000),
    "lazy": links.one_of("true", "false"),
}
WORDS = r"""
Two vertices of a group need not know each other, but they have **walks to the same others**. $M = (A + I)^p$
counts walks of $p$ steps that may also stay (the idea of comparing such rows is credited to Tim Gowers). In
each row, subtract the mean and divide by the standard deviation:

$$
z_{ij} \;=\; \frac{M_{ij} - \bar M_{i\cdot}}{\operatorname{sd}(M_{i\cdot})} ,
\allowbreak\qquad {z_{ij} = 0} \text{ where a row is constant.}
$$

A **cutoff** says which links are significant; the squared distance between two rows of zeros and ones is the
number of places in which they differ, and whoever is near belongs together. No $k$ is asked for. Without the
$+I$, walks have a parity: on a graph with two sides, rows of odd and of even length see different halves.
"""


@st.cache_resource(show_spinner=False, max_entries=4)
def _method(key: str, _graph: Graph, steps: int, cutoff: float, reach: float, lazy: bool) -> RowMethod:
    return group_rows(_graph.adjacency, steps, cutoff, reach, lazy)


def show(graph: Graph) -> str:
    """Four matrices, the groups, the row of one vertex."""
    if len(graph) > VERTICES_MOST:
        raise ValueError(
            f"Rows are compared for graphs of at most {VERTICES_MOST} vertices, and this one has "
            f"{len(graph)}: take fewer."
        )
    first, second, third = st.columns(3)
    steps = linked.number("Steps of a walk p", 1, 8, 3, "p", first)
    cutoff = linked.number("Cutoff for z", -1.0, 4.0, 0.5, "cutoff", second, step=0.1)
    reach = linked.number("Distance up to which groups are one", 0.1, 1.0, 0.85, "reach", third, step=0.01)
    lazy = linked.switch("Walks may stay: (A + I)ᵖ", True, "lazy")
    found = _method(graph.key(), graph, steps, cutoff, reach, lazy)
    order = np.argsort(by_groups(graph.adjacency, found.labels), kind="stable")
    _matrices(graph, found, order)
    _profile(graph, found, cutoff)
    st.markdown(WORDS)
    return (
        "from lab.communities.rows import group_rows\n\n"
        f"found = group_rows(adjacency, steps={steps}, cutoff={cutoff}, reach={reach}, lazy={lazy})\n"
        "print(found.labels, found.scores)"
    )


def _matrices(graph: Graph, found: RowMethod, order: np.ndarray) -> None:
    panels = (
        ("walks", np.log1p(found.walks), False, None, "**M**: walks, on a logarithmic scale."),
        ("scores", found.scores, True, 3.0, "**z**: each row standardised."),
        ("distances", found.distances, False, 1.0, "**Distances** between the rows of significant links."),
    )
    columns = [*st.columns(2, gap="medium"), *st.columns(2, gap="medium")]
    for column, (key, matrix, diverging, most, words) in zip(columns, panels, strict=False):
        with column:
            drawn = figures.draw_heat(matrix[np.ix_(order, order)], page.colours(), diverging, most, HEIGHT)
            told = f"Heat map of the {key} of {len(graph)} vertices, in the order of the groups found."
            page.figure(drawn, key, told, words)
    there = graph.degrees > 0
    count = len(np.unique(found.labels[there]))
    agrees = (
        "" if graph.truth is None else f", overlap {overlap(graph.truth[there], found.labels[there]):.2f}"
    )
    with columns[3]:
        pictures.show(
            graph,
            found.labels,
            "grouped",
            f"The matrix in the order of {count} groups.",
            f"**{count} groups**{agrees}.",
            height=HEIGHT,
        )


def _profile(graph: Graph, found: RowMethod, cutoff: float) -> None:
    """The row of one vertex: to whom it has more walks than its average."""
    vertex = linked.number("Look at the row of vertex", 0, len(graph) - 1, 0, "vertex")
    base = found.labels if graph.truth is None else graph.truth
    order = np.argsort(by_groups(graph.adjacency, base), kind="stable")
    name = str(vertex) if graph.names is None else graph.names[vertex]
    drawn = figures.draw_profile(
        found.scores[vertex][order],
        base[order],
        cutoff,
        int(np.flatnonzero(order == vertex)[0]),
        page.colours(),
    )
    most = found.scores[vertex].max()
    told = f"z-scores of the walks from vertex {name}: high within its own group, at most {most:.1f}."
    page.figure(
        drawn, "profile", told, f"Vertex {saying.plain(name)}, with {graph.degrees[vertex]} links of its own."
    )
