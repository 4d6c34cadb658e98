"""Communities, the theory below: identities of evidence, spectra, laws and null models."""

import networkx as nx
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from lab.communities import (
    METHODS,
    as_adjacency,
    block_model,
    erdos_renyi,
    planted_partition,
    recover,
    rewired,
    signal_to_noise,
)
from lab.communities.agreement import mutual_information
from lab.communities.degree_law import histogram_code, law_code
from lab.communities.links import idle_of, links_of
from lab.communities.nonbacktracking import informative, non_backtracking
from lab.communities.propagation import begin, propagate
from lab.communities.search import Search
from lab.communities.spectral import bethe_hessian, both_ends, branching
from lab.communities.starts import merged_start, spectra_of, split_starts
from lab.communities.structure import FREE, STRUCTURES, fitted

GRAPH = planted_partition(90, 3, 24, 2, seed=4)
SHUNNING = planted_partition(90, 2, 1, 18, seed=4)


def linked(adjacency):
    """The graph without its isolated vertices."""
    on = np.flatnonzero(np.diff(adjacency.indptr))
    return as_adjacency(adjacency[on][:, on])


def test_one_group_with_corrected_degrees_has_the_evidence_of_the_configuration_model():
    core = linked(erdos_renyi(200, 4, seed=1).adjacency)
    degree, edges = np.diff(core.indptr), core.nnz / 2
    links = links_of(core, corrected=True)
    found = propagate(links, begin(links, np.zeros(len(degree), int), 1), 3).evidence
    expected = (degree * np.log(degree)).sum() - edges * np.log(2 * edges) - edges
    assert found == pytest.approx(expected, rel=1e-4)


def test_names_of_groups_do_not_change_the_evidence_and_more_truth_has_more():
    core, truth = linked(GRAPH.adjacency), GRAPH.labels[np.diff(GRAPH.adjacency.indptr) > 0]
    links = links_of(core, corrected=False)
    told = [
        propagate(links, begin(links, labels, 3), 40).evidence
        for labels in (truth, (truth + 1) % 3, truth * 0)
    ]
    assert told[0] == pytest.approx(told[1], abs=0.05) and told[0] > told[2] + 50


def test_vertices_without_edges_count_as_the_law_of_the_degrees_has_them():
    degree = np.diff(erdos_renyi(20_000, 2.0, seed=0).adjacency.indptr)
    there, isolated = degree[degree > 0], int((degree == 0).sum())
    assert idle_of(there, isolated) == pytest.approx(isolated, rel=0.1)
    assert idle_of(there, isolated + 8000) == pytest.approx(isolated, rel=0.1)
    assert idle_of(np.array([7, 8, 9]), 0) == 0


def test_tied_parameters_are_pooled_ratios_and_cost_less():
    mass = sizes = torch.tensor([30.0, 50.0, 20.0])
    mixed = torch.tensor([[60.0, 10, 4], [10, 120, 6], [4, 6, 50]])
    _, free = fitted(FREE, mass, sizes, mixed)
    assert free[0, 0].item() == pytest.approx(60 / (30 * 30 / 100), rel=0.02)
    shares, tied = fitted(STRUCTURES[-1], mass, sizes, mixed)
    assert tied[0, 1].item() == pytest.approx(20 * 100 / (30 * 50 + 30 * 20 + 50 * 20), rel=0.1)
    assert tied[0, 0] == tied[1, 1] == tied[2, 2] and shares.tolist() == pytest.approx([1 / 3] * 3)
    costs = [structure.cost(4, 1000, 500) for structure in STRUCTURES]
    assert costs == sorted(costs, reverse=True)


@pytest.mark.parametrize("graph", [GRAPH, SHUNNING])
def test_one_matrix_counts_the_negative_eigenvalues_of_both_bethe_hessians(graph):
    core = linked(graph.adjacency)
    r = branching(core) ** 0.5
    ends = both_ends(core, 20)
    for side, (values, vectors) in zip((1, -1), ends, strict=True):
        oracle = np.linalg.eigvalsh(bethe_hessian(core, side * r).toarray())
        assert (values < 0).sum() == (oracle < 0).sum()
        for value, vector in zip(values[:2], vectors.T[:2], strict=True):
            scale = r**2 - 1 + np.diff(core.indptr)
            assert bethe_hessian(core, side * r) @ vector == pytest.approx(value * scale * vector, abs=1e-8)


def test_informative_eigenvalues_are_those_of_the_non_backtracking_matrix_and_make_h_singular():
    core = linked(GRAPH.adjacency)
    values, vectors, radius = informative(core)
    edges = non_backtracking(core)
    oracle = sparse.linalg.eigs(edges, 12, which="LM", return_eigenvectors=False)
    real = sorted(oracle[(abs(oracle.imag) < 1e-8) & (abs(oracle) > radius)].real, reverse=True)
    assert values == pytest.approx(real, rel=1e-5) and len(values) == 3 == vectors.shape[1]
    lowest = abs(np.linalg.eigvalsh(bethe_hessian(core, values[1]).toarray())).min()
    assert lowest < 1e-4


def test_a_law_of_two_numbers_tells_degrees_almost_as_short_as_their_own():
    rng = np.random.default_rng(0)
    degree = rng.negative_binomial(3, 0.3, 5000) + 0
    degree = degree[degree > 0]
    values, counts = np.unique(degree, return_counts=True)
    law = stats.nbinom(3, 0.3)
    own = -(counts * (law.logpmf(values) - np.log1p(-law.pmf(0)))).sum()
    assert law_code(values, counts) == pytest.approx(own + np.log(counts.sum()), abs=6)
    assert law_code(values, counts) < histogram_code(counts)
    two = np.array([900, 900])  # degrees 3 and 40 and nothing else: no smooth law
    assert histogram_code(two) < law_code(np.array([3, 40]), two)


@given(seed=st.integers(0, 10_000), count=st.integers(8, 60))
@settings(max_examples=15, deadline=None)
def test_rewiring_keeps_every_degree_and_stays_simple(seed, count):
    graph = erdos_renyi(count, 4, seed).adjacency
    other = rewired(graph, seed)
    assert (np.diff(other.indptr) == np.diff(graph.indptr)).all()
    assert (other != other.T).nnz == 0 and not other.diagonal().any()


def test_rewiring_takes_the_groups_out():
    other = rewired(GRAPH.adjacency, 0)
    inside = GRAPH.labels[other.nonzero()[0]] == GRAPH.labels[other.nonzero()[1]]
    assert inside.mean() == pytest.approx(1 / 3, abs=0.06)
    assert recover(other).k == 1


def test_signal_over_noise_is_the_second_eigenvalue_of_the_mean_branching():
    for groups, c_in, c_out in ((2, 9, 1), (3, 4, 11), (5, 20, 3)):
        affinity = np.full((groups, groups), float(c_out)) + np.eye(groups) * (c_in - c_out)
        values = np.linalg.eigvalsh(affinity / groups)
        second = min(values, key=lambda value: abs(value - (c_in - c_out) / groups))
        assert signal_to_noise(groups, c_in, c_out) == pytest.approx(second**2 / values.max())


def test_splits_see_densities_that_spectra_do_not_and_merges_undo_them():
    graph = block_model([100, 100], [[24, 8], [8, 2.7]], seed=1)
    core, truth = linked(graph.adjacency), graph.labels[np.diff(graph.adjacency.indptr) > 0]
    gain, halves = split_starts(core, np.ones((core.shape[0], 1)), corrected=False)[0]
    assert gain > 20 and max(np.mean(halves == truth), np.mean(halves != truth)) > 0.85
    assert not merged_start(core, np.eye(2)[halves], corrected=False).any()


def test_a_search_that_cannot_reach_its_rival_stops():
    core = linked(SHUNNING.adjacency)
    searches = [Search(core, spectra_of(core, 24), False, seed=0) for _ in range(2)]
    assert searches[0].explore(rival=np.inf) <= searches[1].explore()
    assert set(searches[0].worth) == {1, 2} < set(searches[1].worth)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_keeps_the_contract(method):
    found = recover(GRAPH.adjacency, method=method)
    sizes = np.bincount(found.labels)
    assert found.labels.dtype == np.int64 and (np.diff(sizes) <= 0).all() and found.k == 3
    assert ((found.certainty >= 1 / 3) & (found.certainty <= 1)).all()
    assert found.method == method or method == "auto"
    assert recover(np.zeros((4, 4)), method=method).labels.tolist() == [0, 1, 2, 3]


@given(seed=st.integers(0, 1000))
@settings(max_examples=2, deadline=None)
def test_names_of_vertices_formats_and_weights_do_not_matter(seed):
    rng = np.random.default_rng(seed)
    graph = planted_partition(60, 2, 16, 1, seed, isolated=0.05).adjacency
    order = rng.permutation(60)
    first = recover(graph)
    stored = sparse.coo_array(graph[order][:, order].astype(float) * 3.5)
    zeros = (np.append(stored.coords[0], 0), np.append(stored.coords[1], 0))
    same = sparse.coo_array((np.append(stored.data, 0.0), zeros), shape=(60, 60)).tocsc()
    before = same.copy()
    other = recover(same)
    there = first.labels[order] < first.k
    assert (other.labels[there] == first.labels[order][there]).all() and other.evidence == first.evidence
    assert (same.data == before.data).all() and (same.indices == before.indices).all()


def test_real_graphs_have_sensible_answers():
    women = nx.davis_southern_women_graph()
    sides = [women.nodes[vertex]["bipartite"] for vertex in women]
    found = recover(women)
    assert found.k == 2 and len(set(zip(sides, found.labels.tolist(), strict=True))) == 2
    karate = nx.karate_club_graph()
    factions = np.array([karate.nodes[vertex]["club"] == "Officer" for vertex in karate])
    split = recover(karate, method="degree-corrected")
    assert split.k == 2 and max(np.mean(split.labels == factions), np.mean(split.labels != factions)) > 0.9
    assert recover(nx.florentine_families_graph()).k == 1
    ring = recover(nx.ring_of_cliques(6, 6))
    assert ring.k == 6 and np.bincount(ring.labels).tolist() == [6] * 6


def test_agreement_is_one_for_other_names_and_about_nothing_by_chance():
    labels = np.repeat([0, 1, 2], 200)
    shuffled = np.random.default_rng(0).permutation(labels)
    assert mutual_information(labels, (labels + 1) % 3) == pytest.approx(1)
    assert abs(mutual_information(labels, shuffled)) < 0.02
