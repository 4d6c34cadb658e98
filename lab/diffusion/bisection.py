"""Where the jump is: the place half-way over the largest step, found again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from lab.diffusion.itinerary import between, itinerary
from lab.diffusion.smoothness import Smoothness, measure
from lab.diffusion.spec import MorphSpec

if TYPE_CHECKING:
    from lab.diffusion.model import Model
    from lab.diffusion.store import Store


@dataclass(frozen=True, eq=False)
class Round:
    """A morph and how smooth it is."""

    spec: MorphSpec
    images: tuple[np.ndarray, ...]
    smoothness: Smoothness


def halved(spec: MorphSpec, images: Sequence[np.ndarray]) -> MorphSpec:
    """The same morph with one more frame, in the middle of its largest step.

    Parameters
    ----------
    spec : MorphSpec
    images : sequence of ndarray
        All frames of it, in the order of showing.

    Raises
    ------
    ValueError
        If it holds no step that could be halved.
    """
    smoothness, stops = measure(images, closed=spec.loop != "none"), itinerary(spec)
    for index in np.argsort(-smoothness.steps, kind="stable"):
        try:
            return replace(spec, added=(*spec.added, there(spec, between(stops, int(index))))).validate()
        except ValueError:
            continue
    raise ValueError("There is no step between two frames that could be halved.")


def there(spec: MorphSpec, place: str) -> str:
    """A place on the way back of a ping-pong as the same place on the way there."""
    from fractions import Fraction

    segments = len(spec.segment_frames())
    segment, t = int(place.split(":")[0]), Fraction(place.split(":")[1])
    return place if segment < segments else f"{2 * segments - 1 - segment}:{1 - t}"


def bisect(
    model: Model,
    spec: MorphSpec,
    rounds: int,
    store: Store,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Round]:
    """Render a morph, then one more frame at its largest step, as often as asked; the store keeps the rest.

    Yields the morph as it was and after each round.
    """
    from lab.diffusion.morph import render_spec

    for number in range(rounds + 1):
        images = tuple(frame.image for frame in render_spec(model, spec, cancelled, store=store))
        if cancelled():
            return
        yield Round(spec, images, measure(images, closed=spec.loop != "none"))
        if number < rounds:
            spec = halved(spec, images)
