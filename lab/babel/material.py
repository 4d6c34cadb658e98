"""What a training learns from: scenes, the passages between them, and the drawings of both on disk."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from lab.babel import corpus
from lab.babel.illustrator import Passage, Scene
from lab.babel.plan import Plan


class Material:
    """Scenes and passages of a plan; the drawings lie in its folder."""

    def __init__(self, plan: Plan):
        self.plan = plan

    @cached_property
    def scenes(self) -> list[Scene]:
        """The training scenes."""
        return corpus.scenes("train", self.plan.drawings)

    @cached_property
    def passages(self) -> list[Passage]:
        """The passages between training scenes."""
        return corpus.passages(self.plan.passages)

    def draw(self) -> None:
        """Draw the training pictures; the unseen ones are drawn where they are measured."""
        for kind, number in (("train", self.plan.drawings), (corpus.PASSAGES, self.plan.passages)):
            corpus.draw_corpus(self.plan.out / "drawings", kind, number)

    def drawn(self, size: int, passages: bool = False) -> np.ndarray:
        """The drawings of the scenes, or of the passages, at a size: uint8 (n, size, size, 3)."""
        kind, number = (corpus.PASSAGES, self.plan.passages) if passages else ("train", self.plan.drawings)
        return corpus.pictures(self.plan.out / "drawings", kind, number, size)
