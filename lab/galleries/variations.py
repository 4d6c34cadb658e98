"""Walks that ship with the variations: the start and its steps as a film, the spread in its recipe."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lab import presets
from lab.catalog import ROOT
from lab.diffusion.variations_spec import VariationsSpec

if TYPE_CHECKING:
    from lab.diffusion.model import Model
    from lab.gallery import Maker

FOLDER = ROOT / "data" / "gallery" / "variations"
WORD = "variations"


def spec_of(preset: presets.Preset) -> VariationsSpec:
    """The walk that a preset asks for."""
    return VariationsSpec(**{name: value for name, value in preset.values.items() if name != "film"})


def film_of(preset: presets.Preset) -> Path:
    """Where the film of a preset lies, if it was rendered."""
    return FOLDER / preset.values.get("film", "none.webp")


def makers() -> dict[Path, Maker]:
    """Every film of this room with what makes it."""
    named = [preset for preset in presets.read(WORD) if "film" in preset.values]
    return {film_of(preset): partial(film, spec_of(preset)) for preset in named}


def film(spec: VariationsSpec, model: Model, quality: int) -> bytes:
    """The start and all steps as an animated WebP."""
    from lab.diffusion.variations import facts, render_spec
    from lab.exports import webp

    images = [item.image for item in render_spec(model, spec, first=0)]
    return webp(images, facts(model, spec), quality=quality)
