"""The claim that one can check: a frame rendered alone is the frame of the film, bit for bit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lab.diffusion.asking import Keyed
from lab.diffusion.itinerary import itinerary
from lab.diffusion.spec import MorphSpec, check_count

if TYPE_CHECKING:
    from lab.diffusion.model import Model


@dataclass(frozen=True)
class AloneSpec(Keyed):
    """One frame of a morph.

    Parameters
    ----------
    morph : MorphSpec
        Complete: nothing left open.
    index : int
        Place among all frames shown, from 0.
    t : float
        The place within its segment that the film's frame has; a pilot pass may have moved it.
    """

    morph: MorphSpec
    index: int
    t: float

    @property
    def model(self) -> str:
        """Name of the model."""
        return self.morph.model

    def validate(self) -> AloneSpec:
        """Return the spec itself, or raise ``ValueError`` with the value, the limit and the mend."""
        check_count("the frame", self.index + 1, 1, len(itinerary(self.morph)))
        return self


def alone(
    model: Model,
    spec: AloneSpec,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float, float], None] = lambda done, total: None,
) -> Iterator[np.ndarray]:
    """Render the frame by itself, with no store and in no company; yields one picture."""
    from lab.diffusion.footage import Footage

    stop = itinerary(spec.validate().morph)[spec.index]
    footage = Footage(model, spec.morph)
    embedding, noise = footage.embeddings([stop], [spec.t]), footage.noise([stop], [spec.t])
    asked = (spec.morph.seed, *spec.morph.manner)
    return model.render(embedding, *asked, noise=noise, cancelled=cancelled, progress=progress)
