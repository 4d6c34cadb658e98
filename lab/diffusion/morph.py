"""Morph: walk over key prompts at a fixed seed.

Frame j of a segment is at t = j / frames and the end point is left out, so no frame is doubled where
segments meet and a ring closes without a stutter. No place is rendered twice: the way back of a ping-pong,
or of a ring of two prompts, shows the frames of the way there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from lab.diffusion.spec import MorphSpec

if TYPE_CHECKING:
    from torch import Tensor

    from lab.diffusion.model import Model


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture of a morph.

    Parameters
    ----------
    image : ndarray of shape (H, W, 3), uint8
    t : float
        Place within the segment, 0 <= t < 1; 1 only for the last frame of a morph that does not loop.
    segment : int
        Segment number in the order of showing; on the way back of a ping-pong it counts on.
    index : int
        Place among all frames shown.
    """

    image: np.ndarray
    t: float
    segment: int
    index: int


@dataclass(frozen=True)
class Stop:
    """A place on the walk: ``t`` of the way from key prompt ``start`` to key prompt ``end``, exactly."""

    segment: int
    t: Fraction
    start: int
    end: int

    @property
    def place(self) -> frozenset[tuple[int, Fraction]]:
        """Key prompts and their weights, the same from whichever side one comes."""
        if self.start == self.end:
            return frozenset({(self.start, Fraction(1))})
        return frozenset((k, w) for k, w in ((self.start, 1 - self.t), (self.end, self.t)) if w)


def itinerary(spec: MorphSpec) -> list[Stop]:
    """Every stop of the walk in the order of showing."""
    frames = spec.segment_frames()
    keys = [spec.prompts.index(prompt) for prompt in spec.prompts]
    legs = list(zip(keys, keys[1:] + keys[:1], frames, strict=False))
    if spec.loop == "pingpong":
        legs += [(end, start, n) for start, end, n in reversed(legs)]
    stops = [Stop(s, Fraction(j, n), start, end) for s, (start, end, n) in enumerate(legs) for j in range(n)]
    if spec.loop == "none":
        stops.append(Stop(len(legs) - 1, Fraction(1), *keys[-2:]))
    return stops


def plan(spec: MorphSpec) -> tuple[list[Stop], list[int]]:
    """Stops to render, no place twice, and for every stop that is shown the number of its picture."""
    rendered, shown, numbers = [], [], {}
    for stop in itinerary(spec):
        number = numbers.setdefault(stop.place, len(rendered))
        if number == len(rendered):
            rendered.append(stop)
        shown.append(number)
    return rendered, shown


def rendered_count(spec: MorphSpec) -> int:
    """Number of pictures that are rendered."""
    return len(plan(spec)[0])


def morph(
    model: Model,
    prompts: Sequence[str],
    frames: int | Sequence[int] = 16,
    loop: str = "ring",
    seed: int = 42,
    steps: int | None = None,
    guidance: float | None = None,
    scheduler: str | None = None,
    negative: str = "",
    interpolation: str = "lerp",
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Frame]:
    """Render a morph.

    Parameters
    ----------
    model : Model
    prompts, frames, loop, seed, steps, guidance, scheduler, negative, interpolation
        As in :class:`~lab.diffusion.spec.MorphSpec`.
    cancelled, progress : callable
        As in :meth:`lab.diffusion.model.Model.render`; a cancelled morph ends after its finished frames.

    Returns
    -------
    iterator of Frame
        In the order of showing, each as soon as it is finished.

    Raises
    ------
    ValueError
        If the spec is out of its limits.
    """
    counts = frames if isinstance(frames, int) else tuple(frames)
    keys = prompts if isinstance(prompts, str) else tuple(prompts)
    spec = MorphSpec(
        keys, counts, loop, seed, steps, guidance, scheduler, negative, interpolation, model.name
    )
    return render_spec(model, spec, cancelled, progress)


def render_spec(
    model: Model,
    spec: MorphSpec,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Frame]:
    """Render the morph that ``spec`` asks for; parameters left open are the model's defaults."""
    spec = spec.validate().with_defaults(model.defaults).validate()
    pictures = model.render(
        embeddings(model, spec),
        spec.seed,
        spec.steps,
        spec.guidance,
        spec.scheduler,
        spec.negative,
        cancelled=cancelled,
        progress=progress,
    )
    return show(spec, pictures)


def embeddings(model: Model, spec: MorphSpec) -> Tensor:
    """Embeddings of the stops that are rendered, of shape ``(stops, tokens, width)``."""
    import torch

    from lab.diffusion import paths

    between = {"lerp": paths.lerp, "slerp": paths.slerp}[spec.interpolation]
    keys = model.embed(spec.prompts)
    return torch.stack([between(keys[stop.start], keys[stop.end], float(stop.t)) for stop in plan(spec)[0]])


def show(spec: MorphSpec, pictures: Iterator[np.ndarray]) -> Iterator[Frame]:
    """Frames in the order of showing; they end where the pictures do."""
    finished = []
    for index, (stop, number) in enumerate(zip(itinerary(spec), plan(spec)[1], strict=True)):
        if number == len(finished):
            picture = next(pictures, None)
            if picture is None:
                return
            finished.append(picture)
        yield Frame(finished[number], float(stop.t), stop.segment, index)
