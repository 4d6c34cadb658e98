"""Recovery of communities: identities of the matrices, invariances of the answer, planted truths."""

import subprocess
import sys
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from scipy import sparse
from sklearn.metrics import adjusted_mutual_info_score

from lab.communities import (
    as_adjacency,
    block_model,
    configuration,
    erdos_renyi,
    planted_partition,
    recover,
    signal_to_noise,
)
from lab.communities.adjacency import degrees
from lab.communities.canonical import canonical_order, colours
from lab.communities.links import links_of
from lab.communities.propagation import begin, propagate
from lab.communities.spectral import bethe_hessian, lowest, negative_count

ROOT = Path(__file__).resolve().parent.parent
EASY = planted_partition(240, 2, 14, 2, seed=3)


def same_partition(a, b):
    return adjusted_mutual_info_score(a, b) == pytest.approx(1)


def test_adjacency_is_one_whatever_it_comes_from():
    dense = EASY.adjacency.toarray().astype(float) * 2.5
    stored = sparse.coo_array(EASY.adjacency)
    stored.data = stored.data.astype(np.int64)
    for graph in (dense, stored, sparse.csc_array(dense), nx.from_numpy_array(dense), dense + np.eye(240)):
        assert (as_adjacency(graph) != EASY.adjacency).nnz == 0


@pytest.mark.parametrize(
    "graph, said",
    [
        (np.array([[0, 1], [0, 0]]), "directed"),
        (nx.DiGraph([(0, 1)]), "directed"),
        (np.array([[0, -1], [-1, 0]]), "negative"),
        (np.array([[0, np.nan], [np.nan, 0]]), "not finite"),
        (np.zeros((2, 3)), "square"),
    ],
)
def test_what_is_no_undirected_graph_is_refused_in_one_sentence(graph, said):
    with pytest.raises(ValueError, match=said):
        recover(graph)


def test_expected_degrees_are_met():
    graph = block_model([3000, 1000], [[6, 2], [2, 10]], seed=1)
    found = [degrees(graph.adjacency)[graph.labels == a].mean() for a in (0, 1)]
    assert found == pytest.approx([6 * 0.75 + 2 * 0.25, 2 * 0.75 + 10 * 0.25], rel=0.05)


def test_power_law_degrees_keep_the_mean_and_have_a_tail():
    graph = block_model([4000], [[6]], seed=1, exponent=2.5)
    assert degrees(graph.adjacency).mean() == pytest.approx(6, rel=0.1)
    assert degrees(graph.adjacency).max() > 40


def test_configuration_keeps_degrees_up_to_loops_and_doubles():
    wanted = np.arange(1, 41)
    found = degrees(configuration(wanted, 0).adjacency)
    assert (found <= wanted + 1).all() and found.sum() > 0.6 * wanted.sum()


def test_threshold_of_the_planted_partition():
    assert signal_to_noise(2, 9, 1) == pytest.approx(64 / (4 * 5))
    assert signal_to_noise(3, 5, 5) == 0


def test_bethe_hessian_is_that_of_networkx():
    ours = bethe_hessian(EASY.adjacency, 2.0)
    assert np.allclose(
        ours.toarray(), nx.bethe_hessian_matrix(nx.from_scipy_sparse_array(EASY.adjacency), 2.0).toarray()
    )


def test_negative_eigenvalues_count_planted_groups():
    graph = planted_partition(600, 3, 20, 2, seed=0).adjacency
    r = np.sqrt((degrees(graph) ** 2).sum() / degrees(graph).sum() - 1)
    assert negative_count(lowest(bethe_hessian(graph, r), 8)[0]) == 3


def test_colours_do_not_depend_on_names():
    order = np.random.default_rng(0).permutation(240)
    renamed = EASY.adjacency[order][:, order]
    assert (colours(sparse.csr_array(renamed)) == colours(EASY.adjacency)[order]).all()
    assert sorted(canonical_order(EASY.adjacency)) == list(range(240))


def test_evidence_of_one_group_is_the_likelihood_of_equal_edges():
    graph = erdos_renyi(300, 5, seed=0).adjacency
    edges, count = graph.nnz / 2, 300
    mean = 2 * edges / count
    links = links_of(graph, corrected=False)
    found = propagate(links, begin(links, np.zeros(count, int), 1), 3).evidence
    assert found == pytest.approx(edges * np.log(mean / count) - count * mean / 2, rel=1e-5)


def test_marginals_on_a_tree_are_those_of_every_assignment_together():
    """With equal fields belief propagation is exact on a tree; one end is pinned to break the symmetry."""
    from dataclasses import replace
    from itertools import product

    import torch

    tree = as_adjacency(nx.balanced_tree(2, 2))
    links = links_of(tree, corrected=False)
    beliefs = begin(links, np.zeros(7, int), 2, faith=0.5)
    affinity = torch.tensor([[3.0, 1.0], [1.0, 3.0]])
    still = replace(beliefs, shares=torch.tensor([0.5, 0.5]), affinity=affinity)
    swept = propagate(links, still, 20, structure=None)
    pairs = [(i, j) for i, j in zip(*tree.nonzero(), strict=True) if i < j]
    total = sum(np.prod([affinity[s[i], s[j]] for i, j in pairs]) for s in product((0, 1), repeat=7)) / 2**7
    field = 7 * 2.0  # n times the mean affinity: half of it for the non-edges of all pairs
    expected = np.log(float(total)) - field / 2 - len(pairs) * np.log(7)
    assert swept.evidence == pytest.approx(expected, abs=1e-3)


def test_planted_groups_come_back_without_being_counted():
    found = recover(EASY.adjacency)
    assert found.k == 2 and adjusted_mutual_info_score(EASY.labels, found.labels) > 0.85
    assert ((found.certainty >= 0.5) & (found.certainty <= 1)).all()
    assert max(found.evidence, key=found.evidence.get) == 2


def test_groups_that_shun_their_own_come_back_too():
    graph = planted_partition(240, 2, 2, 14, seed=5)
    found = recover(graph.adjacency)
    assert found.k == 2 and adjusted_mutual_info_score(graph.labels, found.labels) > 0.85


def test_nothing_is_found_in_noise():
    assert [recover(erdos_renyi(240, 6, seed=seed).adjacency).k for seed in range(3)] == [1, 1, 1]


def test_the_answer_is_the_same_again_and_permutes_with_the_names():
    order = np.random.default_rng(1).permutation(240)
    first, again = recover(EASY.adjacency), recover(EASY.adjacency)
    assert (first.labels == again.labels).all() and first.evidence == again.evidence
    renamed = recover(EASY.adjacency[order][:, order])
    assert same_partition(renamed.labels, first.labels[order])


def test_isolated_vertices_are_alone_and_last():
    graph = planted_partition(240, 2, 14, 2, seed=3, isolated=0.2)
    found, alone = recover(graph.adjacency), degrees(graph.adjacency) == 0
    assert alone.sum() > 20 and found.k == 2
    assert sorted(found.labels[alone]) == list(range(2, 2 + alone.sum()))
    sizes = np.bincount(found.labels)
    assert sizes[0] >= sizes[1] and (found.certainty[alone] == 1).all()


@pytest.mark.parametrize(
    "graph, count",
    [
        (np.zeros((0, 0)), 0),
        (np.zeros((1, 1)), 0),
        (np.zeros((5, 5)), 0),
        (nx.path_graph(2), 1),
        (nx.star_graph(6), 1),
        (nx.path_graph(9), 1),
        (nx.complete_graph(12), 1),
    ],
)
def test_small_and_regular_graphs_have_an_answer(graph, count):
    found = recover(graph)
    assert found.k == count and len(found.labels) == len(found.certainty)


def test_the_package_offers_the_verb_though_the_module_beneath_was_asked_for_first():
    code = "import lab.communities.recovery; from lab.communities import recover; print(recover.__name__)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert told.stdout.split() == ["recover"]
