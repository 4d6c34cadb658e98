"""Morph: walk over key prompts, with one noise for all frames or from noise to noise.

Frame j of a segment is at t = j / frames and the end point is left out, so no frame is doubled where
segments meet and a ring closes without a stutter. No place is rendered twice: the way back of a ping-pong,
or of a ring of two prompts, shows the frames of the way there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lab.diffusion import spacing
from lab.diffusion.itinerary import Stop, itinerary, plan, rendered_count
from lab.diffusion.spec import MorphSpec

if TYPE_CHECKING:
    from torch import Tensor

    from lab.diffusion.footage import Footage
    from lab.diffusion.model import Model
    from lab.diffusion.store import Store

__all__ = [
    "Frame",
    "Stop",
    "embeddings",
    "itinerary",
    "morph",
    "plan",
    "render_spec",
    "rendered_count",
    "show",
]

Asked = Callable[[], bool]
Told = Callable[[float, float], None]


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
    cancelled: Asked = lambda: False,
    progress: Told = lambda done, total: None,
    *,
    easing: str = "linear",
    spacing: str = "equal",
    seeds: Sequence[int] = (),
    hold: int = 0,
    added: Sequence[str] = (),
    store: Store | None = None,
) -> Iterator[Frame]:
    """Render a morph.

    Parameters
    ----------
    model : Model
    prompts, frames, loop, seed, steps, guidance, scheduler, negative, interpolation
        As in :class:`~lab.diffusion.spec.MorphSpec`.
    cancelled, progress : callable
        As in :meth:`lab.diffusion.model.Model.render`; a cancelled morph ends after its finished frames.
    easing, spacing, seeds, hold, added
        As there.
    store : Store, optional
        Where frames that were rendered before are found, and new ones are kept.

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
    texts: Any = prompts if isinstance(prompts, str) else tuple(prompts)  # one text alone is refused
    sampling = (seed, steps, guidance, scheduler, negative, interpolation, model.name)
    walk = (easing, spacing, tuple(seeds), hold, tuple(added))
    return render_spec(model, MorphSpec(texts, counts, loop, *sampling, *walk), cancelled, progress, store)


def render_spec(
    model: Model,
    spec: MorphSpec,
    cancelled: Asked = lambda: False,
    progress: Told = lambda done, total: None,
    store: Store | None = None,
) -> Iterator[Frame]:
    """Render the morph that ``spec`` asks for; parameters left open are the model's defaults."""
    spec = spec.validate().with_defaults(model.defaults).validate()
    return _rendered(model, spec, cancelled, progress, store)


def _rendered(model, spec, cancelled, progress, store) -> Iterator[Frame]:
    from lab.diffusion.footage import Footage

    footage, stops = Footage(model, spec, store, cancelled), plan(spec)[0]
    share = _pilot_share(spec, stops)
    paces = find_paces(footage, stops, progress)
    if paces is None:
        return
    pictures = footage.checked(stops, paces, _part(progress, share, 1.0) if share else progress)
    yield from show(spec, pictures, [spacing.weight(stop, paces) for stop in itinerary(spec)])


def find_paces(footage: Footage, stops: Sequence[Stop], progress: Told) -> dict | None:
    """Paces of all segments where even steps are asked for, by a pilot pass; None if it was cancelled."""
    spec = footage.spec
    if spec.spacing != "even":
        return {}
    quick, share = spacing.preview_steps(spec.manner[0]), _pilot_share(spec, stops)
    middle = share * spacing.FIRST / spacing.PREVIEWS
    looks = iter((_part(progress, 0.0, middle), _part(progress, middle, share)))
    paces = spacing.pilot(stops, lambda asked: footage.pictures(asked, {}, next(looks), quick))
    if paces is not None:
        footage.model.remarks.append(spacing.remark(itinerary(spec), paces))
    return paces


def _pilot_share(spec: MorphSpec, stops: Sequence[Stop]) -> float:
    """Part of the work that the pilot pass of even steps is."""
    if spec.spacing != "even":
        return 0.0
    steps = spec.manner[0]
    cost = len(spacing.pairs(stops)) * spacing.PREVIEWS * spacing.preview_steps(steps)
    return cost / (cost + len(stops) * steps)


def _part(progress: Told, begin: float, end: float) -> Told:
    """Progress of a part of the work, told as progress of the whole."""
    return lambda done, total: progress(begin + (end - begin) * done / total, 1.0)


def embeddings(model: Model, spec: MorphSpec, paces: dict | None = None) -> Tensor:
    """Embeddings of the stops that are rendered, of shape ``(stops, tokens, width)``."""
    from lab.diffusion.footage import Footage

    stops = plan(spec)[0]
    return Footage(model, spec).embeddings(stops, [spacing.weight(stop, paces or {}) for stop in stops])


def show(
    spec: MorphSpec, pictures: Iterator[np.ndarray], ts: Sequence[float] | None = None
) -> Iterator[Frame]:
    """Frames in the order of showing; they end where the pictures do."""
    finished: list[np.ndarray] = []
    stops = itinerary(spec)
    ts = ts or [float(stop.t) for stop in stops]
    for index, (stop, t, number) in enumerate(zip(stops, ts, plan(spec)[1], strict=True)):
        if number == len(finished):
            picture = next(pictures, None)
            if picture is None:
                return
            finished.append(picture)
        yield Frame(finished[number], t, stop.segment, index)
