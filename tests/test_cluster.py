"""Work spread over a real cluster of processes: equal results, each once, whoever dies on the way."""

import os
import sys
import time

import numpy as np
import pytest

from lab import cluster
from lab.roshambo import TournamentSpec
from lab.roshambo.tournament import play_tournament, tabulate
from lab.roshambo.workers import spread_pairings
from tests import clusters

SPEC = TournamentSpec(("switchbot", "random", "always-paper", "counter-switchbot"), rounds=60, matches=2)


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """A cluster of two workers."""
    with clusters.opened(tmp_path_factory.mktemp("cluster")) as opened:
        yield opened


@pytest.fixture
def spread_out(here, monkeypatch):
    """The setting that names the cluster."""
    monkeypatch.setenv(cluster.VARIABLE, here.address)
    return here


def squared(number: int) -> tuple[int, int]:
    """The square of a number, and the process that found it; takes a while."""
    time.sleep(0.02)
    return number * number, os.getpid()


def test_every_number_comes_once_from_several_processes(spread_out):
    found = dict(cluster.spread(squared, range(40)))
    assert {number: square for number, (square, _) in found.items()} == {n: n * n for n in range(40)}
    assert os.getpid() not in {process for _, process in found.values()}


@pytest.mark.parametrize("workers", [1, 2])
def test_without_a_scheduler_the_same_comes_from_this_machine(workers):
    found = list(cluster.spread(squared, range(12), workers))
    assert sorted((number, square) for number, (square, _) in found) == [(n, n * n) for n in range(12)]
    assert (os.getpid() in {process for _, (_, process) in found}) == (workers == 1)


def test_a_tournament_of_the_cluster_is_that_of_this_process(spread_out):
    spread = tabulate(SPEC, list(spread_pairings(SPEC)))
    own = play_tournament(SPEC)
    assert np.array_equal(spread.payoff, own.payoff) and np.array_equal(spread.tallies, own.tallies)
    assert np.array_equal(spread.error, own.error)


def test_a_worker_killed_in_mid_run_loses_and_doubles_nothing(spread_out):
    third = spread_out.hire()
    came = []
    for number, (square, _) in cluster.spread(squared, range(200)):
        came.append((number, square))
        if len(came) == 20:
            spread_out.processes[0].kill()
    assert sorted(came) == [(n, n * n) for n in range(200)]
    assert third.poll() is None


def test_who_cancels_gets_no_more_and_the_rest_is_taken_back(spread_out):
    came = []
    for number, _ in cluster.spread(squared, range(2000), cancelled=lambda: len(came) >= 10):
        came.append(number)
    assert 10 <= len(came) < 200
    began = time.monotonic()
    assert dict(cluster.spread(squared, [3]))[0][0] == 9  # not behind the 1900 others, 20 s of work
    assert time.monotonic() - began < 15


def test_an_error_of_the_work_is_told_as_it_is(spread_out):
    with pytest.raises(ValueError, match="could not convert"):
        list(cluster.spread(float, ["1", "two"]))


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch):
    monkeypatch.setenv(cluster.VARIABLE, "tcp://127.0.0.1:9")
    monkeypatch.setattr(cluster, "PATIENCE", 0.3)
    with pytest.raises(ValueError, match="No Dask scheduler answers at tcp://127.0.0.1:9"):
        list(cluster.spread(squared, [1]))


def test_a_missing_dask_is_told(monkeypatch):
    monkeypatch.setenv(cluster.VARIABLE, "tcp://127.0.0.1:1")
    monkeypatch.setitem(sys.modules, "dask.distributed", None)
    with pytest.raises(ValueError, match="Dask is not installed"):
        list(cluster.spread(squared, [1]))
