"""Multiwindow: every row in one window, against pandas.cut and against counting by hand."""

import itertools
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.datasets import load_iris

from lab.multiwindow import WindowsSpec, bin_edges, bin_of, densities, windows

NAMES = ("u", "v", "x", "y")
TOY = {
    "u": np.array([0.0, 1.0, 2.0, 3.0, 4.0, np.nan]),
    "v": np.array([0.0, 4.0, 2.0, 0.0, 4.0, 1.0]),
    "x": np.arange(6.0),
    "y": np.arange(6.0),
}


def cut(table, bins=(2, 2), binning="width"):
    return windows(table, panel=("u", "v"), plot=("x", "y"), bins=bins, binning=binning)


def iris():
    return load_iris(as_frame=True).frame


@st.composite
def tables(draw):
    """Four columns of small decimals with many ties, some of them missing."""
    n = draw(st.integers(2, 40))
    tenths = st.integers(-30, 30).map(lambda i: i / 10)
    columns = draw(arrays(np.float64, (4, n), elements=st.one_of(tenths, st.just(np.nan))))
    columns[:, 0] = 0.5  # at least one row is whole
    return dict(zip(NAMES, columns, strict=True))


def test_a_toy_table_counted_on_fingers():
    found = cut(TOY)
    assert found.cells[0][0].tolist() == [0]
    assert found.cells[0][1].tolist() == [3]  # u = 2 and 3 lie right of the edge at 2
    assert found.cells[1][0].tolist() == [1]
    assert found.cells[1][1].tolist() == [2, 4]  # the maximum belongs to the last bin
    assert [rows.tolist() for rows in found.top] == [[0, 1], [2, 3, 4]]
    assert [rows.tolist() for rows in found.right] == [[0, 3], [1, 2, 4]]
    assert found.corner.tolist() == [0, 1, 2, 3, 4, 5]  # row 5 has no u: it is in the corner alone
    assert found.homeless.tolist() == [5]


def test_the_defaults_are_the_posts_plot():
    found = windows(iris())
    assert found.spec == WindowsSpec()
    assert found.cells.shape == (4, 4) and found.counts.sum() == 150
    assert [len(edges) for edges in found.edges] == [5, 5]
    assert found.edges[0].tolist() == [4.3, 5.2, 6.1, 7.0, 7.9]
    assert found.edges[1].tolist() == [2.0, 2.6, 3.2, 3.8, 4.4]


def test_flowers_on_an_edge_are_to_the_right_of_it():
    table, found = iris(), windows(iris())
    top_row = found.right[3]
    on_edge = np.flatnonzero(table["sepal width (cm)"] == 3.8)
    assert len(on_edge) == 6 and np.isin(on_edge, top_row).all()


@pytest.mark.parametrize("bins", range(1, 9))
@pytest.mark.parametrize("name", ["sepal length (cm)", "sepal width (cm)", "petal length (cm)"])
def test_equal_width_is_exact_in_decimals(name, bins):
    """Second route: rational arithmetic on the tenths of a centimetre that were measured."""
    values = iris()[name].to_numpy()
    tenths = [round(10 * v) for v in values]
    low, high = min(tenths), max(tenths)
    exact = [min(bins - 1, int(Fraction(t - low, high - low) * bins)) for t in tenths]
    assert bin_of(values, bin_edges(values, bins)).tolist() == exact


@given(tables(), st.integers(1, 8), st.integers(1, 8), st.sampled_from(["width", "quantile"]))
def test_each_whole_row_is_in_one_cell_and_margins_are_unions(table, columns, rows, binning):
    found = cut(table, (columns, rows), binning)
    assert found.cells.shape == (rows, columns)
    placed = np.concatenate(list(found.cells.ravel()))
    whole = np.flatnonzero(np.isfinite(table["u"]) & np.isfinite(table["v"]))
    assert sorted(placed) == whole.tolist()
    assert found.corner.tolist() == list(range(len(table["u"])))
    assert sorted([*whole, *found.homeless]) == found.corner.tolist()
    for c in range(columns):
        assert found.top[c].tolist() == sorted(np.concatenate(list(found.cells[:, c])))
    for r in range(rows):
        assert found.right[r].tolist() == sorted(np.concatenate(list(found.cells[r])))


@given(tables(), st.integers(1, 8), st.sampled_from(["width", "quantile"]))
def test_each_row_lies_between_the_edges_of_its_cell(table, bins, binning):
    found = cut(table, (bins, bins), binning)
    for r, c in itertools.product(range(bins), range(bins)):
        for value, edges, i in (("u", found.edges[0], c), ("v", found.edges[1], r)):
            inside = table[value][found.cells[r, c]]
            assert (inside >= edges[i]).all()
            assert ((inside < edges[i + 1]) | ((i == bins - 1) & (inside == edges[-1]))).all()


ANY = {
    np.float64: st.floats(width=64) | st.just(np.nan),
    np.float32: st.floats(width=32) | st.just(np.nan),
}


@given(st.sampled_from(list(ANY)), st.data(), st.integers(1, 9), st.sampled_from(["width", "quantile"]))
def test_every_finite_number_has_one_bin_whatever_its_size(dtype, data, bins, binning):
    """Huge, subnormal, infinite, equal but for the last bit: rounding the inner edges loses nobody."""
    values = data.draw(arrays(dtype, st.integers(1, 30), elements=ANY[dtype]))
    if not np.isfinite(values).any():
        return
    edges = bin_edges(values, bins, binning)
    index, finite = bin_of(values, edges), np.isfinite(values)
    assert np.isfinite(edges).all() and (np.diff(edges) >= 0).all() and len(edges) == bins + 1
    assert edges[0] == values[finite].min() and edges[-1] == values[finite].max()
    assert ((index >= 0) == finite).all() and (index < bins).all()
    inner = edges[1:-1]
    assert index[finite].tolist() == np.searchsorted(inner, values[finite], side="right").tolist()


@given(arrays(np.float64, st.integers(5, 60), elements=st.floats(-5, 5)), st.integers(2, 8))
def test_bins_equal_pandas_cut(values, bins):
    edges = bin_edges(values, bins)
    if np.ptp(values) < 1e-3:
        return
    outer = np.append(edges[:-1], np.inf)
    assert bin_of(values, edges).tolist() == pd.cut(values, outer, right=False, labels=False).tolist()


@given(st.integers(1, 8))
def test_quantile_bins_of_distinct_values_are_equally_full(bins):
    values = np.random.default_rng(0).permutation(8 * 9 * 5 * 7).astype(float)
    assert np.ptp(np.bincount(bin_of(values, bin_edges(values, bins, "quantile")))) <= 1


def test_ties_leave_bins_empty_but_never_missing():
    table = {**TOY, "u": np.array([1.0, 1, 1, 1, 1, 2])}
    found = cut(table, (4, 1), "quantile")
    assert found.counts.tolist() == [[0, 0, 0, 6]]


def test_a_constant_panel_variable_fills_the_last_bin():
    found = cut({**TOY, "u": np.ones(6)}, (3, 1))
    assert [len(rows) for rows in found.top] == [0, 0, 6]


@given(st.permutations(NAMES))
def test_any_variable_in_any_role(names):
    table = {name: np.random.default_rng(i).random(30) for i, name in enumerate(NAMES)}
    found = windows(table, panel=names[:2], plot=names[2:], bins=(3, 5))
    assert found.counts.shape == (5, 3) and found.counts.sum() == 30


@given(tables(), st.integers(1, 5), st.sampled_from(["width", "quantile"]))
def test_densities_count_what_windows_hold(table, bins, binning):
    spec = WindowsSpec(("u", "v"), ("x", "y"), (bins, bins + 1), binning)
    found, held = densities(table, spec, pixels=7), cut(table, (bins, bins + 1), binning)
    drawn = np.isfinite(table["x"]) & np.isfinite(table["y"])
    expected = [[drawn[cell].sum() for cell in row] for row in held.cells]
    assert found.counts.sum((2, 3)).tolist() == np.array(expected).tolist()
    assert found.corner.sum() == drawn.sum() and found.homeless.sum() == drawn[held.homeless].sum()


def test_densities_equal_numpys_histogram_over_many_blocks():
    rng = np.random.default_rng(0)
    table = {name: rng.standard_normal(300_000) for name in NAMES}
    spec = WindowsSpec(("u", "v"), ("x", "y"), (2, 3))
    found, held = densities(table, spec, pixels=8), cut(table, (2, 3))
    x0, x1, y0, y1 = found.extent
    for r, c in itertools.product(range(3), range(2)):
        rows = held.cells[r, c]
        expected = np.histogram2d(table["y"][rows], table["x"][rows], 8, [[y0, y1], [x0, x1]])[0]
        assert np.abs(found.counts[r, c] - expected).sum() <= 2  # a value one rounding off an edge


@pytest.mark.parametrize("binning", ["width", "quantile"])
@pytest.mark.parametrize("device", ["cpu", pytest.param("cuda", marks=pytest.mark.gpu)])
def test_tensors_count_like_arrays(device, binning):
    from lab.multiwindow.densities import _count_torch

    table = {name: np.round(np.random.default_rng(i).random(500), 2) for i, name in enumerate(NAMES)}
    table["x"][3] = table["u"][5] = np.nan
    spec = WindowsSpec(("u", "v"), ("x", "y"), (4, 3), binning)
    here = densities(table, spec, pixels=6)
    columns = tuple(table[name] for name in ("x", "y", "u", "v"))
    ranges = [here.extent[:2], here.extent[2:]]
    there = _count_torch(columns, here.edges, ranges, (3, 4, 6, 6), device)
    assert there.tolist() == [*here.counts.ravel(), *here.homeless.ravel()] and here.homeless.sum() == 1


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"panel": ("u", "w")}, "no column 'w'"),
        ({"plot": ("x", "name")}, "'name' is not numeric"),
        ({"bins": (0, 3)}, "0 bins"),
        ({"bins": (3, 10_000)}, "10000 bins"),
        ({"binning": "luck"}, "'luck' is unknown"),
        ({"panel": ("u", "gap")}, "no finite value"),
        ({"panel": ("u",)}, "two panel variables"),
    ],
)
def test_bad_requests_get_one_sentence(options, sentence):
    table = {**TOY, "name": np.array(list("abcdef")), "gap": np.full(6, np.nan)}
    with pytest.raises(ValueError, match=sentence):
        windows(table, **{"panel": ("u", "v"), "plot": ("x", "y"), "bins": (2, 2), **options})
