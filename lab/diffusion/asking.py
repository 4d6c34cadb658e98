"""What the specs of all renders share: what is left open is filled in, equal specs have equal keys."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from typing import Self

from lab.diffusion.checks import check_length, check_sampling

FEW_STEPS = 8  # more are no few-step render


class Sampling:
    """What the specs of all renders share: frozen dataclasses with steps, guidance, scheduler and model."""

    @property
    def manner(self) -> tuple[int, float, str, str]:
        """How it is sampled: steps, guidance, scheduler, negative prompt, as ``Model.denoise`` takes them."""
        return self.steps, self.guidance, self.scheduler, self.negative

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
        return replace(self, **{name: own[name] for name in names if getattr(self, name) is None})

    def guided(self, defaults: dict) -> bool:
        """Whether it asks for another sampler, for guidance, a negative prompt or many steps."""
        if self.scheduler is not None:
            return self.scheduler != defaults["scheduler"]
        return bool((self.guidance or 0) > 1 or self.negative or (self.steps or 0) > FEW_STEPS)

    def key(self) -> str:
        """Hash of the spec: equal specs, and only they, have equal keys on every machine.

        Fields that a class lists in ``LATER`` count only where they are not at their default.
        """
        plain = {name: field.default for name, field in self.__dataclass_fields__.items()}
        later = getattr(self, "LATER", ())
        told = {k: v for k, v in asdict(self).items() if k not in later or v != plain[k]}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
