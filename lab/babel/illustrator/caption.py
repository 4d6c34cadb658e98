"""Captions: natural short English with free order, synonyms and dropped details; only what shows is said."""

import re

from .phrases import (
    ADJECTIVE,
    AFTER,
    ALONE,
    AS,
    BEFORE,
    BETWEEN,
    HYBRID,
    LEANING,
    MOSTLY,
    NOUN,
    PALETTE,
    PLACE,
    ROLE,
    SEASON,
    TIME,
    TURNING,
    VIEW,
    WEATHER,
    WITH_A_LITTLE,
)
from .scene import COATS, COLOUR_STYLES, Scene, half_hour, shows_season, view


def _any(rng, options):
    """One of the options."""
    return options[int(rng.integers(len(options)))]


def _mixed(rng, a, b, mix, even, leaning):
    """Two things in the order of their shares, in words that say which is more."""
    if abs(mix - 0.5) < 0.13:
        return _any(rng, even).format(a=a, b=b)
    return _any(rng, leaning).format(a=a, b=b) if mix < 0.5 else _any(rng, leaning).format(a=b, b=a)


def _place(scene, rng):
    """The place, or two of them blended."""
    a = _any(rng, PLACE[scene.place_a])
    if not scene.mix:
        return a
    return _mixed(rng, a, _any(rng, PLACE[scene.place_b]), scene.mix, HYBRID, MOSTLY)


def _weather(scene, rng):
    """The weather as a phrase."""
    if not scene.weather_mix:
        return _any(rng, WEATHER[scene.weather_a])
    a, b = NOUN[scene.weather_a], NOUN[scene.weather_b]
    return _mixed(rng, a, b, scene.weather_mix, TURNING, WITH_A_LITTLE)


def _person(scene, rng):
    """Whom the scene shows; a name, a trade or a coat."""
    role = _any(rng, ROLE[scene.role]) if scene.role in ROLE else ""
    coat = (
        f"in a {scene.coat} coat"
        if scene.coat in COATS and scene.style in COLOUR_STYLES and scene.palette == "natural"
        else ""
    )
    if not scene.named:
        return role or " ".join((_any(rng, ALONE), coat if rng.random() < 0.7 else "")).strip()
    name = scene.person_a
    if scene.person_mix:
        name = _mixed(rng, scene.person_a, scene.person_b, scene.person_mix, BETWEEN, LEANING)
    if role and rng.random() < 0.15:
        return role
    return f"{name} {_any(rng, AS[scene.role])}" if role and rng.random() < 0.75 else name


def _subject(scene, rng):
    """What the picture is of: the place, the person, or one in the other."""
    here, place = view(scene), _place(scene, rng)
    adjective = ADJECTIVE[scene.weather_a]
    said = (
        not scene.weather_mix
        and not scene.mix
        and rng.random() < 0.2
        and place.startswith(("a ", "an ", "the "))
    )
    if said:
        place = re.sub(r"^(an?|the) ", lambda m: ("the " if m[1] == "the" else "a ") + adjective + " ", place)
    if here == "empty":
        return (
            "an empty " + place.split(" ", 1)[1]
            if place.startswith(("a ", "an ")) and rng.random() < 0.2
            else place
        ), said
    who = _person(scene, rng)
    if here == "figure":
        if rng.random() < 0.35:
            return place, said
        return _any(
            rng,
            (f"{place} with {who}", f"{who} in {place}", f"{who} standing in {place}", f"{place} and {who}"),
        ), said
    who = f"{_any(rng, VIEW[here])} {who}".strip()
    return (f"{who} in {place}", said) if rng.random() < 0.6 else (who, False)


def _details(scene, rng, weather_said):
    """Phrases on weather, hour, season and palette, some dropped, in any order."""
    details = []
    dull = scene.weather_a == "clear" and not scene.weather_mix
    if not weather_said and rng.random() < (0.35 if dull else 0.85):
        details.append(_weather(scene, rng))
    if rng.random() < (0.5 if half_hour(scene) == 1 else 0.8):
        details.append(_any(rng, TIME[half_hour(scene)]))
    if shows_season(scene) and rng.random() < 0.6:
        details.append(_any(rng, SEASON[scene.season]))
    if scene.palette != "natural" and scene.style != "blueprint" and rng.random() < 0.9:
        details.append(_any(rng, PALETTE[scene.palette]))
    return [details[i] for i in rng.permutation(len(details))]


def caption(scene: Scene, rng) -> str:
    """One caption of the scene, of 1 to 24 words, rarely a few more."""
    subject, said = _subject(scene, rng)
    details = _details(scene, rng, said)
    borges = "library" in (scene.place_a, scene.place_b) and not scene.mix and rng.random() < 0.15
    tail = ["in the style of Jorge Luis Borges"] if borges else []
    spoken = rng.random() < (0.5 if scene.style == "painting" else 0.93)
    front = spoken and rng.random() < 0.5
    if front:
        subject = f"{_any(rng, BEFORE[scene.style])} {subject}"
    elif spoken:
        tail.insert(0, _any(rng, AFTER[scene.style]))
    if details and not front and rng.random() < 0.12:
        subject, details = f"{details[0]}, {subject}", details[1:]
    glue = ", " if rng.random() < 0.4 else " "
    text = ", ".join([glue.join([subject, *details]), *tail])
    while len(text.split()) > 24 and (details or tail):  # a long caption says less
        (details or tail).pop()
        text = ", ".join([glue.join([subject, *details]), *tail])
    return text


def whole_caption(scene: Scene, rng) -> str:
    """A caption that says all that shows: place, person, how near, weather, hour, colours or season, style.

    For measuring: what a caption leaves out a model cannot know. At most 30 words for scenes without blends;
    of one in 500 the last words lie beyond the 32 tokens that babel reads.
    """
    place, here = _any(rng, PLACE[scene.place_a]), view(scene)
    role = ROLE[scene.role][0] if scene.role in ROLE else ""
    who = f"{scene.person_a} {AS[scene.role][0] if role else ''}" if scene.named else role or ALONE[0]
    if here != "empty":
        near = "" if here == "figure" else _any(rng, [said for said in VIEW[here] if said])
        place = " ".join(f"{near} {who} in {place}".split())
    details = [_any(rng, WEATHER[scene.weather_a]), _any(rng, TIME[half_hour(scene)])]
    if scene.palette != "natural" and scene.style != "blueprint":
        details.append(_any(rng, PALETTE[scene.palette]))
    if shows_season(scene):
        details.append(_any(rng, SEASON[scene.season]))
    return f"{_any(rng, BEFORE[scene.style])} {place}, {', '.join(details)}"
