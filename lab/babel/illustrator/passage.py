"""The picture on the way from one scene to another, for embeddings that lie between two captions.

Places, weathers, hours, people and distances blend as the grammar blends them: a tree bends into a tower.
What the grammar cannot blend (style, palette, season, role) is drawn both ways over the same outlines and
mixed, so the picture in between stays as sharp as its ends.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .draw import SIZE, draw
from .scene import (
    COATS,
    OUT_OF_SIGHT,
    PALETTES,
    PEOPLE,
    PLACES,
    ROLES,
    SEASONS,
    STYLES,
    WEATHERS,
    Scene,
    held_out,
    sample,
    unblended,
)

NEARBY = 0.5  # share of passages whose ends differ in a few attributes only
OPTIONS = {
    "place_a": PLACES, "weather_a": WEATHERS, "person_a": PEOPLE, "season": SEASONS, "palette": PALETTES,
    "style": STYLES, "role": ROLES, "coat": COATS,
}  # fmt: skip


@dataclass(frozen=True)
class Passage:
    """A share (0 to 1) of the way between two scenes that blend nothing themselves."""

    start: Scene
    end: Scene
    share: float

    def sides(self) -> tuple[Scene, Scene]:
        """The blended scene, in the manner of the start and in that of the end."""
        a, b, t = self.start, self.end, self.share
        if a.head < OUT_OF_SIGHT:
            a = _with_figure_of(b, a)
        if b.head < OUT_OF_SIGHT:
            b = _with_figure_of(a, b)
        blended: dict[str, Any] = dict(
            place_a=a.place_a, place_b=b.place_a, mix=t,
            weather_a=a.weather_a, weather_b=b.weather_a, weather_mix=t,
            person_a=a.person_a, person_b=b.person_a, person_mix=t,
            time=(1 - t) * a.time + t * b.time,
            head=(1 - t) * a.head + t * b.head,
        )  # fmt: skip
        return replace(a, **blended), replace(b, **blended)


def _with_figure_of(other: Scene, scene: Scene) -> Scene:
    """An empty scene with the other's figure, still out of sight."""
    figure: dict[str, Any] = dict(
        person_a=other.person_a, named=other.named, role=other.role, coat=other.coat
    )
    return replace(scene, **figure)


def draw_passage(passage: Passage, size: int = SIZE) -> np.ndarray:
    """Draw the picture on the way: uint8 (size, size, 3); at the ends the ends' own drawings."""
    first, last = passage.sides()
    drawn = draw(first, size)
    if first == last:
        return drawn
    mixed = (1 - passage.share) * drawn.astype(np.float32) + passage.share * draw(last, size)
    return np.rint(mixed).astype(np.uint8)


def sample_passage(rng: np.random.Generator) -> Passage:
    """A passage between random scenes; none of its three pictures is held out."""
    while True:
        start = unblended(sample(rng))
        end = _changed(start, rng) if rng.random() < NEARBY else unblended(sample(rng))
        found = Passage(start, end, float(rng.random()))
        if not any(map(held_out, (start, end, *found.sides()))):
            return found


def _changed(scene: Scene, rng: np.random.Generator) -> Scene:
    """The scene with one to three attributes drawn anew."""
    names = rng.choice([*OPTIONS, "time"], rng.integers(1, 4), replace=False)
    drawn: dict[str, Any] = {name: str(rng.choice(OPTIONS[name])) for name in names if name != "time"}
    return unblended(replace(scene, time=float(rng.integers(4)) if "time" in names else scene.time, **drawn))
