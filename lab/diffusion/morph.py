"""Morph: walk over key prompts at a fixed seed.

Frame j of a segment is at t = j / frames and the segment's end point is left out, so no frame is doubled where
segments meet and a ring closes without a stutter. A ping-pong renders the way there and shows the same frames
on the way back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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
    """A place on the walk: ``t`` of the way from key prompt ``start`` to key prompt ``end``."""

    segment: int
    t: float
    start: int
    end: int


def itinerary(spec: MorphSpec) -> list[Stop]:
    """Every stop of the walk in the order of showing."""
    count, frames = len(spec.prompts), spec.segment_frames()
    legs = [(i, (i + 1) % count, n) for i, n in enumerate(frames)]
    if spec.loop == "pingpong":
        legs += [(end, start, n) for start, end, n in reversed(legs)]
    stops = [Stop(s, j / n, start, end) for s, (start, end, n) in enumerate(legs) for j in range(n)]
    if spec.loop == "none":
        stops.append(Stop(len(legs) - 1, 1.0, count - 2, count - 1))
    return stops


def rendered_count(spec: MorphSpec) -> int:
    """Number of pictures that are rendered: all stops, but of a ping-pong only those of the way there."""
    return sum(spec.segment_frames()) + (spec.loop != "ring")


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
    """Embeddings of the stops that are rendered, of shape ``(rendered_count, tokens, width)``."""
    import torch

    from lab.diffusion import paths

    between = {"lerp": paths.lerp, "slerp": paths.slerp}[spec.interpolation]
    keys = model.embed(spec.prompts)
    stops = itinerary(spec)[: rendered_count(spec)]
    return torch.stack([between(keys[stop.start], keys[stop.end], stop.t) for stop in stops])


def show(spec: MorphSpec, pictures: Iterator[np.ndarray]) -> Iterator[Frame]:
    """Frames in the order of showing; the way back of a ping-pong follows only a finished way there."""
    stops, shown = itinerary(spec), []
    for stop, picture in zip(stops, pictures, strict=False):
        shown.append(picture)
        yield Frame(picture, stop.t, stop.segment, len(shown) - 1)
    if len(shown) < rendered_count(spec):
        return
    for index in range(len(shown), len(stops)):
        yield Frame(shown[len(stops) - index], stops[index].t, stops[index].segment, index)
