"""Looks at latents that ship with the room: their pictures as one file, the numbers in its recipe."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lab import presets
from lab.catalog import ROOT
from lab.diffusion.latents import LatentsSpec

if TYPE_CHECKING:
    import numpy as np

    from lab.diffusion.model import Model
    from lab.gallery import Maker

FOLDER = ROOT / "data" / "gallery" / "latents"
WORD = "latents"


def spec_of(preset: presets.Preset) -> LatentsSpec:
    """The look that a preset asks for."""
    values = {name: value for name, value in preset.values.items() if name != "film"}
    return LatentsSpec(**values | {"pictures": tuple(values["pictures"])})


def film_of(preset: presets.Preset) -> Path:
    """Where the pictures of a preset lie, if they were rendered."""
    return FOLDER / preset.values.get("film", "none.webp")


def makers() -> dict[Path, Maker]:
    """Every file of this room with what makes it."""
    named = [preset for preset in presets.read(WORD) if "film" in preset.values]
    return {film_of(preset): partial(film, spec_of(preset)) for preset in named}


def film(spec: LatentsSpec, model: Model, quality: int) -> bytes:
    """All pictures of a look as the frames of a WebP, its numbers in the recipe."""
    from lab.diffusion.latents import looks, parcel
    from lab.diffusion.recipe import recipe
    from lab.exports import webp

    frames: list[np.ndarray] = []
    found = parcel.pack(list(looks.render_spec(model, spec)), frames)
    return webp(frames, recipe(WORD, model, spec) | {"found": found}, quality=quality)
