"""Two recorded pictures that begin from the same noise: where they part, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from lab.diffusion.anatomy.anatomy import Anatomy
from lab.diffusion.anatomy.pieces import Ending, Moment, Opening
from lab.diffusion.anatomy.recording import record
from lab.diffusion.anatomy.spec import Comparison

if TYPE_CHECKING:
    from lab.diffusion.model import Model


@dataclass(frozen=True, eq=False)
class Pair:
    """Two anatomies.

    Parameters
    ----------
    first : Anatomy
    second : Anatomy, optional
        None until its recording has begun.
    """

    first: Anatomy
    second: Anatomy | None

    @classmethod
    def of(cls, pieces: Iterable[Opening | Moment | Ending]) -> Pair:
        """The pair that these pieces of a comparison make; the second begins with the second opening."""
        pieces = list(pieces)
        starts = [number for number, piece in enumerate(pieces) if isinstance(piece, Opening)]
        if len(starts) < 2:
            return cls(Anatomy.of(pieces), None)
        return cls(Anatomy.of(pieces[: starts[1]]), Anatomy.of(pieces[starts[1] :]))

    @property
    def matched(self) -> list[tuple[Moment, Moment]]:
        """For each moment of the first the one of the second that is nearest in the schedule."""
        if self.second is None or not self.second.moments:
            return []
        others = self.second.moments
        return [(own, min(others, key=partial(_between, own))) for own in self.first.moments]

    @property
    def whole(self) -> bool:
        """Whether both pictures are finished."""
        return bool(self.first.ending and self.second and self.second.ending)

    def distances(self, name: str) -> list[float]:
        """Relative distance of a tensor of the two at every step, 0 where they are equal.

        Parameters
        ----------
        name : {"latents", "clean", "prediction"}
        """
        return [apart(getattr(own, name), getattr(other, name)) for own, other in self.matched]

    @property
    def changed(self) -> float:
        """Mean difference of the finished pictures in grey levels, 0 to 255."""
        own, other = (ending.picture.astype(float) for ending in self.endings)
        return float(np.abs(own - other).mean())

    @property
    def endings(self) -> tuple[Ending, Ending]:
        """What a whole pair ended with."""
        assert self.second is not None, "the second picture has not begun"
        return self.first.finished, self.second.finished


def _between(own: Moment, other: Moment) -> tuple[float, int]:
    return abs(own.timestep - other.timestep), abs(own.index - other.index)


def apart(a: np.ndarray, b: np.ndarray) -> float:
    """Distance of two tensors over the root of their mean squared lengths; independent ones have root 2."""
    a, b = a.astype(np.float64).ravel(), b.astype(np.float64).ravel()
    size = np.sqrt((a @ a + b @ b) / 2)
    return float(np.linalg.norm(a - b) / size) if size else 0.0


def compare(
    model: Model,
    comparison: Comparison,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float, float], None] = lambda done, total: None,
) -> Iterator[Opening | Moment | Ending]:
    """Record the first picture and then the second; yields the pieces of both.

    Parameters
    ----------
    model : Model
    comparison : Comparison
        What is left open is the model's own.
    cancelled, progress : callable
        As in :meth:`lab.diffusion.model.Model.render`.
    """
    comparison = comparison.validate().with_defaults(model.defaults).validate()
    for number, spec in enumerate((comparison.first, comparison.second)):

        def told(done: float, total: float, number: int = number) -> None:
            progress(number * total + done, 2 * total)

        yield from record(model, spec, cancelled, told)
        if cancelled():
            return
