"""What ships with the anatomy: every tensor of one picture, and each comparison as a film of both halves."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lab import presets
from lab.catalog import ROOT
from lab.diffusion.anatomy.spec import AnatomySpec, Comparison

if TYPE_CHECKING:
    from lab.diffusion.model import Model
    from lab.gallery import Maker

FOLDER = ROOT / "data" / "gallery" / "anatomy"
WORD = "anatomy"
FRAMES = 8  # steps of a comparison that are shown, the last picture not counted
PAIR_QUALITY = 72
FIELDS = AnatomySpec.__dataclass_fields__


def shipped_run() -> Path:
    """Where the run of the first preset lies, if it was recorded."""
    return FOLDER / "run.npz"


def spec_of(preset: presets.Preset) -> AnatomySpec:
    """The picture that a preset asks for."""
    return AnatomySpec(**{name: value for name, value in preset.values.items() if name in FIELDS})


def pair_of(preset: presets.Preset) -> Comparison:
    """The comparison that a preset asks for."""
    return Comparison(spec_of(preset), preset.values["versus"], preset.values["other"])


def pairs() -> dict[Path, Comparison]:
    """The comparisons that ship, one of each kind, with the film of each."""
    found: dict[Path, Comparison] = {}
    for preset in presets.read(WORD):
        pair = pair_of(preset)
        found.setdefault(FOLDER / f"{pair.kind.replace('_', '-')}.webp", pair)
    return found


def makers() -> dict[Path, Maker]:
    """Every file of this room with what makes it."""
    first = spec_of(presets.read(WORD)[0])
    found: dict[Path, Maker] = {shipped_run(): partial(recorded, first)}
    return found | {path: partial(compared, pair) for path, pair in pairs().items()}


def recorded(spec: AnatomySpec, model: Model, quality: int) -> bytes:
    """The whole anatomy of one picture; only the steps' pictures are lossy."""
    from lab.diffusion.anatomy import Anatomy, files, record

    return files.npz(Anatomy.of(record(model, spec)), quality)


def compared(comparison: Comparison, model: Model, quality: int) -> bytes:
    """Both halves side by side, step by step and finished; how far they are apart is in the recipe."""
    import numpy as np

    from lab.diffusion.anatomy import Pair, compare
    from lab.exports import webp

    pair = Pair.of(compare(model, comparison))
    matched = pair.matched
    chosen = np.unique(np.linspace(0, len(matched) - 1, FRAMES).round().astype(int))
    frames = [np.concatenate([half.picture for half in matched[step]], axis=1) for step in chosen]
    frames.append(np.concatenate([ending.picture for ending in pair.endings], axis=1))
    told = {
        "changed": round(pair.changed, 3),
        "distances": {name: [round(d, 4) for d in pair.distances(name)] for name in ("latents", "clean")},
        "kind": comparison.kind,
        "other": comparison.other,
    }
    return webp(frames, pair.first.finished.recipe | told, quality=min(quality, PAIR_QUALITY))
