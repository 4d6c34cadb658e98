"""What the specs of all renders share: what is left open is filled in, equal specs have equal keys."""

from __future__ import annotations

import hashlib
import json
from dataclasses import Field, asdict, replace
from typing import Any, ClassVar, Protocol, Self

from lab.diffusion.checks import check_length, check_sampling

FEW_STEPS = 8  # more are no few-step render


class OfModel(Protocol):
    """What names the model that it is asked of."""

    @property
    def model(self) -> str:
        """Name of the model."""


class Open(OfModel, Protocol):
    """What may leave settings to the model it names."""

    def with_defaults(self, defaults: dict) -> Self:
        """The same with everything filled in that was left open."""


class Keyed:
    """What can be asked for: frozen dataclasses that are named by what they hold."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def key(self) -> str:
        """Hash of the spec: equal specs, and only they, have equal keys on every machine.

        Fields that a class lists in ``LATER`` count only where they are not at their default.
        """
        plain = {name: field.default for name, field in self.__dataclass_fields__.items()}
        later = getattr(self, "LATER", ())
        told = {k: v for k, v in asdict(self).items() if k not in later or v != plain[k]}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


class Sampling(Keyed):
    """What the specs of all renders share: frozen dataclasses with steps, guidance, scheduler and model."""

    seed: int
    steps: int | None
    guidance: float | None
    scheduler: str | None
    negative: str
    model: str

    @property
    def manner(self) -> tuple[int, float, str, str]:
        """How a complete spec is sampled: steps, guidance, scheduler, negative prompt, in this order."""
        steps, guidance, scheduler = self.steps, self.guidance, self.scheduler
        assert steps is not None and guidance is not None and scheduler is not None, "a setting is left open"
        return steps, guidance, scheduler, self.negative

    def validate(self) -> Sampling:
        """Return the spec itself, or raise ``ValueError`` with the value, the limit and the mend."""
        raise NotImplementedError

    def check_manner(self) -> None:
        """Raise ``ValueError`` if the seed, or what of the manner is not left open, is out of its limits."""
        check_length(self.negative, "The negative prompt")
        check_sampling(self.seed, self.steps, self.guidance, self.scheduler)

    def with_defaults(self, defaults: dict) -> Self:
        """The same spec with steps, guidance and scheduler filled in where they were left open.

        Whoever asks for what a few-step variant cannot do gets the model's guided settings, where it has
        some: :class:`lab.diffusion.folder.Defaults`.
        """
        own = getattr(defaults, "guided", defaults) if self.guided(defaults) else defaults
        names = ("steps", "guidance", "scheduler")
        filled: dict[str, Any] = {name: own[name] for name in names if getattr(self, name) is None}
        return replace(self, **filled)

    def guided(self, defaults: dict) -> bool:
        """Whether it asks for another sampler, for guidance, a negative prompt or many steps."""
        if self.scheduler is not None:
            return self.scheduler != defaults["scheduler"]
        return bool((self.guidance or 0) > 1 or self.negative or (self.steps or 0) > FEW_STEPS)
