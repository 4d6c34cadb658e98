"""Small graphs of the literature, from networkx: people whose groups one can look up."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lab.networks.network import Network, linked

NETWORKS = {
    "karate": "Zachary's karate club",
    "florentine": "Families of Florence",
    "miserables": "Les Misérables",
    "women": "Southern women",
}
SAID = {
    "karate": "34 members of a university's karate club in the 1970s, just before it split over a quarrel "
    "(W. Zachary 1977); the groups are the clubs they went to.",
    "florentine": "15 families of Renaissance Florence and their marriages (J. Padgett 1994).",
    "miserables": "77 characters of Victor Hugo's novel, linked where they share a chapter (D. Knuth 1993).",
    "women": "18 women of a town in Mississippi, linked where they met at three or more of 14 events "
    "(A. Davis, B. Gardner, M. Gardner 1941).",
}


def network(word: str) -> Network:
    """The network of a word.

    Parameters
    ----------
    word : str
        A key of `NETWORKS`; ``KeyError`` for an unknown one.
    """
    return MAKERS[word]()


def _from_networkx(title: str, graph, groups=None, group_names=()) -> Network:
    place = {vertex: number for number, vertex in enumerate(graph)}
    ends = np.array([(place[a], place[b]) for a, b in graph.edges()], np.int64)
    return linked(title, [str(vertex) for vertex in graph], ends, groups, group_names)


def _karate() -> Network:
    import networkx as nx

    graph = nx.karate_club_graph()
    clubs = ("Mr. Hi", "Officer")
    groups = np.array([clubs.index(club) for _, club in graph.nodes(data="club")])
    found = _from_networkx(NETWORKS["karate"], nx.relabel_nodes(graph, lambda v: v + 1), groups, clubs)
    return found


def _florentine() -> Network:
    import networkx as nx

    return _from_networkx(NETWORKS["florentine"], nx.florentine_families_graph())


def _miserables() -> Network:
    import networkx as nx

    return _from_networkx(NETWORKS["miserables"], nx.les_miserables_graph())


def _women() -> Network:
    import networkx as nx

    graph = nx.davis_southern_women_graph()
    met = nx.bipartite.weighted_projected_graph(graph, graph.graph["top"])
    close = nx.Graph((a, b) for a, b, times in met.edges(data="weight") if times >= 3)
    close.add_nodes_from(met)
    return _from_networkx(NETWORKS["women"], close)


MAKERS: dict[str, Callable[[], Network]] = {
    "karate": _karate,
    "florentine": _florentine,
    "miserables": _miserables,
    "women": _women,
}
