"""Social circles: the metric by brute force, baselines by networkx, the recipe by what it promises."""

import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.circles import (
    BASELINES,
    OPTIONAL,
    STEPS,
    EgoSpec,
    Recipe,
    clique_percolation,
    components,
    edit_distance,
    ego_network,
    find_circles,
    matching,
    nothing,
    stages,
)
from lab.circles.layout import GRID, LEVEL, axis, hull, places
from lab.circles.outline import outlines
from lab.circles.recipe import augmented, density, merged, thinned, with_components

EGO = ego_network(EgoSpec(friends=60, circles=4, seed=3))
circle_sets = st.lists(st.frozensets(st.integers(0, 5), max_size=5), max_size=4)


def cheapest(truth, found):
    """The metric by trying every pairing."""
    size = max(len(truth), len(found))
    truth, found = ([*side, *[frozenset()] * (size - len(side))] for side in (truth, found))
    return min(
        sum(len(a ^ b) for a, b in zip(truth, order, strict=True)) for order in itertools.permutations(found)
    )


@settings(max_examples=40, deadline=None)
@given(circle_sets, circle_sets)
def test_the_metric_is_the_cheapest_of_all_pairings(truth, found):
    assert edit_distance(truth, found) == cheapest(truth, found)
    assert edit_distance(truth, found) == edit_distance(found, truth)
    assert edit_distance(truth, truth) == 0
    assert edit_distance(truth, []) == nothing(truth)


def test_the_metric_on_circles_one_can_count_on_fingers():
    truth = [{"ada", "ben", "cleo"}, {"dora", "emil"}]
    assert edit_distance(truth, [{"dora", "emil", "fay"}, {"ada", "ben"}]) == 2
    pairs = matching(truth, [{"dora", "emil", "fay"}, {"ada", "ben"}])
    assert [(pair.truth, pair.found, pair.missed, pair.wrong) for pair in pairs] == [
        (0, 1, 1, 0),
        (1, 0, 0, 1),
    ]


def test_drawn_networks_overlap_nest_and_miss_people():
    ego = ego_network(EgoSpec(friends=120, circles=8, overlap=0.3, nested=0.4, loners=0.3, seed=1))
    pairs = list(itertools.combinations(ego.circles, 2))
    assert any(a & b and not (a <= b or b <= a) for a, b in pairs)
    assert any(len(min(a, b, key=len) - max(a, b, key=len)) <= 2 for a, b in pairs if a & b)
    assert len(frozenset().union(*ego.circles)) < 0.8 * 120
    again = ego_network(EgoSpec(friends=120, circles=8, overlap=0.3, nested=0.4, loners=0.3, seed=1))
    assert again.circles == ego.circles and (again.adjacency != ego.adjacency).nnz == 0
    inside = np.mean([density(ego.adjacency, circle) for circle in ego.circles])
    assert inside > 5 * ego.adjacency.nnz / (120 * 119) / 2


@pytest.mark.parametrize("size", [3, 4])
def test_chains_of_cliques_and_components_are_those_of_networkx(size):
    graph = nx.gnm_random_graph(24, 90, seed=size)
    matrix = nx.to_scipy_sparse_array(graph)
    known = {frozenset(circle) for circle in nx.community.k_clique_communities(graph, size)}
    assert set(clique_percolation(matrix, size)) == known
    sparse_graph = nx.gnm_random_graph(30, 22, seed=1)
    parts = {frozenset(part) for part in nx.connected_components(sparse_graph) if len(part) > 1}
    assert set(components(nx.to_scipy_sparse_array(sparse_graph))) == parts


def test_the_recipe_beats_every_baseline_on_average():
    rng = np.random.default_rng(7)
    egos = [
        ego_network(EgoSpec(int(rng.integers(40, 110)), int(rng.integers(3, 8)), seed=s)) for s in range(14)
    ]
    ours = np.mean([edit_distance(ego.circles, find_circles(ego)) for ego in egos])
    for title, method in BASELINES.values():
        theirs = np.mean([edit_distance(ego.circles, method(ego.adjacency)) for ego in egos])
        assert ours < 0.8 * theirs, title


def test_whatever_holds_the_graph_gives_the_same_circles():
    expected = find_circles(EGO.adjacency)
    assert expected and all(isinstance(circle, set) for circle in expected)
    before = EGO.adjacency.copy()
    for graph in (EGO, EGO.adjacency.toarray() * 2.5, EGO.adjacency.tocoo(), EGO.network):
        assert find_circles(graph) == expected
    assert (before != EGO.adjacency).nnz == 0
    named = nx.relabel_nodes(nx.from_scipy_sparse_array(EGO.adjacency), dict(enumerate(EGO.network.names)))
    assert find_circles(named) == [{EGO.network.names[i] for i in circle} for circle in expected]


@pytest.mark.parametrize(
    "graph",
    [nx.empty_graph(n) for n in (0, 1, 2, 7)] + [nx.star_graph(9), nx.path_graph(9), nx.cycle_graph(8)],
)
def test_graphs_without_circles_are_answered(graph):
    assert all(len(circle) >= 3 for circle in find_circles(graph))


def test_two_cliques_are_two_circles_and_a_small_component_is_one():
    graph = nx.disjoint_union_all([nx.complete_graph(20), nx.complete_graph(18), nx.cycle_graph(6)])
    assert sorted(map(len, find_circles(graph))) == [6, 18, 20]


@pytest.mark.parametrize(
    "graph, said",
    [
        (nx.DiGraph([(0, 1)]), "directed"),
        (np.zeros((2, 3)), "square"),
        (np.eye(2)[:, ::-1] * [[0, 1], [0, 0]] + [[0, 1], [0, 0]], "directed"),
    ],
)
def test_what_is_no_ego_network_is_refused(graph, said):
    with pytest.raises(ValueError, match=said):
        find_circles(graph)


def test_every_step_does_what_it_says():
    recipe = Recipe()
    guess = [frozenset(range(10)), frozenset(range(50))]
    for circle in thinned(EGO.adjacency, guess, recipe):
        assert density(EGO.adjacency, circle) >= recipe.density
    grown = augmented(EGO.adjacency, guess, recipe)
    assert all(small <= large for small, large in zip(guess, grown, strict=True))
    island = nx.to_scipy_sparse_array(nx.disjoint_union(nx.complete_graph(7), nx.empty_graph(3)))
    assert with_components(island.tocsr(), [], recipe) == [frozenset(range(7))]
    close = [frozenset(range(10)), frozenset(range(9)), frozenset(range(20, 30))]
    assert merged(EGO.adjacency, close, recipe) == [frozenset(range(10)), frozenset(range(20, 30))]


def test_a_step_that_is_left_out_changes_nothing():
    whole = list(stages(EGO.adjacency))
    assert [stage.step for stage in whole] == list(STEPS)
    bare = list(stages(EGO.adjacency, Recipe(steps=())))
    assert all(stage.circles == bare[1].circles and not stage.taken for stage in bare[2:])
    without = list(stages(EGO.adjacency, Recipe(steps=tuple(step for step in OPTIONAL if step != "augment"))))
    assert without[3].circles == without[2].circles


@pytest.mark.parametrize("wrong", [dict(steps=("bake",)), dict(time=0), dict(density=2)])
def test_a_recipe_that_cannot_be_gets_one_sentence(wrong):
    with pytest.raises(ValueError):
        Recipe(**wrong).validate()


@pytest.mark.parametrize("wrong", [dict(friends=1), dict(circles=99), dict(overlap=0.9), dict(seed=-1)])
def test_a_network_that_cannot_be_gets_one_sentence(wrong):
    with pytest.raises(ValueError, match="must be from"):
        ego_network(EgoSpec(**wrong))


def test_hulls_hold_their_members():
    spots = places(EGO.adjacency)
    assert spots.shape == (60, 2) and np.linalg.norm(spots, axis=1).max() < 1.1
    circle = max(EGO.circles, key=len)
    field = hull(spots, circle)
    cells = np.abs(spots[:, None] - axis()[None, :, None].repeat(2, 2)).argmin(1)
    assert field.shape == (GRID, GRID)
    assert all(field[cells[friend, 1], cells[friend, 0]] > LEVEL for friend in circle)


def test_an_outline_is_a_circle_with_its_area_and_a_hole_turns_the_other_way():
    x, y = np.meshgrid(np.linspace(-1, 1, 81), np.linspace(-1, 1, 81))
    field = -np.abs(np.hypot(x, y) - 0.5)  # a ring: outer radius 0.7, inner 0.3
    rings = outlines(field, np.linspace(-1, 1, 81), -0.2)
    areas = sorted(
        0.5 * float((ring[:-1, 0] * ring[1:, 1] - ring[1:, 0] * ring[:-1, 1]).sum()) for ring in rings
    )
    assert areas == pytest.approx([-np.pi * 0.09, np.pi * 0.49], rel=0.01)
    assert all((ring[0] == ring[-1]).all() for ring in rings)
