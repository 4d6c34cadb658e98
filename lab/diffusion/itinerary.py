"""Where a morph goes: every stop in the order of showing, and which of them are rendered.

Frame j of a segment is at t = j / frames and the end point is left out, so no frame is doubled where segments
meet and a ring closes without a stutter. No place is rendered twice: the way back of a ping-pong, or of a
ring of two prompts, shows the frames of the way there. Knows no torch, and counts in fractions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lab.diffusion.spec import MorphSpec, place_of

EASED = {
    "linear": lambda t: t,
    "smooth": lambda t: t * t * (3 - 2 * t),
    "smoother": lambda t: t**3 * (10 - 15 * t + 6 * t * t),
    "linger": lambda t: (1 + (2 * t - 1) ** 3) / 2,
}


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


def keys(spec: MorphSpec) -> list[int]:
    """For every key prompt the first one that is the same, its noise included."""
    noises = spec.seeds or (spec.seed,) * len(spec.prompts)
    both = list(zip(spec.prompts, noises, strict=True))
    return [both.index(each) for each in both]


def itinerary(spec: MorphSpec) -> list[Stop]:
    """Every stop of the walk in the order of showing."""
    numbers = keys(spec)
    legs = zip(numbers, numbers[1:] + numbers[:1], _places(spec), strict=False)
    there = [(s, *leg) for s, leg in enumerate(legs)]
    stops = [Stop(s, t, start, end) for s, start, end, places in there for t in places]
    if spec.loop == "ring":
        return stops[:1] * spec.hold + stops
    turn = Stop(len(there) - 1, Fraction(1), *numbers[-2:])
    if spec.loop == "none":
        return [*stops[:1] * spec.hold, *stops, turn, *[turn] * spec.hold]
    back = _back(there)
    return [*stops[:1] * spec.hold, *stops, *back[:1] * spec.hold, *back]


def plan(spec: MorphSpec) -> tuple[list[Stop], list[int]]:
    """Stops to render, no place twice, and for every stop that is shown the number of its picture."""
    rendered: list[Stop] = []
    shown: list[int] = []
    numbers: dict[object, int] = {}
    for stop in itinerary(spec):
        number = numbers.setdefault(stop.place, len(rendered))
        if number == len(rendered):
            rendered.append(stop)
        shown.append(number)
    return rendered, shown


def rendered_count(spec: MorphSpec) -> int:
    """Number of pictures that are rendered."""
    return len(plan(spec)[0])


def between(stops: Sequence[Stop], index: int) -> str:
    """The place half-way between a stop and the next one, as ``MorphSpec.added`` names it.

    Raises
    ------
    ValueError
        If there is no next stop on the same segment, or none between them.
    """
    here = stops[index]
    after = stops[(index + 1) % len(stops)]
    end = after.t if after.segment == here.segment else Fraction(1)
    if not here.t < end:
        raise ValueError(
            f"Frames {index + 1} and {index + 2} show the same place; nothing lies between them."
        )
    half = (here.t + end) / 2
    return f"{here.segment}:{half}"


def _places(spec: MorphSpec) -> list[list[Fraction]]:
    """For each segment the places of its frames, eased, with those that were added, in order."""
    eased = EASED[spec.easing]
    added = [place_of(text) for text in spec.added]
    return [
        sorted({eased(Fraction(j, count)) for j in range(count)} | {t for s, t in added if s == segment})
        for segment, count in enumerate(spec.segment_frames())
    ]


def _back(there: list[tuple]) -> list[Stop]:
    """The way back over the same places, from the last key prompt to just before the first."""
    stops, segment = [], len(there)
    for _, start, end, places in reversed(there):
        stops += [Stop(segment, 1 - t, end, start) for t in [Fraction(1), *reversed(places[1:])]]
        segment += 1
    return stops
