"""The shelves of the librarian: two dozen pictures that ship with the room, each with its call number."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lab.catalog import ROOT
from lab.diffusion.librarian.picture import PictureSpec

if TYPE_CHECKING:
    from lab.diffusion.model import Model
    from lab.gallery import Maker

SHELVES = ROOT / "data" / "gallery" / "librarian" / "shelves.webp"
CALL_NUMBERS = (
    ("a library of hexagonal rooms with a librarian, illustration by Max Ernst", 42),
    ("a watercolour of a harbour at dawn", 7),
    ("a portrait of Gala as a technopriest", 3),
    ("a neon picture of a cathedral at night", 42),
    ("a forest in fog, in autumn", 11),
    ("an engraving of mountains under the moon", 5),
    ("a city street in the rain, at night", 42),
    ("a desert at sunset in golden colours", 21),
    ("a portrait of Ada as a librarian", 8),
    ("a blueprint of a library", 2),
    ("a garden in spring, with pink blossoms, at dawn", 42),
    ("an abandoned gas station in the fog, at dusk", 13),
    ("a painting of a reading room with lamp light", 4),
    ("a collage of a street", 17),
    ("a portrait of Hugo in the snow", 6),
    ("a watercolour of mountains in winter", 30),
    ("an ink drawing of a forest", 9),
    ("a harbour in a storm, at night", 42),
    ("a portrait of Luna as a librarian, illustration by Max Ernst", 12),
    ("a neon picture of a gas station at night", 1),
    ("a cathedral at sunset in golden colours", 15),
    ("a garden in winter, in the snow, at night", 19),
    ("a library in the mountains", 42),
    ("a portrait of Edda as a technopriest, at night", 10),
)


def specs() -> list[PictureSpec]:
    """Call number of every picture on the shelves, sampling left to the model."""
    return [PictureSpec(prompt, seed=seed) for prompt, seed in CALL_NUMBERS]


def makers() -> dict[Path, Maker]:
    """The file of this room with what makes it."""
    return {SHELVES: partial(film, specs())}


def film(asked: list[PictureSpec], model: Model, quality: int) -> bytes:
    """All pictures as the frames of a WebP; the recipe holds the spec of each."""
    from dataclasses import asdict

    from lab.diffusion.librarian import Picture, develop
    from lab.diffusion.recipe import recipe
    from lab.exports import webp

    found = {item.index: item for item in develop(model, asked) if isinstance(item, Picture)}
    pictures = [found[index] for index in range(len(asked))]
    known = recipe("librarian", model, asked[0]) | {"pictures": [asdict(item.spec) for item in pictures]}
    return webp([item.image for item in pictures], known, quality=quality)
