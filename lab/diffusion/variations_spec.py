"""What is asked of variations: the start, the walk and the way to the start, frozen, with its limits."""

from __future__ import annotations

from dataclasses import dataclass

from lab.compute import SEED_LIMIT, check_seed
from lab.diffusion.spec import (
    Sampling,
    check_count,
    check_number,
    check_prompt,
)

COUNT_MOST = 240
SIGMA_MOST = 1.0
PICKS_MOST = 64


@dataclass(frozen=True)
class Pick:
    """A step of a walk that became the start of the next one.

    Parameters
    ----------
    step : int
        k of the ``y[k]`` that was picked, 1 or more.
    seed : int
        Of the walk's noise.
    sigma, pull : float
        Of the walk.
    """

    step: int
    seed: int
    sigma: float = 0.02
    pull: float = 0.5


@dataclass(frozen=True)
class VariationsSpec(Sampling):
    """A walk on a leash.

    Parameters
    ----------
    prompt : str
    picks : tuple of Pick
        The way from the prompt to the start of this walk; none: the prompt itself is the start.
    count : int
        Steps, 1 to 240.
    sigma : float
        Standard deviation of the noise of a step in the model's unit, 0 to 1.
    pull : float
        Share of the start in every step, 0 to 1.
    walk_seed : int, optional
        Of the walk's noise. If left out it is the seed plus the number of picks: a new start, a new walk.
    seed : int
        Of the initial noise that all pictures share.
    steps, guidance, scheduler : optional
        ``None`` takes what looks good on the model in the fewest steps.
    negative : str
        Prompt of the unconditional pass.
    model : str
        Name or folder of the model.
    """

    prompt: str
    picks: tuple[Pick, ...] = ()
    count: int = 16
    sigma: float = 0.02
    pull: float = 0.5
    walk_seed: int | None = None
    seed: int = 42
    steps: int | None = None
    guidance: float | None = None
    scheduler: str | None = None
    negative: str = ""
    model: str = "babel"

    def validate(self) -> VariationsSpec:
        """Return the spec itself, or raise ``ValueError`` with the value, the limit and the mend."""
        check_prompt(self.prompt)
        self.check_manner()
        if len(self.picks) > PICKS_MOST:
            raise ValueError(f"There are {len(self.picks)} picks, the limit is {PICKS_MOST}; go back a few.")
        own = Pick(self.count, self.noise_seed, self.sigma, self.pull)
        for walk in (*self.picks, own):
            check_count("variations", walk.step, 1, COUNT_MOST)
            check_number("sigma", walk.sigma, 0, SIGMA_MOST)
            check_number("pull", walk.pull, 0, 1)
            check_seed(walk.seed)
        return self

    @property
    def noise_seed(self) -> int:
        """Seed of the walk's noise."""
        return (self.seed + len(self.picks)) % SEED_LIMIT if self.walk_seed is None else self.walk_seed
