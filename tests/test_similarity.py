"""Similarity: every route against scikit-learn and against the others; the theorems as equal numbers."""

import tracemalloc

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from sklearn.decomposition import PCA, KernelPCA
from sklearn.manifold import ClassicalMDS

from lab.similarity import (
    align,
    centre_gram,
    decompose,
    decomposition,
    dense,
    eckart_young,
    gram,
    great_circle,
    parallel_analysis,
    recover_map,
    total_similarity,
)
from lab.similarity.decomposition import GRAM_LIMIT, choose_route

ROUTES = ("auto", "covariance", "gram", "svd", "randomised")
SHAPES = [(2, 1, 1), (3, 7, 2), (40, 5, 5), (50, 80, 10), (60, 60, 60), (300, 20, 4), (30, 900, 30)]


def clouds(n, d, seed=0):
    """A cloud with decaying axes away from the origin."""
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n, d)) * 0.9 ** np.arange(d) + rng.standard_normal(d) * 3


def ovals():
    """Small tables of any finite numbers that are not all equal."""
    shapes = st.tuples(st.integers(3, 12), st.integers(1, 6))
    numbers = st.floats(-100, 100, allow_subnormal=False).map(lambda x: round(x, 3))
    return shapes.flatmap(lambda shape: arrays(np.float64, shape, elements=numbers)).filter(
        lambda X: np.ptp(X, axis=0).max() > 0.01
    )


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(("n", "d", "k"), SHAPES)
def test_every_route_equals_scikit_learn(n, d, k, route):
    X = clouds(n, d)
    peer = PCA(k, svd_solver="full")
    scores, found = peer.fit_transform(X), decompose(X, k, route=route)
    assert found.scores.shape == (n, k) and found.axes.shape == (d, k)
    np.testing.assert_allclose(align(found.scores, scores), scores, atol=1e-8)
    np.testing.assert_allclose(found.explained_variance, peer.explained_variance_, atol=1e-8)
    np.testing.assert_allclose(found.explained_variance_ratio, peer.explained_variance_ratio_, atol=1e-8)
    np.testing.assert_allclose(found.axes.T @ found.axes, np.eye(k), atol=1e-8)
    seen = found.explained_variance > 1e-12
    np.testing.assert_allclose(
        align(found.axes, peer.components_.T)[:, seen], peer.components_.T[:, seen], atol=1e-8
    )


@pytest.mark.parametrize("load", [load_iris, load_wine, load_digits, load_breast_cancer])
def test_all_axes_of_real_tables_equal_scikit_learn(load):
    X = load().data
    k = min(X.shape)
    scores, found = PCA(k, svd_solver="full").fit_transform(X), decompose(X, k)
    np.testing.assert_allclose(align(found.scores, scores), scores, atol=1e-8)
    np.testing.assert_allclose(found.rebuild(), X, atol=1e-8)


@pytest.mark.parametrize("route", ROUTES)
def test_tensors_go_the_same_way_as_arrays(route):
    X = clouds(40, 9)
    here, there = decompose(X, 3, route=route), decompose(torch.from_numpy(X), 3, route=route)
    assert isinstance(there.scores, torch.Tensor) and there.route == here.route
    np.testing.assert_allclose(there.scores.numpy(), here.scores, atol=1e-9)
    np.testing.assert_allclose(there.axes.numpy(), here.axes, atol=1e-9)


@pytest.mark.gpu
@pytest.mark.parametrize("similarity", ["linear", "rbf"])
def test_a_device_agrees_with_the_host(similarity):
    X = clouds(500, 40)
    there = decompose(torch.from_numpy(X).cuda(), 4, similarity=similarity)
    assert there.scores.is_cuda
    np.testing.assert_allclose(
        there.scores.cpu().numpy(), decompose(X, 4, similarity=similarity).scores, atol=1e-8
    )


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int64])
def test_single_precision_is_kept_and_counts_become_double(dtype):
    X = (10 * clouds(30, 4)).astype(dtype)
    assert decompose(X, 2).scores.dtype == (np.float32 if dtype == np.float32 else np.float64)


@pytest.mark.parametrize(
    ("similarity", "kernel"), [("cosine", "cosine"), ("polynomial", "poly"), ("rbf", "rbf")]
)
@pytest.mark.parametrize("route", ["auto", "gram", "randomised"])
def test_other_similarities_equal_kernel_pca(similarity, kernel, route):
    X = clouds(120, 6)
    scores = KernelPCA(4, kernel=kernel, eigen_solver="dense").fit_transform(X)
    found = decompose(X, 4, similarity=similarity, route=route)
    np.testing.assert_allclose(align(found.scores, scores), scores, atol=1e-8 * np.abs(scores).max())
    np.testing.assert_allclose(found.explained_variance, scores.var(0, ddof=1), rtol=1e-8)


def test_kernel_parameters_reach_the_kernel():
    X = clouds(50, 3)
    scores = KernelPCA(2, kernel="rbf", gamma=0.05, eigen_solver="dense").fit_transform(X)
    found = decompose(X, 2, similarity="rbf", gamma=0.05)
    np.testing.assert_allclose(align(found.scores, scores), scores, atol=1e-8)


def test_beyond_the_limit_no_square_matrix_is_made(monkeypatch):
    monkeypatch.setattr(decomposition, "GRAM_LIMIT", 1000)
    X = clouds(1500, 3)  # more rows than one block of the kernel operator
    found = decompose(X, 3, similarity="rbf")
    assert found.route == "randomised"
    small = decompose(X, 3, similarity="rbf", route="randomised")
    monkeypatch.undo()
    whole = decompose(X, 3, similarity="rbf", route="gram")
    np.testing.assert_allclose(found.scores, whole.scores, atol=1e-8)
    np.testing.assert_array_equal(found.scores, small.scores)
    assert found.total_variance == pytest.approx(whole.total_variance)


@given(ovals())
@settings(max_examples=60)
def test_signs_are_fixed_and_scores_are_projections(X):
    found = decompose(X, 1)
    assert found.axes[np.abs(found.axes).argmax(0), 0] > 0
    np.testing.assert_allclose(found.scores, (X - X.mean(0)) @ found.axes, atol=1e-6)
    np.testing.assert_allclose(found.scores.var(0, ddof=1), found.explained_variance, rtol=1e-6, atol=1e-9)


@given(ovals(), st.integers(0, 2**31))
@settings(max_examples=60)
def test_turning_the_cloud_turns_the_axes_only(X, seed):
    d = X.shape[1]
    turn = np.linalg.qr(np.random.default_rng(seed).standard_normal((d, d)))[0]
    plain, turned = (decompose(Y, min(X.shape)).explained_variance for Y in (X, X @ turn))
    np.testing.assert_allclose(plain, turned, atol=1e-8 * max(1.0, plain[0]))


def test_no_direction_is_more_similar_than_the_first_axis():
    X = clouds(80, 2)
    X -= X.mean(0)
    angles = np.linspace(0, np.pi, 2000, endpoint=False)
    directions = np.column_stack([np.cos(angles), np.sin(angles)])
    similarity, found = total_similarity(X, directions), decompose(X, 2)
    assert similarity.max() <= found.explained_variance[0] * 79 * (1 + 1e-12)
    assert similarity.min() >= found.explained_variance[1] * 79 * (1 - 1e-12)
    assert abs(directions[similarity.argmax()] @ found.axes[:, 0]) > 1 - 1e-5


def test_without_centring_the_first_axis_points_at_the_mean():
    X = clouds(50, 3) + 1000
    found = decompose(X, 1, centre=False)
    unit = X.mean(0) / np.linalg.norm(X.mean(0))
    assert abs(found.axes[:, 0] @ unit) > 0.9999
    np.testing.assert_allclose(
        found.explained_variance[0] * 49, np.linalg.svd(X, compute_uv=False)[0] ** 2, rtol=1e-10
    )


def test_a_far_origin_costs_no_digits():
    X = clouds(400, 5)
    near, far = decompose(X, 5), decompose(X + 1e6, 5)
    np.testing.assert_allclose(far.explained_variance, near.explained_variance, rtol=1e-8)


@pytest.mark.parametrize("k", range(7))
def test_eckart_young_holds_for_every_k(k):
    G = gram(clouds(12, 5))
    found = eckart_young(G, k)
    np.testing.assert_allclose(found.measured, found.predicted, rtol=1e-9, atol=1e-12 * (G**2).sum())
    assert np.linalg.matrix_rank(found.truncated) <= k


def test_no_random_matrix_of_rank_k_comes_closer_than_the_theorem():
    X, rng = clouds(15, 6), np.random.default_rng(1)
    found = eckart_young(gram(X), 2)
    for _ in range(50):
        Q = np.linalg.qr(rng.standard_normal((15, 2)))[0]
        assert ((found.gram - Q @ Q.T @ found.gram) ** 2).sum() >= found.predicted


def test_centring_the_gram_matrix_equals_centring_the_samples():
    X = clouds(20, 4)
    B = X - X.mean(0)
    np.testing.assert_allclose(centre_gram(gram(X)), B @ B.T, atol=1e-10)


def test_a_map_is_recovered_from_its_distances():
    X = np.random.default_rng(3).standard_normal((25, 2))
    D = np.linalg.norm(X[:, None] - X[None], axis=2)
    found = recover_map(D)
    np.testing.assert_allclose(found.distances, D, atol=1e-9)
    np.testing.assert_allclose(found.eigenvalues[2:], 0, atol=1e-9)
    peer = ClassicalMDS(2, metric="precomputed").fit_transform(D)
    np.testing.assert_allclose(align(found.points, peer), peer, atol=1e-8)


def test_scores_of_distances_are_principal_scores():
    X = clouds(30, 5)
    D = np.linalg.norm(X[:, None] - X[None], axis=2)
    scores = decompose(X, 3).scores
    np.testing.assert_allclose(align(recover_map(D, 3).points, scores), scores, atol=1e-7)


def test_the_earth_is_not_flat():
    distances = great_circle(np.array([0.0, 0.0, 90.0]), np.array([0.0, 90.0, 0.0]))
    quarter = np.pi / 2 * 6371.0088
    np.testing.assert_allclose(distances + quarter * np.eye(3), quarter, rtol=1e-12)
    lattice = np.meshgrid(np.linspace(-60, 60, 5), np.linspace(-150, 150, 8))
    assert recover_map(great_circle(*(a.ravel() for a in lattice))).eigenvalues[-1] < 0


@pytest.mark.parametrize("true_axes", [1, 2, 3])
def test_parallel_analysis_counts_planted_axes(true_axes):
    rng = np.random.default_rng(true_axes)
    X = rng.standard_normal((400, true_axes)) @ rng.standard_normal((true_axes, 12)) * 2
    X += rng.standard_normal((400, 12))
    assert parallel_analysis(X / X.std(0), np.random.default_rng(0)).axes == true_axes


def test_parallel_analysis_seldom_finds_axes_in_noise():
    rng = np.random.default_rng(5)
    found = [parallel_analysis(rng.standard_normal((100, 8)), rng).axes for _ in range(20)]
    assert sum(axes > 0 for axes in found) <= 4


def noise(n, d, seed=0):
    return np.random.default_rng(seed).standard_normal((n, d))


@pytest.mark.parametrize(("n", "d"), [(260, 240), (120, 400), (400, 120)])
@pytest.mark.parametrize(("kind", "road"), [("noise", "square"), ("decay", "randomised")])
def test_auto_is_exact_where_a_randomised_method_would_not_be(monkeypatch, n, d, kind, road):
    """A Krylov iteration that converges is kept; on noise it is left for the square matrix."""
    for limit in ("SQUARE_LIMIT", "ROUND_LIMIT"):
        monkeypatch.setattr(decomposition, limit, 50)
    X = noise(n, d) / (np.arange(1, d + 1) if kind == "decay" else 1)
    scores, found = PCA(5, svd_solver="full").fit_transform(X), decompose(X, 5)
    assert found.route == ("randomised" if road == "randomised" else "covariance" if d <= n else "gram")
    np.testing.assert_allclose(align(found.scores, scores), scores, atol=1e-8)


@pytest.mark.parametrize("k", [1, 4, 8])
def test_shift_and_invert_equals_the_dense_solver(monkeypatch, k):
    monkeypatch.setattr(dense, "SMALL", 20)
    B = noise(300, 220)
    values, vectors = dense.top_eigenpairs(B.T @ B, k)
    exact, axes = np.linalg.eigh(B.T @ B)
    np.testing.assert_allclose(values, exact[::-1][:k], rtol=1e-12)
    np.testing.assert_allclose(align(vectors, axes[:, ::-1][:, :k]), axes[:, ::-1][:, :k], atol=1e-9)


@pytest.mark.parametrize("S", [np.eye(60), np.diag([3.0, 3, 3, *[1e-9] * 57]), np.zeros((60, 60))])
def test_shift_and_invert_survives_equal_eigenvalues(monkeypatch, S):
    monkeypatch.setattr(dense, "SMALL", 20)
    values, vectors = dense.top_eigenpairs(S, 2)
    np.testing.assert_allclose(values, np.sort(np.diag(S))[::-1][:2], atol=1e-12)
    np.testing.assert_allclose(vectors.T @ vectors, np.eye(2), atol=1e-10)


def test_the_randomised_road_is_exact_on_noise():
    X = noise(150, 130)
    scores = PCA(6, svd_solver="full").fit_transform(X)
    np.testing.assert_allclose(align(decompose(X, 6, route="randomised").scores, scores), scores, atol=1e-8)


def test_a_long_table_takes_little_memory_beside_itself(monkeypatch):
    """With the limit at 1000 rows a kernel of 3000 takes a small part of the 72 MB of its matrix."""
    monkeypatch.setattr(decomposition, "GRAM_LIMIT", 1000)
    X = clouds(3000, 3)
    tracemalloc.start()
    decompose(X, 2, similarity="rbf", gamma=0.02)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 3000**2 * 8 / 2


@pytest.mark.parametrize(
    ("similarity", "kernel"), [("cosine", "cosine"), ("polynomial", "poly"), ("rbf", "rbf")]
)
def test_an_axis_of_a_kernel_is_the_direction_that_goes_with_its_scores(similarity, kernel):
    """No direction of the samples' space has a larger covariance with the scores of scikit-learn."""
    X, rng = clouds(90, 5), np.random.default_rng(2)
    scores = KernelPCA(3, kernel=kernel, eigen_solver="dense").fit_transform(X)
    found = decompose(X, 3, similarity=similarity)
    scores, B = align(scores, found.scores), X - X.mean(0)
    expected = B.T @ scores / np.linalg.norm(B.T @ scores, axis=0)
    np.testing.assert_allclose(found.axes, expected, atol=1e-7)
    most = (B @ found.axes * scores).sum(0)
    for w in rng.standard_normal((200, 5)):
        assert (np.abs((B @ w / np.linalg.norm(w)) @ scores) <= most * (1 + 1e-9)).all()


def test_the_axes_of_the_simplest_kernel_are_the_linear_ones():
    X = clouds(60, 4)
    straight = decompose(X, 3)
    bent = decompose(X, 3, similarity="polynomial", degree=1, gamma=1.0)
    np.testing.assert_allclose(bent.axes, straight.axes, atol=1e-8)
    np.testing.assert_allclose(bent.scores, straight.scores, atol=1e-8)


def test_auto_never_forms_a_large_square_matrix():
    for n, d in [(25_000, 30_000), (10**6, 50), (200, 100_000), (30_000, 21_000)]:
        route, side = choose_route(n, d, 10), min(n, d)
        assert side <= GRAM_LIMIT or route == "randomised"


@pytest.mark.parametrize(
    ("X", "k", "options", "sentence"),
    [
        (np.ones((1, 3)), 1, {}, "at least 2 rows"),
        (np.ones((5, 3)), 1, {}, "no spread"),
        ([[1, 2], [np.nan, 3]], 1, {}, "missing or infinite"),
        ([[1, 2], [np.inf, 3]], 1, {}, "missing or infinite"),
        ([["a", "b"], ["c", "d"]], 1, {}, "not a number"),
        (np.eye(4), 5, {}, "choose k from 1 to 4"),
        (np.eye(4), 0, {}, "choose k from 1 to 4"),
        (np.eye(4), 1, {"similarity": "psychic"}, "'psychic' is unknown"),
        (np.eye(4), 1, {"route": "scenic"}, "'scenic' is unknown"),
        (np.eye(4), 1, {"similarity": "rbf", "route": "svd"}, "for rbf similarity"),
        (np.ones(4), 1, {}, "1 dimensions"),
    ],
)
def test_bad_samples_get_one_sentence(X, k, options, sentence):
    with pytest.raises(ValueError, match=sentence) as told:
        decompose(X, k, **options)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("D", "k", "sentence"),
    [
        (np.ones((2, 3)), 1, "square"),
        ([[0, 1], [2, 0]], 1, "symmetric"),
        ([[0, -1], [-1, 0]], 1, "negative"),
        ([[0, 1], [1, 0]], 2, "1 dimensions, not 2"),
    ],
)
def test_bad_distance_tables_get_one_sentence(D, k, sentence):
    with pytest.raises(ValueError, match=sentence):
        recover_map(D, k)
