"""Blends that ship with the mix: all pictures of a lattice as one file, their distances in its recipe."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lab import presets
from lab.catalog import ROOT
from lab.diffusion.mix_spec import MixSpec
from lab.diffusion.simplex import lattice

if TYPE_CHECKING:
    from lab.diffusion.model import Model
    from lab.gallery import Maker

FOLDER = ROOT / "data" / "gallery" / "mix"
WORD = "mix"


def spec_of(preset: presets.Preset) -> MixSpec:
    """The lattice of blends that a preset asks for."""
    values = {name: value for name, value in preset.values.items() if name not in ("film", "divisions")}
    prompts = tuple(values.pop("prompts"))
    return MixSpec(prompts, lattice(len(prompts), preset.values["divisions"]), **values)


def film_of(preset: presets.Preset) -> Path:
    """Where the pictures of a preset lie, if they were rendered."""
    return FOLDER / preset.values.get("film", "none.webp")


def makers() -> dict[Path, Maker]:
    """Every file of this room with what makes it."""
    named = [preset for preset in presets.read(WORD) if "film" in preset.values]
    return {film_of(preset): partial(film, spec_of(preset)) for preset in named}


def film(spec: MixSpec, model: Model, quality: int) -> bytes:
    """All blends of the lattice as the frames of a WebP."""
    from lab.diffusion.mix import facts, render_spec
    from lab.exports import webp

    blends = list(render_spec(model, spec))
    return webp([blend.image for blend in blends], facts(model, spec, blends), quality=quality)
