"""Laws that take a minute and ship with the library: two hands and fifty-two cards."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from lab.catalog import ROOT
from lab.shuffling import permutations
from lab.shuffling.lemma import Laws
from lab.shuffling.spec import ShuffleSpec

DECK = 52
FILE = ROOT / "data" / "gallery" / "shuffling" / f"transpositions-{DECK}.npz"
AXIS = "cycles"


def write(path: Path = FILE) -> Path:
    """Follow 281589 cycle types of 52 cards until they are quiet; half a gigabyte of memory.

    Parameters
    ----------
    path : Path
    """
    spec = ShuffleSpec("transpositions", DECK)
    laws = permutations.laws(spec, permutations.spectrum(spec).horizon())
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, shares=laws.shares.astype("f4"), even=laws.even, distance=laws.distance)
    return path


@cache
def read() -> Laws:
    """What `write` wrote."""
    with np.load(FILE) as kept:
        shares = kept["shares"].astype(float)
        return Laws(AXIS, np.arange(1, DECK + 1), shares, kept["even"], kept["distance"])
