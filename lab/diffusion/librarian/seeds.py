"""A row of seeds: one prompt, many noises."""

from __future__ import annotations

from dataclasses import dataclass

from lab.compute import SEED_LIMIT
from lab.diffusion.librarian.picture import PictureSpec, single
from lab.diffusion.spec import Sampling, check_count

COUNT_MOST = 64


@dataclass(frozen=True)
class SeedsSpec(Sampling):
    """Pictures of several seeds in a row.

    Parameters
    ----------
    prompt : str
    count : int
        Seeds, 1 to 64; the first is ``seed``.
    seed, steps, guidance, scheduler, negative, model
        As in ``PictureSpec``.
    """

    prompt: str
    count: int = 12
    seed: int = 42
    steps: int | None = None
    guidance: float | None = None
    scheduler: str | None = None
    negative: str = ""
    model: str = "babel"

    def validate(self) -> SeedsSpec:
        """Return the spec itself, or raise ``ValueError`` with the value, the limit and the mend."""
        check_count("pictures", self.count, 1, COUNT_MOST)
        PictureSpec(self.prompt, **single(self)).validate()
        return self

    def seeds(self) -> list[int]:
        """The seeds; after the largest there is comes 0."""
        return [(self.seed + k) % SEED_LIMIT for k in range(self.count)]

    def pictures(self) -> list[PictureSpec]:
        """Call number of each picture."""
        own = single(self)
        return [PictureSpec(self.prompt, **own | {"seed": seed}) for seed in self.seeds()]
