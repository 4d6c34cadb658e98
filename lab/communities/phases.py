"""How well groups are recovered at a point of the phase diagram; the function of the shipped sweep."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from lab.communities.agreement import overlap
from lab.communities.detectability import rates
from lab.communities.models import planted_partition

VERTICES = 1000
GROUPS = (2, 3, 4, 5, 10)
DEGREES = tuple(range(2, 16))
MIXING = tuple(round(0.05 * step, 2) for step in range(15))
REPEATS = 1


def overlap_at(n: int, k: int, degree: float, mixing: float, seed: int) -> float:
    """Overlap of the recovered with the planted groups, for one graph; its isolated vertices left out."""
    from lab.communities import recover

    graph = planted_partition(n, k, *rates(k, degree, mixing), seed=seed)
    there = np.diff(graph.adjacency.indptr) > 0
    return round(overlap(graph.labels[there], recover(graph.adjacency, seed=seed).labels[there]), 4)


def points() -> Iterator[dict]:
    """Every point of the shipped sweep."""
    for k in GROUPS:
        for degree in DEGREES:
            for mixing in MIXING:
                for seed in range(REPEATS):
                    yield dict(n=VERTICES, k=k, degree=float(degree), mixing=mixing, seed=seed)


def write(results: Iterator[tuple[dict, float]], path: Path) -> Path:
    """Means over the repeats as one small file; numbers of groups that are not complete are left out."""
    cells: dict[tuple, list[float]] = {}
    for point, found in results:
        cells.setdefault((point["k"], point["degree"], point["mixing"]), []).append(found)
    whole = [k for k in GROUPS if all((k, float(c), m) in cells for c in DEGREES for m in MIXING)]
    tables = {
        str(k): [[round(float(np.mean(cells[k, float(c), m])), 3) for m in MIXING] for c in DEGREES]
        for k in whole
    }
    told = {"n": VERTICES, "repeats": REPEATS, "degrees": DEGREES, "mixing": MIXING, "k": tables}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told) + "\n", encoding="utf-8")
    return path
