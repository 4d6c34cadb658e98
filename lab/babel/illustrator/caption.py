"""Captions: natural short English with free order, synonyms and dropped details; nothing invisible is said."""

import re

from .scene import COATS, COLOUR_STYLES, FOLIAGE, PEOPLE, Scene, half_hour, view

PLACE = {
    "street": ("a street", "a city street", "a road in the city", "an avenue", "a street in a city", "a town street", "the city"),
    "forest": ("a forest", "the woods", "a path in the forest", "a forest of pines", "a forest of tall trees"),
    "gas station": ("a gas station", "an abandoned gas station", "a lonely gas station", "an old petrol station", "a station with gas pumps"),
    "library": ("a library", "a hexagonal library", "a library of hexagonal rooms", "the library of Babel", "hexagonal rooms full of books", "an infinite library"),
    "mountains": ("mountains", "the mountains", "a mountain path", "a mountain valley", "a land of high peaks"),
    "harbour": ("a harbour", "a harbor", "a port by the sea", "the sea", "a pier with a lighthouse", "a seaside town"),
    "garden": ("a garden", "a garden with a fountain", "a park", "a flower garden"),
    "desert": ("a desert", "the desert", "a desert with a pyramid", "a land of cactus and sand", "a sandy desert"),
    "reading room": ("a reading room", "a quiet reading room", "a room with books and a lamp", "a study"),
    "cathedral": ("a cathedral", "a church", "a gothic cathedral", "a hall of columns", "an old temple"),
}
WEATHER = {
    "clear": ("under a clear sky", "in clear weather", "in fine weather"),
    "rain": ("in the rain", "on a rainy day", "in heavy rain", "while it rains", "in wet weather"),
    "snow": ("in the snow", "in snowfall", "while it snows", "in falling snow"),
    "fog": ("in the fog", "in thick fog", "in mist", "on a misty day"),
    "storm": ("in a storm", "with lightning", "in a thunderstorm", "under a stormy sky"),
}
ADJECTIVE = {"rain": "rainy", "snow": "snowy", "fog": "foggy", "storm": "stormy", "clear": "clear"}
NOUN = {"rain": "rain", "snow": "snow", "fog": "fog", "storm": "storm", "clear": "clear sky"}
TIME = {
    0.0: ("at dawn", "at sunrise", "in the early morning", "in the morning light"),
    1.0: ("by day", "at noon", "in daylight", "in the daytime"),
    2.0: ("at dusk", "at sunset", "in the evening", "in the evening light"),
    3.0: ("at night", "in the dark night", "by moonlight", "under the moon"),
    0.5: ("between dawn and day", "late in the morning"),
    1.5: ("between day and dusk", "late in the afternoon"),
    2.5: ("between dusk and night", "at nightfall", "at twilight"),
}
SEASON = {"spring": ("in spring", "with pink blossoms"), "summer": ("in summer", "with green leaves"), "autumn": ("in autumn", "in fall", "with orange leaves"), "winter": ("in winter", "with white frost")}
PALETTE = {
    "red": ("in red", "in shades of red", "in warm red light"),
    "golden": ("in golden colours", "in golden yellow", "in shades of gold", "in yellow"),
    "green": ("in green", "in shades of green", "in green light"),
    "blue": ("in blue", "in shades of blue", "in cold blue light"),
    "violet": ("in violet", "in purple", "in shades of violet"),
}
BEFORE = {
    "painting": ("a painting of", "a poster of", "a picture of", "an illustration of"),
    "watercolour": ("a watercolour of", "a watercolor of", "a watercolour painting of"),
    "engraving": ("an engraving of", "an old engraving of", "an etching of"),
    "ink": ("an ink drawing of", "an ink sketch of", "a drawing in ink of"),
    "neon": ("a neon picture of", "neon lights of", "a neon drawing of"),
    "blueprint": ("a blueprint of", "a blue plan of", "a technical drawing of"),
    "collage": ("a collage of", "a paper collage of", "a cut paper picture of"),
}
AFTER = {
    "painting": ("painting", "flat colours", "poster"),
    "watercolour": ("watercolour", "watercolor", "soft watercolour"),
    "engraving": ("engraving", "etching", "old engraving"),
    "ink": ("ink drawing", "ink", "black ink"),
    "neon": ("neon", "neon lights", "glowing neon"),
    "blueprint": ("blueprint", "white lines on blue", "technical drawing"),
    "collage": ("collage", "illustration by Max Ernst", "by Max Ernst", "paper collage"),
}
ROLE = {
    "technopriest": ("a technopriest", "a technopriest with a glowing collar", "a priest of machines", "a hooded technopriest"),
    "librarian": ("a librarian", "a librarian with a red book", "a librarian holding a book"),
}
AS = {"technopriest": ("the technopriest", "as a technopriest", "in a dark robe"), "librarian": ("the librarian", "as a librarian", "with a red book")}
ALONE = ("a person", "somebody", "a figure", "one person", "a traveller")
BETWEEN = ("{a} and {b} blended", "somebody between {a} and {b}", "a blend of {a} and {b}", "half {a} half {b}")
LEANING = ("{a} with a touch of {b}", "mostly {a} and a little {b}", "{a} with features of {b}")
HYBRID = ("{a} in {b}", "{a} blended with {b}", "{a} and {b}", "half {a} half {b}", "between {a} and {b}", "a mix of {a} and {b}")
MOSTLY = ("{a} with a touch of {b}", "{a} with a little of {b}", "{a} near {b}", "{a} turning into {b}")
VIEW = {"portrait": ("a portrait of", "a close portrait of", "the face of"), "half": ("a half portrait of", "a close view of", "")}


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
    return _mixed(rng, a, b, scene.weather_mix, ("half {a} half {b}", "{a} turning into {b}", "between {a} and {b}"), ("{a} with a little {b}", "mostly {a} and a little {b}"))


def _person(scene, rng):
    """Whom the scene shows; a name, a trade or a coat."""
    role = _any(rng, ROLE[scene.role]) if scene.role in ROLE else ""
    coat = f"in a {scene.coat} coat" if scene.coat in COATS and scene.style in COLOUR_STYLES and scene.palette == "natural" else ""
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
    said = not scene.weather_mix and not scene.mix and rng.random() < 0.2 and place.startswith(("a ", "an ", "the "))
    if said:
        place = re.sub(r"^(an?|the) ", lambda m: ("the " if m[1] == "the" else "a ") + adjective + " ", place)
    if here == "empty":
        return ("an empty " + place.split(" ", 1)[1] if place.startswith(("a ", "an ")) and rng.random() < 0.2 else place), said
    who = _person(scene, rng)
    if here == "figure":
        if rng.random() < 0.35:
            return place, said
        return _any(rng, (f"{place} with {who}", f"{who} in {place}", f"{who} standing in {place}", f"{place} and {who}")), said
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
    leafy = scene.place_a in FOLIAGE[:2] and scene.place_b in FOLIAGE
    if leafy and scene.style in COLOUR_STYLES and scene.palette == "natural" and view(scene) in ("empty", "figure") and rng.random() < 0.6:
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


def _words():
    """Every word of every phrase above."""
    tables = (PLACE, WEATHER, TIME, SEASON, PALETTE, BEFORE, AFTER, ROLE, AS, VIEW)
    phrases = [p for table in tables for options in table.values() for p in options]
    phrases += [*BETWEEN, *LEANING, *HYBRID, *MOSTLY, *ALONE, *ADJECTIVE.values(), *NOUN.values(), *PEOPLE, *COATS]
    phrases.append("in the style of Jorge Luis Borges half turning into between and with a little mostly an empty the standing coat")
    return frozenset(re.findall(r"[a-z]+", re.sub(r"\{.\}", " ", " ".join(phrases)).lower()))


WORDS = _words()
