"""What is asked of a mix: sources, weights of every blend, kind of mean; frozen, with its limits."""

from __future__ import annotations

from dataclasses import dataclass

from lab.diffusion import simplex
from lab.diffusion.simplex import Weights
from lab.diffusion.spec import Sampling, check_choice, check_prompt

SOURCES_LEAST, SOURCES_MOST = 2, 6
BLENDS_MOST = 240
MEANS: dict[str, str] = {
    "plain": "the weighted mean as it is",
    "restored": "the weighted mean, stretched until it is as far from the empty prompt as its sources",
}


@dataclass(frozen=True)
class MixSpec(Sampling):
    """Blends of two to six prompts, all from the same noise.

    Parameters
    ----------
    prompts : tuple of str
        The sources, 2 to 6.
    weights : tuple of tuples of float
        One tuple for each blend, one weight for each source; they need not add up to one. None: equal
        weights, one blend.
    mean : {"plain", "restored"}
    seed : int
    steps, guidance, scheduler : optional
        ``None`` takes what looks good on the model in the fewest steps.
    negative : str
        Prompt of the unconditional pass.
    model : str
        Name or folder of the model.
    """

    prompts: tuple[str, ...]
    weights: tuple[Weights, ...] = ()
    mean: str = "plain"
    seed: int = 42
    steps: int | None = None
    guidance: float | None = None
    scheduler: str | None = None
    negative: str = ""
    model: str = "babel"

    def validate(self) -> MixSpec:
        """Return the spec itself, or raise ``ValueError`` with the value, the limit and the mend."""
        count = len(self.prompts)
        if isinstance(self.prompts, str) or not SOURCES_LEAST <= count <= SOURCES_MOST:
            told = 1 if isinstance(self.prompts, str) else count
            raise ValueError(
                f"A mix needs {SOURCES_LEAST} to {SOURCES_MOST} sources, but there are {told}; give as many."
            )
        for number, prompt in enumerate(self.prompts, start=1):
            check_prompt(prompt, f"Source {number}", ", or take the source out")
        check_choice("mean", self.mean, MEANS)
        self.check_manner()
        self._check_weights()
        return self

    def blends(self) -> tuple[Weights, ...]:
        """Weights of every blend, each adding up to one."""
        asked = self.weights or (simplex.centre(len(self.prompts)),)
        return tuple(simplex.normalise(weights) for weights in asked)

    def _check_weights(self) -> None:
        if len(self.weights) > BLENDS_MOST:
            raise ValueError(
                f"There are {len(self.weights)} blends, the limit is {BLENDS_MOST}; take a coarser lattice."
            )
        for weights in self.weights:
            if len(weights) != len(self.prompts):
                raise ValueError(
                    f"There are {len(weights)} weights for {len(self.prompts)} sources; give one for each."
                )
        self.blends()
