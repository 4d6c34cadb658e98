"""Recovery of communities from a graph alone, their number included.

Every number of groups from 1 upward is tried with several starts and two models (plain and degree-corrected
block model); belief propagation weighs each, and the evidence, less what the parameters cost, chooses.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from lab.communities.adjacency import as_adjacency, degrees
from lab.communities.canonical import canonical_order
from lab.communities.links import idle_of
from lab.communities.named import NAMED
from lab.communities.search import GROUPS_MOST, Search
from lab.communities.starts import spectra_of

METHODS = {
    "auto": "belief propagation for both block models, and the evidence chooses",
    "propagation": "belief propagation for the block model in which the vertices of a group are alike",
    "degree-corrected": "belief propagation for the block model in which every vertex has its own degree",
    "bethe-hessian": "k-means on the vectors of the Bethe Hessian's negative eigenvalues",
    "non-backtracking": "k-means on the vectors of the non-backtracking matrix outside its circle",
    "pseudo-likelihood": "the Bethe Hessian's groups, refined by the conditional pseudo-likelihood",
    "zscore": "rows of (A + I)^p as z-scores, a cutoff, and the squared distances of rows",
}
MODELS = ("propagation", "degree-corrected")
DECISIVE = 4.6  # nats by which the degree-corrected model must be better: a hundred to one (H. Jeffreys 1939)


@dataclass(frozen=True, eq=False)
class Recovery:
    """Communities found in a graph.

    Attributes
    ----------
    labels : ndarray of shape (n,), int64
        0 for the largest community, then by size; isolated vertices last, each with a label of its own.
    k : int
        Communities among the vertices that have edges; 0 if there are none.
    certainty : ndarray of shape (n,)
        Probability that a vertex is in its community, given the model; 1 for isolated ones.
    evidence : dict of int to float
        For each number of groups tried the best penalised log-likelihood of the graph, in nats.
        Methods that know no evidence, the spectra and the rows, leave it empty.
    method : str
        The one that was used; with "auto" the model that won, "propagation" or "degree-corrected"; "none"
        where there is no edge.
    """

    labels: np.ndarray
    k: int
    certainty: np.ndarray
    evidence: dict[int, float]
    method: str


def recover(adjacency, seed: int = 0, method: str = "auto") -> Recovery:
    """Communities of an undirected graph, and how many there are.

    The answer depends on the graph alone: not on the format, the type of the numbers, stored zeros or the
    names of the vertices. Renamed vertices take their labels along; only groups that a symmetry of the graph
    exchanges may swap names. A graph without edges has 0 communities, an edge or a complete graph 1; at most
    64 are looked for.

    Parameters
    ----------
    adjacency : scipy sparse array, ndarray of shape (n, n), or networkx graph
        Undirected, and not changed; self-loops are dropped, a positive weight of any size is an edge.
    seed : int
        Of the starts of the search; the same seed gives the same answer on one machine.
    method : str
        One of `METHODS`. "zscore" takes at most 2000 vertices.

    Raises
    ------
    ValueError
        If the graph is directed or has negative entries, or the method is unknown.
    """
    if method not in METHODS:
        raise ValueError(f"The method {method!r} is unknown; choose one of {', '.join(METHODS)}.")
    graph = as_adjacency(adjacency)
    linked = np.flatnonzero(degrees(graph))
    if not len(linked):
        count = graph.shape[0]
        return Recovery(np.arange(count), 0, np.ones(count), {}, "none")
    core = sparse.csr_array(graph[linked][:, linked])
    order = canonical_order(core)
    core = sparse.csr_array(core[order][:, order])
    core.sort_indices()
    if method in NAMED:
        spectra = spectra_of(core, GROUPS_MOST)
        labels, certainty = NAMED[method](core, spectra, seed)
        return _completed(graph.shape[0], linked, order, labels, certainty, {}, method)
    found = _weighed(core, graph.shape[0] - len(linked), seed, method)
    return _completed(graph.shape[0], linked, order, *found)


def _weighed(
    core: sparse.csr_array, isolated: int, seed: int, method: str
) -> tuple[np.ndarray, np.ndarray, dict[int, float], str]:
    """Labels, certainty and evidence by the model and the number of groups with the greatest evidence.

    Where the degrees are no broader than Poisson's law has it, the degree-corrected model has nothing
    to win.
    """
    spectra, idle = spectra_of(core, GROUPS_MOST), idle_of(degrees(core), isolated)
    plain, corrected = MODELS
    searches = {
        model: Search(core, spectra, model == corrected, seed, idle)
        for model in (MODELS if method == "auto" else (method,))
    }
    if method == "auto" and searches[corrected].worth[1] < searches[plain].worth[1] + DECISIVE:
        del searches[corrected]
    prior, rival = {plain: DECISIVE, corrected: 0.0}, -np.inf
    for model in reversed(searches):
        rival = max(rival, searches[model].explore(rival - prior[model]) + prior[model])
    winner = max(searches, key=lambda model: searches[model].worth[searches[model].best] + prior[model])
    search = searches[winner]
    marginals = search.settled().marginals.cpu().numpy()
    return marginals.argmax(1), marginals.max(1).astype(float), dict(sorted(search.worth.items())), winner


def _completed(count, linked, order, labels, certainty, evidence, method) -> Recovery:
    """Labels by size, ties in the canonical order; isolated vertices behind them."""
    names, firsts, inverse, sizes = np.unique(
        labels, return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(names), np.int64)
    rank[np.lexsort((firsts, -sizes))] = np.arange(len(names))
    alone = np.ones(count, bool)
    alone[linked] = False
    whole, sure = np.empty(count, np.int64), np.ones(count)
    whole[linked[order]], sure[linked[order]] = rank[inverse], certainty
    whole[alone] = len(names) + np.arange(alone.sum())
    return Recovery(whole, len(names), sure, evidence, method)
