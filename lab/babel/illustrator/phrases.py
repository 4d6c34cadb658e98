"""All phrases of the captions: several ways to say each attribute, and the words they are made of."""

import re

from .scene import COATS, PEOPLE

PLACE = {
    "street": (
        "a street",
        "a city street",
        "a road in the city",
        "an avenue",
        "a street in a city",
        "a town street",
        "the city",
    ),
    "forest": (
        "a forest",
        "the woods",
        "a path in the forest",
        "a forest of pines",
        "a forest of tall trees",
    ),
    "gas station": (
        "a gas station",
        "an abandoned gas station",
        "a lonely gas station",
        "an old petrol station",
        "a station with gas pumps",
    ),
    "library": (
        "a library",
        "a hexagonal library",
        "a library of hexagonal rooms",
        "the library of Babel",
        "hexagonal rooms full of books",
        "an infinite library",
    ),
    "mountains": (
        "mountains",
        "the mountains",
        "a mountain path",
        "a mountain valley",
        "a land of high peaks",
    ),
    "harbour": (
        "a harbour",
        "a harbor",
        "a port by the sea",
        "the sea",
        "a pier with a lighthouse",
        "a seaside town",
    ),
    "garden": ("a garden", "a garden with a fountain", "a park", "a flower garden"),
    "desert": (
        "a desert",
        "the desert",
        "a desert with a pyramid",
        "a land of cactus and sand",
        "a sandy desert",
    ),
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
SEASON = {
    "spring": ("in spring", "with pink blossoms"),
    "summer": ("in summer", "with green leaves"),
    "autumn": ("in autumn", "in fall", "with orange leaves"),
    "winter": ("in winter", "with white frost"),
}
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
    "technopriest": (
        "a technopriest",
        "a technopriest with a glowing collar",
        "a priest of machines",
        "a hooded technopriest",
    ),
    "librarian": ("a librarian", "a librarian with a red book", "a librarian holding a book"),
}
AS = {
    "technopriest": ("the technopriest", "as a technopriest", "in a dark robe"),
    "librarian": ("the librarian", "as a librarian", "with a red book"),
}
ALONE = ("a person", "somebody", "a figure", "one person", "a traveller")
BETWEEN = (
    "{a} and {b} blended",
    "somebody between {a} and {b}",
    "a blend of {a} and {b}",
    "half {a} half {b}",
)
LEANING = ("{a} with a touch of {b}", "mostly {a} and a little {b}", "{a} with features of {b}")
HYBRID = (
    "{a} in {b}",
    "{a} blended with {b}",
    "{a} and {b}",
    "half {a} half {b}",
    "between {a} and {b}",
    "a mix of {a} and {b}",
)
MOSTLY = ("{a} with a touch of {b}", "{a} with a little of {b}", "{a} near {b}", "{a} turning into {b}")
VIEW = {
    "portrait": ("a portrait of", "a close portrait of", "the face of"),
    "half": ("a half portrait of", "a close view of", ""),
}
TURNING = ("half {a} half {b}", "{a} turning into {b}", "between {a} and {b}")
WITH_A_LITTLE = ("{a} with a little {b}", "mostly {a} and a little {b}")


def _words():
    """Every word of every phrase above."""
    tables = (PLACE, WEATHER, TIME, SEASON, PALETTE, BEFORE, AFTER, ROLE, AS, VIEW)
    phrases = [p for table in tables for options in table.values() for p in options]
    phrases += [
        *BETWEEN,
        *LEANING,
        *HYBRID,
        *MOSTLY,
        *ALONE,
        *ADJECTIVE.values(),
        *NOUN.values(),
        *PEOPLE,
        *COATS,
    ]
    phrases.append("in the style of Jorge Luis Borges an empty the standing in a coat")
    return frozenset(re.findall(r"[a-z]+", re.sub(r"\{.\}", " ", " ".join(phrases)).lower()))


WORDS = _words()
