"""How a walk mixes: exact distance, bound, spectrum and laws, step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lab.shuffling import abelian, permutations, riffle, shipped
from lab.shuffling.lemma import Laws, Spectrum
from lab.shuffling.spec import ShuffleSpec

MIXED = 0.25  # distance at which one calls a walk mixed
SIZES = {
    "riffle": (13, 26, 52, 104, 156),
    "transpositions": (4, 8, 15, 30),
    "circle": (7, 15, 31, 61),
    "cube": (6, 12, 25, 50, 100),
    "redraw": (5, 10, 20, 40),
    "turn": (5, 10, 20, 40),
}
Transform = Callable[[ShuffleSpec], Spectrum]
Following = Callable[[ShuffleSpec, int], Laws]
ROUTES: dict[str, tuple[Transform, Following]] = {
    "riffle": (riffle.spectrum, riffle.laws),
    "transpositions": (permutations.spectrum, permutations.laws),
    "circle": (abelian.circle_spectrum, abelian.circle_laws),
    "cube": (abelian.cube_spectrum, abelian.cube_laws),
    "redraw": (abelian.redraw_spectrum, abelian.redraw_laws),
    "turn": (abelian.turn_spectrum, abelian.turn_laws),
}


@dataclass(frozen=True, eq=False)
class Mixing:
    """A walk from its first step until it is quiet.

    Attributes
    ----------
    spec : ShuffleSpec
    bound : ndarray of shape (steps + 1,)
        The lemma's; not cut at 1.
    laws : Laws or None
        None where the exact law takes too long: transpositions of 31 to 51 cards.
    spectrum : Spectrum
    """

    spec: ShuffleSpec
    bound: np.ndarray
    laws: Laws | None
    spectrum: Spectrum

    @property
    def steps(self) -> int:
        """The last step."""
        return len(self.bound) - 1

    @property
    def known(self) -> np.ndarray:
        """The exact distance where it is known, else the bound cut at 1."""
        return self.laws.distance if self.laws else np.minimum(self.bound, 1)


def shuffle(spec: ShuffleSpec) -> Mixing:
    """Follow a walk until the lemma's bound is at 0.02, or would be but for a period.

    Parameters
    ----------
    spec : ShuffleSpec
        Nothing is random here: equal specs give equal results.
    """
    spec.validate()
    heard = ROUTES[spec.walk][0](spec)
    bound = riffle.bounds(spec.size) if spec.walk == "riffle" else heard.bound(np.arange(heard.horizon() + 1))
    return Mixing(spec, bound, _laws(spec, len(bound) - 1), heard)


def _laws(spec: ShuffleSpec, steps: int) -> Laws | None:
    """The exact laws; large decks and two hands have some that ship with the library, or none."""
    if spec.walk == "transpositions" and spec.size > permutations.EXACT_MOST:
        return shipped.read() if spec.size == shipped.DECK else None
    return ROUTES[spec.walk][1](spec, steps)


def mixing_time(distance: np.ndarray, mixed: float = MIXED) -> int | None:
    """The first step from which on the distance is at most `mixed`, or None where it never is.

    Parameters
    ----------
    distance : array of shape (steps + 1,)
        Exact or a bound; neither ever grows.
    mixed : float
    """
    below = np.flatnonzero(distance <= mixed)
    return int(below[0]) if len(below) else None


def family(spec: ShuffleSpec) -> list[Mixing]:
    """The same walk in all sizes of `SIZES`, smallest first.

    Parameters
    ----------
    spec : ShuffleSpec
        Its size does not matter.
    """
    return [shuffle(ShuffleSpec(spec.walk, size, spec.stay)) for size in SIZES[spec.walk]]
