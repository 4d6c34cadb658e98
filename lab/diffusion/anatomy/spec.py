"""What is asked of an anatomy: one picture whose tensors are kept, or two that are compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from lab.compute import check_seed
from lab.diffusion.spec import SCHEDULERS, Sampling, check_choice, check_count, check_length

STEPS_MOST = 60
KINDS: dict[str, str] = {
    "prompt": "two prompts",
    "guidance": "two guidance scales",
    "scheduler": "two samplers",
    "step_seed": "two states of the generator",
}


@dataclass(frozen=True)
class AnatomySpec(Sampling):
    """One picture, all of whose tensors are kept.

    Parameters
    ----------
    prompt : str
    seed : int
        Of the initial noise, and of the generator that goes on with the noise of later steps.
    steps, guidance, scheduler : optional
        ``None`` takes what looks good on the model in the fewest steps; at most 60 steps.
    negative : str
        Prompt of the unconditional pass.
    step_seed : int, optional
        Seed of another generator for the noise that euler_a and lcm add after the initial noise was drawn;
        ``None`` goes on with the first.
    model : str
        Name or folder of the model.
    """

    prompt: str
    seed: int = 42
    steps: int | None = None
    guidance: float | None = None
    scheduler: str | None = None
    negative: str = ""
    step_seed: int | None = None
    model: str = "babel"

    def guided(self, defaults: dict) -> bool:
        """Always, but for the few-step sampler asked for by name: there is much to see in guidance."""
        return self.scheduler != defaults["scheduler"]

    def validate(self) -> AnatomySpec:
        """Return the spec itself, or raise ``ValueError`` with the value, the limit and the mend."""
        check_length(self.prompt, "The prompt")
        self.check_manner()
        if self.steps is not None:
            check_count("steps", self.steps, 1, STEPS_MOST)
        if self.step_seed is not None:
            check_seed(self.step_seed)
        return self


@dataclass(frozen=True)
class Comparison:
    """Two pictures that begin from the same noise and differ in one thing.

    Parameters
    ----------
    first : AnatomySpec
    kind : {"prompt", "guidance", "scheduler", "step_seed"}
        The field in which the second differs.
    other : str, float or int
        Its value there.
    """

    first: AnatomySpec
    kind: str
    other: str | float | int

    @property
    def second(self) -> AnatomySpec:
        """The other picture."""
        changed: dict[str, Any] = {self.kind: self.other}
        return replace(self.first, **changed)

    @property
    def model(self) -> str:
        """Name of the model, the same for both."""
        return self.first.model

    def validate(self) -> Comparison:
        """Return the comparison itself, or raise ``ValueError`` for a pair that cannot be."""
        check_choice("comparison", self.kind, KINDS)
        if self.kind == "scheduler":
            check_choice("scheduler", str(self.other), SCHEDULERS)
        self.first.validate()
        self.second.validate()
        return self

    def with_defaults(self, defaults: dict) -> Comparison:
        """The same comparison with what was left open filled in."""
        return replace(self, first=self.first.with_defaults(defaults))

    def key(self) -> str:
        """Hash of both specs."""
        return f"{self.first.key()} {self.second.key()}"
