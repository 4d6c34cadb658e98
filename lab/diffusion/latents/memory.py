"""Latents that were drawn before, so that a second look at the same pictures draws nothing."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

REMEMBERED = 64  # latents that are kept


class Memory(OrderedDict):
    """Latents of prompts by what they were drawn with; the oldest use is forgotten first."""

    def recall(self, key: tuple) -> Tensor | None:
        """What is kept under a key."""
        if key in self:
            self.move_to_end(key)
        return self.get(key)

    def keep(self, key: tuple, latents: Tensor) -> None:
        """Remember latents."""
        self[key] = latents
        self.move_to_end(key)
        while len(self) > REMEMBERED:
            self.popitem(last=False)
