"""A graph's matrix on the page, in any order."""

from __future__ import annotations

import numpy as np

from lab.communities.agreement import confusion
from lab.communities.ordering import bounds, by_groups, edge_ends, matched, shuffled
from lab.figures import communities as figures
from lab.views import page
from lab.views.communities.graphs import Graph

SHUFFLE = 1


def show(
    graph: Graph,
    labels: np.ndarray | None,
    key: str,
    told: str,
    words: str,
    adjacency=None,
    height: int = 350,
) -> None:
    """The matrix in the order of some groups, or shuffled where there are none.

    Parameters
    ----------
    labels : ndarray of shape (n,), optional
    told, words : str
        For those who do not see it, and the caption.
    adjacency : optional
        Another graph on the same vertices.
    """
    adjacency = graph.adjacency if adjacency is None else adjacency
    count = adjacency.shape[0]
    alone = int((np.diff(adjacency.indptr) == 0).sum()) if labels is not None else 0
    place = shuffled(count, SHUFFLE) if labels is None else by_groups(adjacency, labels)
    picture = figures.matrix_picture(edge_ends(adjacency), place, page.colours(), tints(graph, labels))
    lines = None if labels is None else bounds(adjacency, labels)
    if lines is not None and len(lines) > 60:
        lines = None
    page.figure(figures.draw_matrix(picture, count, page.colours(), lines, alone, height), key, told, words)


def tints(graph: Graph, labels: np.ndarray | None) -> np.ndarray | None:
    """Colours of the groups, those of the hidden ones where they match."""
    if labels is None or graph.truth is None or labels is graph.truth or len(labels) != len(graph.truth):
        return labels
    return matched(graph.truth, labels)


def flow(graph: Graph, labels: np.ndarray, key: str, name: str) -> None:
    """Hidden groups on the left, found ones on the right, vertices between; isolated ones left out."""
    there = graph.degrees > 0
    assert graph.truth is not None, "no groups are hidden in this graph"
    table = confusion(graph.truth[there], labels[there])
    most = 24
    if table.shape[1] > most:
        table = np.column_stack([table[:, : most - 1], table[:, most - 1 :].sum(1)])
    left = [f"hidden {number + 1}" for number in range(table.shape[0])]
    right = [f"{number + 1}" for number in range(table.shape[1])]
    told = f"Vertices flow from {table.shape[0]} hidden groups to {table.shape[1]} found by {name}."
    words = f"From the hidden groups to those of **{name}**."
    page.figure(figures.draw_flow(table, left, right, page.colours()), key, told, words)
