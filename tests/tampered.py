"""Links as strangers bend them: those of tours and presets with values, names and numbers that cannot be."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from lab import catalog, presets, tours

RULES = {  # where each room says what its link may hold
    "anatomy": "anatomy.form",
    "circles": "circles.knobs",
    "communities": "communities.rooms",
    "latents": "latents.link",
    "librarian": "librarian.knobs",
    "mix": "mix.knobs",
    "morph": "morph_link",
    "multiwindow": "multiwindow.knobs",
    "reading": "reading.shelves",
    "roshambo": "roshambo.rooms",
    "shuffling": "shuffling.knobs",
    "similarity": "similarity.walk",
    "variations": "variations.knobs",
}
HOUSE = ("tour", "step", "present", "model", "p", "prompt", "seed")
NUMBERS = (
    *("0", "-1", "1", "2", "7.5", "1e999", "-1e999", "nan", "inf", "-inf", "1e-320", "0x10", "1_000", " 7 "),
    *("+3", "7.0", "1,5", "٣", "７", "²", "½", "9" * 25, "-" + "9" * 400, "9" * 5000, "9007199254740993"),
)
TEXTS = (
    *(
        "",
        " ",
        "\t\n",
        "\0",
        "null",
        "None",
        "true",
        "TRUE",
        "[]",
        "{}",
        "{0}",
        "%s%n",
        "%00",
        "a,b,,c",
        ",",
        ":",
    ),
    *(
        "🦊",
        "👩‍👩‍👧‍👦" * 30,
        "\u202eright to left",
        "e\u0301" * 40,
        "日本語",
        "ß" * 300,
        "a" * 20_000,
        "word " * 3000,
    ),
    *(
        "/etc/passwd",
        "../../etc/passwd",
        "C:\\con",
        "'; DROP TABLE x; --",
        "__import__('os')",
        "own:0123456789abcdef",
    ),
    *(
        "0:1/2",
        "0:1/0",
        "1:" + "9" * 50 + "/3",
        "0.5,0.5",
        "0.3,0.3,nan",
        "a-b",
        "a+b*c",
        "(" * 500,
        "mean(a,b",
    ),
)
MARKUP = (  # each would do something if a page took it for more than text
    "[x](http://nowhere.example)",
    "![x](http://nowhere.example/x.png)",
    "http://nowhere.example",
    "www.nowhere.example",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='http://nowhere.example'>x</a>",
    ":material/delete: :red[x] :red-badge[x]",
    "$\\frac{1}{0}$",
    "`x` **x** ~~x~~ # x",
    "x](http://nowhere.example) [",
    "\n# Title\n\n- item\n",
    "|a|b|\n|-|-|\n|1|2|",
)
Link = dict[str, list[str]]


@dataclass(frozen=True)
class Tampered:
    """A link to a room and the number that makes it again."""

    word: str
    number: int
    query: Link


@cache
def beginnings(word: str) -> tuple[Link, ...]:
    """Whole links of a room: the bare one, those of its tour, and its presets as far as they are links."""
    tour = tours.read(word)
    found = [{}, *(step.link for step in tour.steps)] if tour else [{}]
    found += [preset.values for preset in presets.read(word)]
    return tuple(
        {("p" if name == "prompts" else name): texts(value) for name, value in link.items()} for link in found
    )


def texts(value: object) -> list[str]:
    """A value as a link holds it."""
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    return [str(value).lower() if isinstance(value, bool) else str(value)]


@cache
def names(word: str) -> tuple[str, ...]:
    """Every name that the link of a room may hold."""
    rules = import_module(f"lab.views.{RULES[word]}").RULES
    return tuple(sorted({*rules, *HOUSE, *(name for link in beginnings(word) for name in link)}))


def tampered(word: str, count: int) -> Iterator[Tampered]:
    """So many bent links to a room, the same ones for the same count."""
    for number in range(count):
        chance = random.Random(f"{word} {number}")
        query = {name: list(value) for name, value in chance.choice(beginnings(word)).items()}
        for _ in range(chance.choice((1, 1, 2, 3, 5))):
            bend(query, word, chance)
        yield Tampered(word, number, query)


def bend(query: Link, word: str, chance: random.Random) -> None:
    """Change one thing about a link."""
    name = chance.choice([*query, *names(word)])
    ways = ("number", "number", "text", "markup", "markup", "out", "twice", "name", "own", "cut")
    way = chance.choice(ways)
    if way == "out":
        query.pop(name, None)
    elif way == "twice":
        query[name] = query.get(name, []) + [junk(chance) for _ in range(chance.choice((1, 2, 30)))]
    elif way == "name":
        query[junk(chance)[:200] or "x"] = query.pop(name, [junk(chance)])
    elif way == "own":  # a good value in the wrong place
        pool = [value for link in beginnings(word) for value in link.values()]
        query[name] = list(chance.choice(pool)) if pool else []
    elif way == "cut":
        query[name] = [value[: chance.randrange(len(value) + 1)] for value in query.get(name, ["x"])]
    else:
        query[name] = [chance.choice({"number": NUMBERS, "text": TEXTS, "markup": MARKUP}[way])]


def junk(chance: random.Random) -> str:
    """Something that is no value."""
    return chance.choice(chance.choice((NUMBERS, TEXTS, MARKUP)))


def words() -> list[str]:
    """The rooms that are open."""
    return [experiment.word for experiment in catalog.open_rooms()]
