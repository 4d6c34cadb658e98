"""``python -m lab plates``: the pictures of the rooms without a model, drawn into the gallery that ships."""

from __future__ import annotations

import argparse
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from lab.catalog import ROOT
from lab.commands import network_plates
from lab.figures import roshambo as hands
from lab.figures import shuffling as decks
from lab.figures.multiwindow import Look, lay_out
from lab.figures.plate import plate
from lab.figures.sheet import Sheet, png
from lab.figures.similarity import draw, on_paper
from lab.figures.style import LIGHT
from lab.multiwindow import windows
from lab.roshambo import BOTS, play_match
from lab.shuffling import ShuffleSpec, family, shuffle
from lab.similarity import steps
from lab.tables import cities, table
from lab.tables.made import oval

GALLERY = ROOT / "data" / "gallery"
QUALITY, SCALE = 88, 2.0
PETALS = ("petal length (cm)", "petal width (cm)")
SEPALS = ("sepal length (cm)", "sepal width (cm)")
GAS = ("temperature (K)", "amount (mol)"), ("volume (l)", "pressure (bar)")
SHARES = {"diaconis-2014": "samples its prediction", "counter-switchbot": "the best reply"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: which plates, where."""
    parser.add_argument("--only", default="", metavar="NAME", help="plates whose room/name contains this")
    parser.add_argument("--out", type=Path, default=GALLERY, metavar="DIR")


def perform(arguments: argparse.Namespace) -> int:
    """Draw the plates, one line for each."""
    asked = {name: draw_ for name, draw_ in PLATES.items() if arguments.only in name}
    if not asked:
        raise ValueError(f"No plate is called {arguments.only!r}; there are {', '.join(PLATES)}.")
    for name, draw_ in asked.items():
        path = arguments.out / f"{name}.webp"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(webp(draw_()))
        print(f"{path}  {path.stat().st_size / 1000:.0f} kB")
    return 0


def webp(sheet: Sheet) -> bytes:
    """A sheet as one WebP picture."""
    buffer = io.BytesIO()
    Image.open(io.BytesIO(png(sheet, SCALE))).save(buffer, "WEBP", quality=QUALITY, method=6)
    return buffer.getvalue()


def direction() -> Sheet:
    """A direction near the first axis of the oval cloud."""
    return plate(on_paper(draw(steps.turn(oval(), 60))), "The direction a cloud is most similar to")


def rings() -> Sheet:
    """Three rings and their scores by a polynomial similarity of degree two."""
    made = table("rings")
    result = steps.bend(made.matrix(), "polynomial", gamma=0.5, degree=2)
    return plate(on_paper(draw(result, made)), "Rings come apart")


def chart() -> Sheet:
    """Europe from its distances."""
    return plate(on_paper(draw(steps.chart(*cities()))), "Europe from its distances")


def wall(word: str, panel: tuple[str, str], inside: tuple[str, str]) -> Sheet:
    """A table through sixteen windows."""
    used = table(word)
    result = windows(used, panel, inside, (4, 4), "width")
    return lay_out(result, used, used.groups(None), Look(), f"{used.title} through 16 windows")


def shares() -> Sheet:
    """Win shares against switchbot over a thousand rounds, ties left out."""
    found = {}
    for name, told in SHARES.items():
        gains = play_match(BOTS[name](7), BOTS["switchbot"](8), 1000).gains
        won, lost = np.cumsum(gains == 1), np.cumsum(gains == -1)
        decided = won + lost
        found[told] = np.divide(won, decided, out=np.full(len(gains), np.nan), where=decided > 0)
    return plate([[hands.draw_shares(found, LIGHT)]], "Win shares against switchbot")


def riffles() -> Sheet:
    """Distance of 52 cards from random after riffle shuffles, and of other decks on their own clocks."""
    found = shuffle(ShuffleSpec("riffle", 52))
    figures = decks.draw_distance(found, 7, False, LIGHT), decks.draw_family(family(found.spec), found, LIGHT)
    return plate([list(figures)], "How many shuffles?")


PLATES: dict[str, Callable[[], Sheet]] = {
    "similarity/direction": direction,
    "similarity/rings": rings,
    "similarity/map": chart,
    "multiwindow/iris": lambda: wall("iris", SEPALS, PETALS),
    "multiwindow/gas": lambda: wall("gas", *GAS),
    "communities/triptych": network_plates.triptych,
    "circles/friends": network_plates.friends,
    "roshambo/shares": shares,
    "shuffling/riffles": riffles,
}
