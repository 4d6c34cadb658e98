"""A recorded picture: its pieces together, and what can be read off them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lab.diffusion.anatomy.pieces import Ending, Moment, Opening
from lab.diffusion.anatomy.spec import AnatomySpec


@dataclass(frozen=True, eq=False)
class Anatomy:
    """A recorded picture, whole or as far as it is.

    Parameters
    ----------
    opening : Opening
        What stood before the first step.
    moments : tuple of Moment
        One for each step.
    ending : Ending, optional
        None while the picture is not finished.
    """

    opening: Opening
    moments: tuple[Moment, ...]
    ending: Ending | None

    @classmethod
    def of(cls, pieces: Iterable[Opening | Moment | Ending]) -> Anatomy:
        """The anatomy that these pieces of a recording make; ``ValueError`` if there is none."""
        pieces = list(pieces)
        if not pieces:
            raise ValueError("Nothing of the picture was recorded; let it render at least one step.")
        opening, last = pieces[0], pieces[-1]
        assert isinstance(opening, Opening)
        moments = tuple(piece for piece in pieces if isinstance(piece, Moment))
        return cls(opening, moments, last if isinstance(last, Ending) else None)

    @property
    def finished(self) -> Ending:
        """What a whole recording ended with."""
        assert self.ending is not None, "the picture is not finished"
        return self.ending

    @property
    def spec(self) -> AnatomySpec:
        """What was asked, nothing left open."""
        return self.opening.spec

    @property
    def clean(self) -> np.ndarray:
        """Predicted x0 of every step, of shape (steps, channels, height, width)."""
        return np.stack([moment.clean for moment in self.moments])

    @property
    def latents(self) -> np.ndarray:
        """Noisy latents of every step, of shape (steps, channels, height, width)."""
        return np.stack([moment.latents for moment in self.moments])

    @cached_property
    def attention(self) -> np.ndarray:
        """Cross-attention of every step, of shape (steps, tokens, h, w)."""
        return np.stack([moment.attention for moment in self.moments])

    @property
    def words(self) -> dict[int, tuple[str, list[int]]]:
        """For each word of the prompt, its text and the numbers of its tokens."""
        found: dict[int, tuple[str, list[int]]] = {}
        for number, token in enumerate(self.opening.tokens):
            if token.kind == "word":
                text, numbers = found.get(token.word, ("", []))
                found[token.word] = text + token.text, [*numbers, number]
        return found

    def looked_at(self, numbers: list[int], step: int | None = None) -> np.ndarray:
        """Share of attention that goes to some tokens together, (h, w), float32; the mean over all steps."""
        maps = self.attention if step is None else self.attention[step : step + 1]
        return maps[:, numbers].astype(np.float32).sum(axis=1).mean(axis=0)
