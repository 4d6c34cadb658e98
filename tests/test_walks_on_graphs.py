"""Walks on a graph: hard and smooth powers by second routes, z-scores by their definition."""

import networkx as nx
import numpy as np
import pytest
from scipy.linalg import expm

from lab.walks import VERTICES_MOST, smooth_powers, standard_rows, walk_matrix

GRAPH = nx.to_scipy_sparse_array(nx.les_miserables_graph(), weight=None)


def test_powers_count_walks():
    path = nx.to_scipy_sparse_array(nx.path_graph(3))
    assert walk_matrix(path, 2, lazy=False).tolist() == [[1, 0, 1], [0, 2, 0], [1, 0, 1]]
    assert np.array_equal(walk_matrix(path, 3), np.linalg.matrix_power(path.toarray() + np.eye(3), 3))
    assert np.array_equal(walk_matrix(path, 0), np.eye(3))


def test_a_lazy_walk_has_no_parity():
    square = nx.to_scipy_sparse_array(nx.cycle_graph(4))
    assert (walk_matrix(square, 2, lazy=False) == 0).any() and (walk_matrix(square, 2) > 0).all()


@pytest.mark.parametrize("time", [0.3, 1.0])
def test_smooth_powers_are_the_exponential_by_three_routes(time):
    exact = expm(time * GRAPH.toarray())
    assert np.allclose(smooth_powers(GRAPH, time), exact, rtol=1e-8)
    assert np.allclose(smooth_powers(GRAPH, time, terms=60), exact, rtol=1e-8)
    few = [np.abs(smooth_powers(GRAPH, time, terms=terms) - exact).max() for terms in (2, 5, 10)]
    assert few[0] > few[1] > few[2]


def test_standard_rows_have_mean_0_and_variance_1_and_a_constant_row_is_0():
    rows = standard_rows(np.array([[1.0, 2, 3, 6], [5, 5, 5, 5], [0.1, 0.1, 0.1, 0.1]]))
    assert rows[0].mean() == pytest.approx(0) and rows[0].std() == pytest.approx(1)
    assert not rows[1:].any()


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="0 or more steps"):
        walk_matrix(GRAPH, -1)
    with pytest.raises(ValueError, match=f"at most {VERTICES_MOST}"):
        walk_matrix(nx.to_scipy_sparse_array(nx.empty_graph(VERTICES_MOST + 1)), 2)
