"""Films that ship with the library, so that every room has something on the screen before a model is loaded.

Each preset of the morph may name a film; the cover is one long ring. What a film shows is written in the
presets, so it can be rendered again from them alone. Other rooms have modules of their own in
`lab/galleries`, each with `makers()`: every file's path, with the function that makes its bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from lab import galleries, presets
from lab.catalog import ROOT
from lab.diffusion.spec import MorphSpec

if TYPE_CHECKING:
    from lab.diffusion.model import Model

Maker = Callable[["Model", int], bytes]
MORPHS = ROOT / "data" / "gallery" / "morph"
COVER = ROOT / "data" / "cover" / "cover.webp"
COVER_MORPH = MorphSpec(
    (
        "a city street in the rain, at night",
        "a library of hexagonal rooms with a librarian, illustration by Max Ernst",
        "a neon picture of a cathedral at night",
        "a portrait of Gala as a technopriest",
        "a watercolour of a harbour at dawn",
        "a forest in fog, in autumn",
        "an engraving of mountains under the moon",
        "a desert at sunset in golden colours",
    ),
    frames=8,
)


def morph_of(preset: presets.Preset) -> MorphSpec:
    """The morph a preset asks for."""
    values = {name: value for name, value in preset.values.items() if name != "film"}
    return MorphSpec(**values | {"prompts": tuple(values["prompts"])})


def film_of(preset: presets.Preset) -> Path:
    """Where the film of a preset lies, if it was rendered."""
    return MORPHS / preset.values.get("film", "none.webp")


def films() -> dict[Path, MorphSpec]:
    """Every film that ships, the cover first, with the morph it shows."""
    named = [preset for preset in presets.read("morph") if "film" in preset.values]
    return {COVER: COVER_MORPH} | {film_of(preset): morph_of(preset) for preset in named}


def recipe_in(path: Path) -> dict:
    """Recipe inside a film that ships; empty if somebody put a film without one in its place."""
    from lab.exports import read_recipe

    try:
        return read_recipe(path)
    except ValueError:
        return {}


def makers() -> dict[Path, Maker]:
    """Every file that ships, of all rooms, with what makes its bytes from a model and a quality."""
    found: dict[Path, Maker] = {path: partial(morph_film, spec) for path, spec in films().items()}
    for module in iter_modules(galleries.__path__):
        found |= import_module(f"lab.galleries.{module.name}").makers()
    return found


def title(path: Path) -> str:
    """A file's name for the command: its room and its own name, ``morph/cast``."""
    return f"{path.parent.name}/{path.stem}"


def morph_film(spec: MorphSpec, model: Model, quality: int) -> bytes:
    """A morph as an animated WebP."""
    from lab.diffusion.morph import render_spec
    from lab.diffusion.recipe import recipe
    from lab.exports import webp

    images = [frame.image for frame in render_spec(model, spec)]
    return webp(images, recipe("morph", model, spec), quality=quality)


def render(
    model: Model,
    only: str = "",
    quality: int = 88,
    told: Callable[[Path, int], None] = lambda path, size: None,
    folder: Path = ROOT,
) -> None:
    """Render the films into the repository, in place of the ones there are, or into a folder like it.

    Parameters
    ----------
    model : Model
    only : str
        Renders files whose room and name contain it; all of them if empty.
    quality : int
        Of the WebP.
    told : callable
        Called with the path and the bytes of each film as it is written.
    folder : Path
    """
    for shipped, make in makers().items():
        if only in title(shipped):
            path = folder / shipped.relative_to(ROOT)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(make(model, quality))
            told(path, path.stat().st_size)
