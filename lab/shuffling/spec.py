"""What is shuffled, and how: the walks of this room, their sizes, how often they stay."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, log2, pi


@dataclass(frozen=True)
class Kind:
    """A family of walks on groups, one for each size.

    Attributes
    ----------
    title, group : str
    size : str
        What the size counts.
    least, most : int
        Sizes that are computed.
    clock : str
        What `ShuffleSpec.cutoff` is.
    stays : bool
        Whether one chooses how often it stays; else its source says so.
    """

    title: str
    group: str
    size: str
    least: int
    most: int
    clock: str
    stays: bool = False


WALKS = {
    "riffle": Kind("Riffle shuffles", "the permutations of the cards", "Cards", 2, 156, "(1.5 log₂ n)"),
    "transpositions": Kind(
        "Random transpositions", "the permutations of the cards", "Cards", 2, 52, "(½ n log n)"
    ),
    "circle": Kind("A walk round a circle", "ℤ/n", "Places", 3, 75, "relaxation time", True),
    "cube": Kind("A walk on a cube", "(ℤ/2)ᵈ", "Switches", 2, 100, "cutoff", True),
    "redraw": Kind("Moves drawn anew", "(ℤ/3)ᵐ", "Moves", 2, 40, "(½ m log m)"),
    "turn": Kind("Moves turned on", "(ℤ/3)ᵐ", "Moves", 2, 40, "cutoff", True),
}
STAYS = {"one": "as likely as a move", "half": "half of the time", "never": "never"}


@dataclass(frozen=True)
class ShuffleSpec:
    """A walk on a finite group: independent steps of one distribution, multiplied up from the identity.

    Attributes
    ----------
    walk : str
        One of `WALKS`.
    size : int
        Cards, places, switches or moves.
    stay : str
        One of `STAYS`; walks whose source says how often they stay know "one" alone.
    """

    walk: str = "riffle"
    size: int = 52
    stay: str = "one"

    def validate(self) -> ShuffleSpec:
        """The spec itself, or `ValueError` with one sentence about what cannot be."""
        if self.walk not in WALKS:
            raise ValueError(f"No walk is called {self.walk!r}: choose one of {', '.join(WALKS)}.")
        kind = WALKS[self.walk]
        if not kind.least <= self.size <= kind.most:
            raise ValueError(
                f"The size is {self.size}, but {self.walk} takes from {kind.least} to {kind.most}."
            )
        if self.stay not in STAYS:
            raise ValueError(f"No way to stay is called {self.stay!r}: choose one of {', '.join(STAYS)}.")
        if self.stay != "one" and not kind.stays:
            raise ValueError(
                f"How often {self.walk} stays is part of the walk, so stay is 'one', not {self.stay!r}."
            )
        return self

    @property
    def staying(self) -> float:
        """Probability that a step of a circle, a cube or a turn changes nothing."""
        moves = 2 if self.walk == "circle" else self.size
        return {"one": 1 / (moves + 1), "half": 0.5, "never": 0.0}[self.stay]

    @property
    def period(self) -> int:
        """Steps after which the walk can be back where it was; above 1 it never mixes."""
        if self.stay != "never":
            return 1
        return {"circle": 2 - self.size % 2, "cube": 2, "turn": 3}[self.walk]

    @property
    def cutoff(self) -> float:
        """Steps around which large groups mix: where the loudest terms of the lemma add up to one.

        On the circle, which mixes gradually, it is the relaxation time.

        Source: Diaconis, *Group Representations in Probability and Statistics*, 1988, chapter 3;
        Bayer and Diaconis 1992 for the riffle.
        """
        n = self.size
        if self.walk == "riffle":
            return 1.5 * log2(n)
        if self.walk in ("transpositions", "redraw"):
            return n * log(n) / 2
        moving = 1 - self.staying
        if self.walk == "circle":
            return n**2 / (2 * pi**2 * moving)
        return n * log(n) / ((4 if self.walk == "cube" else 3) * moving)
