"""The seed scout: many seeds sketched in a few steps, ranked, so that the full render goes to a good one.

*Likeness* is the cosine between picture and prompt in the space of babel's judge, a small CLIP that knows
nobody's pictures but babel's. *Evenness* looks at the seed's morph to a second prompt at five stops: the mean
distance of neighbouring stops divided by the largest, 1 for a walk without a jump. Distances are root mean
squares of latents, so nothing is decoded but the pictures that are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from lab.compute import SEED_LIMIT
from lab.diffusion.librarian.picture import PictureSpec, single
from lab.diffusion.spec import Sampling, check_choice, check_count, check_prompt

RANKS = {"likeness": "likeness to the prompt", "evenness": "evenness of the morph"}
COUNT_MOST = 128
STOPS = 5
SHARE = 4  # a sketch takes a quarter of the steps
SKETCH_LEAST = 2


@dataclass(frozen=True)
class ScoutSpec(Sampling):
    """A scouting party.

    Parameters
    ----------
    prompt : str
    towards : str
        Second prompt of a morph; with it the rank may be "evenness".
    count : int
        Seeds, 1 to 128; the first is ``seed``.
    rank : {"likeness", "evenness"}
    sketch : int, optional
        Steps of a sketch; a quarter of ``steps``, but at least 2, if left out.
    seed, steps, guidance, scheduler, negative, model
        As in ``PictureSpec``: what a found seed is rendered with later.
    """

    prompt: str
    towards: str = ""
    count: int = 32
    rank: str = "likeness"
    sketch: int | None = None
    seed: int = 42
    steps: int | None = None
    guidance: float | None = None
    scheduler: str | None = None
    negative: str = ""
    model: str = "babel"

    def validate(self) -> ScoutSpec:
        """Return the spec itself, or raise ``ValueError`` with the value, the limit and the mend."""
        PictureSpec(self.prompt, **single(self)).validate()
        check_choice("rank", self.rank, RANKS)
        check_count("seeds", self.count, 1, COUNT_MOST)
        if self.rank == "evenness":
            check_prompt(self.towards, "The second prompt", "or rank by likeness")
        elif self.model != "babel":
            raise ValueError(f"The judge knows no pictures of {self.model!r}; rank by evenness instead.")
        if self.sketch is not None:
            PictureSpec(self.prompt, **single(self) | {"steps": self.sketch}).validate()
        return self

    def with_defaults(self, defaults: dict) -> Self:
        """The same spec with everything filled in that was left open."""
        full = super().with_defaults(defaults)
        return full if full.sketch else replace(full, sketch=max(SKETCH_LEAST, -(-full.manner[0] // SHARE)))

    def seeds(self) -> list[int]:
        """The seeds that are looked at."""
        return [(self.seed + k) % SEED_LIMIT for k in range(self.count)]

    def pictures(self) -> list[PictureSpec]:
        """Call number of what each seed will be in all its steps."""
        own = single(self)
        return [PictureSpec(self.prompt, **own | {"seed": seed}) for seed in self.seeds()]

    def sketches(self) -> int:
        """Pictures that are sketched."""
        return self.count * (STOPS if self.rank == "evenness" else 1)


@dataclass(frozen=True, eq=False)
class Scouted:
    """What was found with one seed.

    Parameters
    ----------
    image : ndarray of shape (H, W, 3), uint8
        The sketch; for evenness those of the walk's begin, middle and end, side by side.
    index : int
    spec : PictureSpec
        Of the full render, no sketch.
    score : float
        Likeness, -1 to 1, or evenness, above 0 to 1.
    distances : tuple of float
        Between neighbouring stops; empty for likeness.
    """

    image: np.ndarray
    index: int
    spec: PictureSpec
    score: float
    distances: tuple[float, ...] = ()


def ranked(found: Sequence[Scouted]) -> list[Scouted]:
    """The best first; equal ones in the order of their seeds.

    Parameters
    ----------
    found : sequence of Scouted
    """
    return sorted(found, key=lambda one: (-one.score, one.index))


def evenness(distances: Sequence[float]) -> float:
    """Mean divided by the largest; 1 where nothing moves at all."""
    return float(np.mean(distances) / max(distances)) if max(distances) > 0 else 1.0
