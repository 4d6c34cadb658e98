"""What cannot be is refused in one sentence that names the value and the mend; extremes are answered."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from lab.circles.baselines import clique_percolation
from lab.circles.layout import LEVEL, hull
from lab.communities import erdos_renyi, planted_partition
from lab.communities.adjacency import as_adjacency
from lab.communities.models import block_model
from lab.communities.modularity import leiden, louvain, modularity
from lab.communities.nonbacktracking import informative, non_backtracking, non_backtracking_spectrum
from lab.communities.rows import group_rows
from lab.diffusion import strict
from lab.figures.librarian import sheet
from lab.multiwindow.binning import bin_edges
from lab.roshambo.game import Game
from lab.roshambo.rules import MOST_LETTERS, MOST_LINES, read_rules
from lab.similarity import steps
from lab.tables import table


@dataclass(frozen=True)
class Entry:
    """A recipe's entry, to be read strictly."""

    place: tuple[int, float]
    names: tuple[str, ...] = ()
    seed: int | None = None


def empty(count):
    return sparse.csr_array((count, count), dtype=np.int8)


PLAIN = np.ones((2, 2))
REFUSED = {
    "an affinity of another shape": (lambda: block_model([3, 3], np.ones((3, 3)), 0), "(3, 3)"),
    "a negative size": (lambda: block_model([-1, 3], PLAIN, 0), "is negative"),
    "isolated more than all": (lambda: block_model([3, 3], PLAIN, 0, isolated=1.5), "1.5"),
    "an exponent without a mean": (lambda: block_model([3, 3], PLAIN, 0, exponent=2.0), "2.0"),
    "words as a matrix": (lambda: as_adjacency([["a", "b"], ["c", "d"]]), "no matrix of numbers"),
    "a matrix with a long side": (lambda: as_adjacency(sparse.csr_array((2, 3))), "(2, 3)"),
    "a directed graph": (lambda: as_adjacency(nx.DiGraph([(0, 1)])), "to_undirected"),
    "rows of too many": (lambda: group_rows(empty(2001)), "2001 vertices"),
    "a spectrum of too many": (lambda: non_backtracking_spectrum(empty(801)), "801 vertices"),
    "chains of pairs": (lambda: clique_percolation(empty(3), 2), "not of 2"),
    "three roads through too much": (lambda: steps.meet(np.zeros((1000, 5000))), "take too long"),
    "three roads through one column": (lambda: steps.meet(np.zeros((20, 1))), "20 rows and 1 columns"),
    "an unknown binning": (lambda: bin_edges(np.arange(4.0), 2, "taste"), "'taste' is unknown"),
    "bins of nothing": (lambda: bin_edges(np.array([]), 2), "no finite value"),
    "a column of texts that is none": (lambda: table("iris").labels("smell"), "'smell'"),
    "a bot without a name": (lambda: read_rules(" ", "start: 1 0 0"), f"1 to {MOST_LETTERS}"),
    "too long a rule table": (lambda: read_rules("x", "\n" * (MOST_LINES + 1)), f"{MOST_LINES + 1} lines"),
    "weights of words": (lambda: read_rules("x", "R P: much more most"), "Line 1 needs three weights"),
    "an opponent that is none": (lambda: Game("nobody", 1), "'nobody'"),
    "a sheet of nothing": (lambda: sheet([], 1), "no picture"),
    "too few entries": (lambda: strict.build(Entry, {"place": [1]}), "has 1 entries"),
    "a list that is none": (lambda: strict.build(Entry, {"place": 7}), "must be a list"),
    "neither of two": (
        lambda: strict.build(Entry, {"place": [1, 2], "seed": "x"}),
        "'x', which it cannot be",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_one_sentence_that_names_it(case):
    ask, said = REFUSED[case]
    with pytest.raises(ValueError) as refusal:
        ask()
    sentence = str(refusal.value)
    assert said in sentence and len(sentence.splitlines()) == 1 and sentence.endswith(".")


def test_a_strict_reader_lets_whole_numbers_stand_for_others_and_keeps_them_whole_where_it_may():
    read = strict.build(Entry, {"place": [1, 2], "names": ["a"], "seed": 7})
    assert read == Entry((1, 2.0), ("a",), 7)
    assert type(read.place[1]) is float and type(read.seed) is int


def test_graphs_of_nothing_are_answered():
    assert as_adjacency(nx.Graph()).shape == (0, 0)
    assert modularity(empty(3), np.zeros(3, np.int64)) == 0
    assert clique_percolation(empty(4), 3) == []
    assert (hull(np.zeros((3, 2)), []) < LEVEL).all()
    pair = as_adjacency(nx.path_graph(2))
    alone = sparse.csr_array(sparse.block_diag([pair.toarray()[:1, :1] * 0, pair]), dtype=np.int8)
    apart, one, other = group_rows(alone).labels
    assert one == other != apart


def test_louvain_and_leiden_agree_on_groups_that_are_plain():
    made = planted_partition(120, 3, 30, 0.3, seed=1)
    ours = [finds(made.adjacency, 0) for finds in (louvain, leiden)]
    scores = [modularity(made.adjacency, labels) for labels in ours]
    assert scores[0] == pytest.approx(scores[1], abs=0.02) and scores[1] > 0.5


def test_leading_eigenvalues_of_walks_without_return_are_those_of_the_whole_matrix():
    """The companion of 2n rows by Arnoldi, beside the matrix over the directed edges, dense."""
    graph = planted_partition(110, 2, 12, 0.5, seed=2).adjacency
    assert graph.shape[0] > 100  # beyond that no dense solver is asked
    values, vectors, radius = informative(graph)
    whole = np.linalg.eigvals(non_backtracking(graph).toarray())
    outside = np.sort(whole[(np.abs(whole.imag) < 1e-6) & (np.abs(whole) > radius + 1e-6)].real)[::-1]
    np.testing.assert_allclose(np.sort(values)[::-1], outside, rtol=1e-6)
    assert len(values) == 2 and vectors.shape == (110, 2)
    assert radius == pytest.approx(np.sqrt(np.abs(whole).max()))
    assert len(informative(erdos_renyi(130, 6, seed=3).adjacency)[0]) == 1  # noise has one
