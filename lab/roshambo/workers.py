"""Tournaments over several processes, or over the workers of a cluster where one is set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from lab import cluster
from lab.roshambo.tournament import Pairing, TournamentSpec, play_pair


def spread_pairings(
    spec: TournamentSpec, workers: int = 1, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[Pairing]:
    """Play all pairs on many workers; they come in any order, the table made of them is the same.

    Parameters
    ----------
    spec : TournamentSpec
    workers : int
        Processes on this machine, 1: this one; passed over where `lab.cluster` has a scheduler.
    cancelled : callable
        Asked between two pairs.
    """
    spec.validate()
    for _, pairing in cluster.spread(partial(play_pair, spec), spec.pairs, workers, cancelled):
        yield pairing
