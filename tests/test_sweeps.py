"""Sweeps: every point once, kept by its parameters, resumed after a stop, the same on a real cluster."""

import json
import os

import pytest

from lab import cluster
from lab.sweeps import grid, name, sweep
from tests import clusters

POINTS = grid(a=[1, 2, 3], b=[0.5, 1.5])


def product(a: float, b: float) -> dict:
    """A result that says who computed it."""
    return {"product": a * b, "process": os.getpid()}


def products(results) -> dict:
    return {(point["a"], point["b"]): result["product"] for point, result in results}


EXPECTED = {(point["a"], point["b"]): point["a"] * point["b"] for point in POINTS}


def test_a_grid_is_every_combination_once():
    assert len(POINTS) == 6 and POINTS[0] == {"a": 1, "b": 0.5} and POINTS[1] == {"a": 1, "b": 1.5}
    assert (
        name(product, {"a": 1, "b": 2}) == name(product, {"b": 2, "a": 1}) != name(product, {"a": 2, "b": 1})
    )


@pytest.mark.parametrize("workers", [1, 2])
def test_a_sweep_is_its_function_at_every_point(workers, tmp_path):
    assert products(sweep(product, [*POINTS, *POINTS], tmp_path, workers)) == EXPECTED
    assert len(list(tmp_path.glob("*.json"))) == 6 and not list(tmp_path.glob("*.part"))


def test_a_stopped_sweep_goes_on_where_it_was(tmp_path):
    came = []
    for each in sweep(product, POINTS, tmp_path, cancelled=lambda: len(came) >= 2):
        came.append(each)
    assert len(came) == 2
    first = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.json")}
    assert products(sweep(product, POINTS, tmp_path)) == EXPECTED
    assert all((tmp_path / known).stat().st_mtime_ns == time for known, time in first.items())


def test_a_result_that_was_cut_off_is_computed_anew(tmp_path):
    list(sweep(product, POINTS, tmp_path))
    broken = next(tmp_path.glob("*.json"))
    broken.write_text(broken.read_text()[:20])
    assert products(sweep(product, POINTS, tmp_path)) == EXPECTED
    assert "result" in json.loads(broken.read_text())


def test_on_a_cluster_it_is_the_same_and_resumes_too(tmp_path, monkeypatch):
    with clusters.opened(tmp_path, workers=1) as opened:
        monkeypatch.setenv(cluster.VARIABLE, opened.address)
        results = list(sweep(product, POINTS[:4], tmp_path / "kept"))
        assert {result["process"] for _, result in results} == {opened.processes[0].pid}
        assert products(sweep(product, POINTS, tmp_path / "kept")) == EXPECTED
