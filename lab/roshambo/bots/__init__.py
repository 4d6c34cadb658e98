"""The field: every bot by its name, as a factory ``seed -> bot``."""

from __future__ import annotations

from lab.roshambo.bot import Bot, Factory
from lab.roshambo.bots.author import AUTHOR
from lab.roshambo.bots.meta import META
from lab.roshambo.bots.people import PEOPLE
from lab.roshambo.bots.shapes import SHAPES
from lab.roshambo.diaconis import Diaconis
from lab.roshambo.diaconis.of2014 import BestPattern
from lab.roshambo.responses import sample_and_beat


def diaconis_2014(seed: int) -> Bot:
    """The bot of part IV as it was meant: see `diaconis.of2014`.

    Parameters
    ----------
    seed : int
    """
    return Bot(BestPattern(), sample_and_beat, seed)


FAMILIES: dict[str, dict[str, Factory]] = {
    "diaconis": {"diaconis": Diaconis, "diaconis-2014": diaconis_2014},
    "author": AUTHOR,
    "shapes": SHAPES,
    "people": PEOPLE,
    "meta": META,
}
BOTS: dict[str, Factory] = {name: factory for family in FAMILIES.values() for name, factory in family.items()}


def sentence(name: str) -> str:
    """What a bot does, from the first line of its factory's docstring."""
    factory = BOTS[name]
    told = (getattr(factory, "func", factory).__doc__ or "").strip().splitlines()
    return told[0] if told else ""
