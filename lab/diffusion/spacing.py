"""Even spacing: a pilot pass of quick previews tells where a walk changes much, and frames go there.

Equal steps of t are not equal steps for the eye: a picture rests, then turns into another within one frame.
Nine previews at few steps measure how much each eighth of the way changes, a few more look closer where that
is most; the frames then stand at equal shares of the distance travelled. The key prompts stay where they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from lab.diffusion.itinerary import Stop
from lab.diffusion.smoothness import distance

FIRST = 9  # previews of each segment, both ends included, at the first look
CLOSER = 8  # and at the second, where the first saw most change
PREVIEWS = FIRST + CLOSER
SHARE = 12  # a preview takes a twelfth of the steps
FEW = 4  # of so few steps a preview takes all, of more at least two
REST = 0.05  # of the mean change is added everywhere: where nothing seems to change, frames still advance

Pair = tuple[int, int]  # key prompts, the smaller number first


@dataclass(frozen=True, eq=False)
class Pace:
    """How far the picture has travelled on the way between two key prompts.

    Parameters
    ----------
    places : ndarray of shape (m,)
        Values of t, from 0 to 1.
    travelled : ndarray of shape (m,)
        Share of the whole distance at each of them, from 0 to 1, rising.
    length : float
        The whole distance, in levels from 0 to 255.
    """

    places: np.ndarray
    travelled: np.ndarray
    length: float = 1.0

    def at(self, share: float) -> float:
        """The t at which this share of the way is travelled; 0 and 1 are exact."""
        return float(share) if share in (0, 1) else float(np.interp(share, self.travelled, self.places))


def preview_steps(steps: int) -> int:
    """Denoising steps of a preview."""
    return steps if steps <= FEW else max(2, -(-steps // SHARE))


def pairs(stops: Sequence[Stop]) -> list[Pair]:
    """Pairs of key prompts between which there are frames, each once."""
    apart = [stop for stop in stops if stop.start != stop.end and stop.t not in (0, 1)]
    return list(dict.fromkeys((min(s.start, s.end), max(s.start, s.end)) for s in apart))


def first_places() -> list[Fraction]:
    """Where the first previews of a pair stand: equal steps of t, both ends included."""
    return [Fraction(j, FIRST - 1) for j in range(FIRST)]


def closer_places(seen: Mapping[Fraction, np.ndarray]) -> list[Fraction]:
    """Where to look closer: each step is divided by as many more previews as it is long.

    Parameters
    ----------
    seen : mapping of t to the picture there

    Returns
    -------
    list of Fraction
        ``CLOSER`` places, none of them seen before.
    """
    places = sorted(seen)
    steps = [distance(seen[a], seen[b]) for a, b in pairwise(places)]
    more = [0] * len(steps)
    for _ in range(CLOSER):
        longest = max(range(len(steps)), key=lambda k: (steps[k] / (more[k] + 1), -more[k]))
        more[longest] += 1
    return [
        a + (b - a) * Fraction(q, count + 1)
        for (a, b), count in zip(pairwise(places), more, strict=True)
        for q in range(1, count + 1)
    ]


def pilot(
    stops: Sequence[Stop], preview: Callable[[list[Stop]], Iterator[np.ndarray]]
) -> dict[Pair, Pace] | None:
    """Paces of all segments, from two looks at each.

    Parameters
    ----------
    stops : sequence of Stop
        Of the morph.
    preview : callable
        Takes stops, yields their pictures; fewer when it is cancelled. It is called twice, or not at all.

    Returns
    -------
    dict, or None if it was cancelled
    """
    seen: dict[Pair, dict[Fraction, np.ndarray]] = {pair: {} for pair in pairs(stops)}
    for _ in range(2 if seen else 0):
        places = {pair: closer_places(known) if known else first_places() for pair, known in seen.items()}
        asked = [Stop(0, t, *pair) for pair, ts in places.items() for t in ts]
        pictures = list(preview(asked))
        if len(pictures) < len(asked):
            return None
        for stop, picture in zip(asked, pictures, strict=True):
            seen[stop.start, stop.end][stop.t] = picture
    return {pair: pace(known) for pair, known in seen.items()}


def pace(seen: Mapping[Fraction, np.ndarray]) -> Pace:
    """Pace of one segment from its previews: pictures by their t, 0 and 1 among them."""
    places = sorted(seen)
    ts = np.array(places, float)
    steps = np.array([distance(seen[a], seen[b]) for a, b in pairwise(places)])
    length = float(steps.sum())
    steps = steps + REST * length * np.diff(ts) if length else np.diff(ts)
    return Pace(ts, np.concatenate([[0.0], np.cumsum(steps)]) / steps.sum(), length)


def weight(stop: Stop, paces: dict[Pair, Pace]) -> float:
    """How far the embedding of a stop is on its way from ``start`` to ``end``, 0 to 1."""
    found = paces.get((min(stop.start, stop.end), max(stop.start, stop.end)))
    if found is None:
        return float(stop.t)
    return found.at(float(stop.t)) if stop.start < stop.end else 1 - found.at(float(1 - stop.t))


def predicted(stops: Sequence[Stop], paces: dict[Pair, Pace], even: bool = True) -> float:
    """Largest step over the mean step by the previews, 1 at best: as it is, or with equal steps of t."""
    steps = []
    for stop, after in zip(stops, stops[1:], strict=False):
        found = paces.get((min(stop.start, stop.end), max(stop.start, stop.end)))
        if found is None or stop.segment != after.segment:
            continue
        ends = [weight(each, paces if even else {}) for each in (stop, after)]
        ends = ends if stop.start < stop.end else [1 - end for end in ends]
        here, there = np.interp(ends, found.places, found.travelled)
        steps.append(found.length * abs(there - here))
    return max(steps) * len(steps) / sum(steps) if sum(steps) else 1.0


def remark(stops: Sequence[Stop], paces: dict[Pair, Pace]) -> str:
    """One sentence: how uneven the walk is by the previews, and would be without the pilot pass."""
    return (
        f"By the pilot pass the largest step is {predicted(stops, paces):.1f} times the mean; "
        f"with equal steps of t it would be {predicted(stops, paces, even=False):.1f} times."
    )
