"""Recoveries as text and back, so that a page can open with what was found before; needs no torch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Found:
    """What `lab.communities.recover` found, by the same names: see there."""

    labels: np.ndarray
    k: int
    certainty: np.ndarray
    evidence: dict[int, float]
    method: str


def kept(recovery) -> Found:
    """A recovery without anything that needs torch."""
    evidence = {int(k): float(nats) for k, nats in recovery.evidence.items()}
    return Found(recovery.labels, int(recovery.k), recovery.certainty, evidence, recovery.method)


def as_json(known: Mapping[str, Found]) -> str:
    """Recoveries by the keys of their graphs; certainties are rounded to 3 digits."""
    return json.dumps(
        {
            key: {
                "labels": found.labels.tolist(),
                "k": found.k,
                "certainty": found.certainty.round(3).tolist(),
                "evidence": {str(k): round(nats, 3) for k, nats in found.evidence.items()},
                "method": found.method,
            }
            for key, found in known.items()
        },
        separators=(",", ":"),
    )


def from_json(text: str) -> dict[str, Found]:
    """The recoveries that `as_json` wrote."""
    return {
        key: Found(
            np.array(told["labels"], np.int64),
            told["k"],
            np.array(told["certainty"]),
            {int(k): nats for k, nats in told["evidence"].items()},
            told["method"],
        )
        for key, told in json.loads(text).items()
    }
