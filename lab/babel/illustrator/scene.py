"""The grammar: what one picture shows, as a frozen set of continuous and discrete attributes.

A scene is a point of a small space: two places and a mix between them, two weathers and a mix, an hour
on a circle-free line from dawn (0) to night (3), a season, a palette, a drawing style, and at most one
figure at a continuous distance. Hybrids are ordinary points of that space. This module knows no picture.
"""

from dataclasses import dataclass, replace

import numpy as np

PLACES = (
    "street", "forest", "gas station", "library", "mountains", "harbour", "garden", "desert",
    "reading room", "cathedral",
)  # fmt: skip
WEATHERS = ("clear", "rain", "snow", "fog", "storm")
TIMES = ("dawn", "day", "dusk", "night")
SEASONS = ("spring", "summer", "autumn", "winter")
PALETTES = ("natural", "red", "golden", "green", "blue", "violet")
STYLES = ("painting", "watercolour", "engraving", "ink", "neon", "blueprint", "collage")
ROLES = ("coat", "technopriest", "librarian")
COATS = ("red", "yellow", "green", "blue", "violet", "white")
PEOPLE = ("Ada", "Bruno", "Clio", "Dante", "Edda", "Felix", "Gala", "Hugo", "Iris", "Juno", "Knut", "Luna")
VIEWS = ("empty", "figure", "half", "portrait")

COLOUR_STYLES = ("painting", "watercolour", "collage")
FOLIAGE = ("forest", "garden", "mountains")
HEAD = {"empty": 0.0, "figure": 0.066, "half": 0.12, "portrait": 0.2}
OUT_OF_SIGHT = 0.01  # a head smaller than this is not drawn

# Combinations kept out of training; each must match a scene in all its labels.
HELD_OUT = (
    {"place": "forest", "weather": "snow", "time": "night"},
    {"place": "library", "weather": "rain", "time": "dusk"},
    {"place": "street", "weather": "fog", "time": "dawn"},
    {"place": "gas station", "style": "blueprint"},
    {"place": "harbour", "weather": "storm", "time": "night"},
    {"place": "desert", "weather": "snow", "time": "day"},
    {"place": "garden", "style": "engraving", "time": "night"},
    {"place": "mountains", "palette": "violet", "time": "dusk"},
    {"person": "Ada", "style": "neon"},
    {"person": "Hugo", "place": "forest"},
    {"person": "Luna", "role": "technopriest", "style": "painting"},
)  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """One picture.

    Mixes are in [0, 1]; `time` runs dawn 0, day 1, dusk 2, night 3; `head` is the head's
    half-height as a share of the picture's side (0: nobody, 0.066: a figure on the path, 0.2: a portrait).
    """

    place_a: str = "street"
    place_b: str = "street"
    mix: float = 0.0
    weather_a: str = "clear"
    weather_b: str = "clear"
    weather_mix: float = 0.0
    time: float = 1.0
    season: str = "summer"
    palette: str = "natural"
    style: str = "painting"
    head: float = 0.0
    person_a: str = "Ada"
    person_b: str = "Ada"
    person_mix: float = 0.0
    named: bool = False
    role: str = "coat"
    coat: str = "red"


def _pick(rng, options, weights=None):
    """One of `options`, with optional weights."""
    p = None if weights is None else np.asarray(weights) / np.sum(weights)
    return options[int(rng.choice(len(options), p=p))]


def _pair(rng, options, chance):
    """Two options and a mix: equal options and mix 0 with probability 1 - chance."""
    a = _pick(rng, options)
    if rng.random() >= chance:
        return a, a, 0.0
    b = _pick(rng, [o for o in options if o != a])
    return a, b, float(_pick(rng, (0.25, 0.5, 0.75), (1, 2, 1)) + rng.uniform(-0.05, 0.05))


def sample(rng: np.random.Generator) -> Scene:
    """A scene with near-uniform marginals, 28 % portraits and about 30 % hybrids of any kind."""
    view = _pick(rng, VIEWS, (16, 47, 9, 28))
    close = view in ("half", "portrait")
    place = _pair(rng, PLACES, 0.08 if close else 0.22)
    weather = _pair(rng, WEATHERS, 0.07)
    time = float(rng.integers(4)) if rng.random() < 0.9 else float(rng.integers(3)) + 0.5
    time = float(np.clip(time + rng.uniform(-0.12, 0.12), 0, 3))
    person = _pair(rng, PEOPLE, 0.22 if close else 0.0)
    named = close and rng.random() < 0.9 or view == "figure" and rng.random() < 0.3
    return Scene(
        place[0], place[1], place[2], weather[0], weather[1], weather[2], time=time,
        season=_pick(rng, SEASONS, (2, 3, 2, 2)),
        palette=_pick(rng, PALETTES, (10, 2, 2, 2, 2, 2)),
        style=_pick(rng, STYLES, (30, 13, 12, 12, 11, 10, 12)),
        head=HEAD[view],
        person_a=person[0], person_b=person[1], person_mix=person[2], named=bool(named),
        role=_pick(rng, ROLES, (4, 3, 3)),
        coat=_pick(rng, COATS),
    )  # fmt: skip


def view(scene: Scene) -> str:
    """Which of VIEWS is nearest to the scene's distance."""
    return min(VIEWS, key=lambda name: abs(HEAD[name] - scene.head))


def small_person(scene: Scene) -> bool:
    """Whether somebody with a name is in the picture, but not near: the hardest to tell apart."""
    return scene.named and view(scene) in ("figure", "half")


def half_hour(scene: Scene) -> float:
    """The time rounded to the halves that captions have words for."""
    return round(scene.time * 2) / 2


def blended(scene: Scene) -> set[str]:
    """The attributes of which the scene has two values."""
    mixes = {
        "place": scene.mix,
        "weather": scene.weather_mix,
        "person": scene.person_mix,
        "time": half_hour(scene) % 1,
    }
    return {name for name, mix in mixes.items() if mix}


def unblended(scene: Scene) -> Scene:
    """The scene with nothing half and half in it: one place, one weather, one person, a whole hour."""
    return replace(
        scene,
        place_b=scene.place_a, mix=0.0,
        weather_b=scene.weather_a, weather_mix=0.0,
        person_b=scene.person_a, person_mix=0.0,
        time=float(round(scene.time)),
    )  # fmt: skip


def shows_season(scene: Scene) -> bool:
    """Whether the season can be seen: in leaves and meadows, in natural colours, with nobody in front."""
    leafy = scene.place_a in FOLIAGE[:2] and scene.place_b in FOLIAGE
    coloured = scene.style in COLOUR_STYLES and scene.palette == "natural"
    return leafy and coloured and view(scene) in ("empty", "figure")


def _heavier(a, b, mix):
    """The value with the larger share; the first at a tie."""
    return b if mix > 0.5 else a


def attributes(scene: Scene) -> dict[str, str]:
    """Labels for classifiers: only what shows in the picture and can be said of it has a label.

    Of two mixed values the heavier (at a tie the first) is named. Nobody in particular has no `person`, an
    empty place no `role`, a blueprint no `palette`, for it is always blue, and most scenes no `season`.
    """
    here = view(scene)
    shown = {
        "place": _heavier(scene.place_a, scene.place_b, scene.mix),
        "weather": _heavier(scene.weather_a, scene.weather_b, scene.weather_mix),
        "time": TIMES[int(np.ceil(scene.time - 0.5))],
        "style": scene.style,
        "view": here,
        "hybrid": "yes" if blended(scene) else "no",
    }
    if shows_season(scene):
        shown["season"] = scene.season
    if scene.style != "blueprint":
        shown["palette"] = scene.palette
    if here != "empty":
        shown["role"] = scene.role
        if scene.named:
            shown["person"] = _heavier(scene.person_a, scene.person_b, scene.person_mix)
    return shown


def held_out(scene: Scene) -> bool:
    """Whether training must never see the scene; any part of a hybrid counts."""
    shown = {k: {v} for k, v in attributes(scene).items()}
    shown["place"] = {scene.place_a, scene.place_b}
    shown["weather"] = {scene.weather_a, scene.weather_b}
    if "person" in shown:
        shown["person"] = {scene.person_a, scene.person_b}
    return any(all(value in shown.get(key, ()) for key, value in rule.items()) for rule in HELD_OUT)
