"""Whether a file that came back is what is rendered now: bit for bit, or how far from it, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lab import imports
from lab.diffusion.difference import Difference, compare
from lab.diffusion.replay import SHOWN, Brought
from lab.fingerprints import fingerprint

PACKAGES = ("python", "torch", "diffusers", "transformers", "numpy")


@dataclass(frozen=True)
class Check:
    """One frame of a file beside what is rendered now.

    Parameters
    ----------
    equal : bool
        Whether the frame, as it was when the file was made, is bit for bit what is rendered now.
    difference : Difference
        Between the pixels in the file, which its format may have changed, and those rendered now.
    """

    equal: bool
    difference: Difference


def check(brought: Brought, rendered: Sequence[np.ndarray]) -> tuple[Check, ...]:
    """Compare every frame of a file with what was rendered again.

    A frame is bit-equal if its fingerprint is that of a rendered picture; in a file without fingerprints, if
    it keeps every pixel, its own pixels are taken.

    Raises
    ------
    ValueError
        If the file's frames cannot be decoded or have another size than the rendered ones.
    """
    if brought.recipe.get("sheet"):
        raise ValueError("A sheet shows pictures with their labels; bring the ZIP of PNGs to compare them.")
    now = {fingerprint(image): image for image in rendered}
    frames = list(imports.read_frames(brought.data, len(brought.prints)))
    prints = brought.prints if len(brought.prints) == len(frames) else ()
    checks = []
    for number, frame in enumerate(frames):
        seen = [prints[number]] if prints else [fingerprint(frame)]
        if len(frames) == 1 and len(brought.prints) > 1:  # a single frame that knows those of its film
            seen = [fingerprint(frame)]
        found = now.get(seen[0])
        other = found if found is not None else nearest(frame, rendered, number, len(frames))
        checks.append(Check(found is not None, compare(fitted(frame, other), other)))
    return tuple(checks)


def nearest(frame: np.ndarray, rendered: Sequence[np.ndarray], number: int, total: int) -> np.ndarray:
    """The rendered picture that a frame ought to be: that of its place, or the one most like it."""
    if not rendered:
        raise ValueError("Nothing was rendered, so there is nothing to compare with; press once more.")
    if total == len(rendered):
        return rendered[number]
    alike = [image for image in rendered if fitted(frame, image).shape == image.shape] or [rendered[0]]
    return min(alike, key=lambda image: np.abs(fitted(frame, image).astype(int) - image).mean())


def fitted(frame: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The frame without the row and the column that a film doubles to have even sizes."""
    height, width = other.shape[:2]
    even = (height + height % 2, width + width % 2)
    return frame[:height, :width] if frame.shape[:2] == even else frame


def conditions(brought: Brought, here: Mapping) -> list[str]:
    """What differs between where a file was made and here, each in words; `here` is a recipe made now."""
    then, told = brought.recipe, []
    was, now = (_entry(recipe, "model", "hash") for recipe in (then, here))
    if was != now:
        told.append(f"the model's weights ({was} then, {now} now)")
    for name, word in (("device", "the device"), ("dtype", "the number type"), ("rows", "the batch shape")):
        was, now = str(then.get(name, "unknown"))[:SHOWN], str(here.get(name))
        if was != now:
            told.append(f"{word} ({was} then, {now} now)")
    for name in PACKAGES:
        was, now = (_entry(recipe, "versions", name) for recipe in (then, here))
        if was != now:
            told.append(f"{name} ({was} then, {now} now)")
    return told


def _entry(recipe: Mapping, table: str, name: str) -> str:
    inside = recipe.get(table)
    return str(inside.get(name, "unknown"))[:SHOWN] if isinstance(inside, Mapping) else "unknown"


def verdict(checks: Sequence[Check]) -> str:
    """One sentence about all frames."""
    equal, total = sum(each.equal for each in checks), len(checks)
    if not total:
        return "The file holds no frame to compare."
    if equal == total:
        what = "the picture comes" if total == 1 else f"all {total} frames come"
        return f"Bit-equal: {what} out again to the last bit."
    worst = min(each.difference.psnr for each in checks if not each.equal)
    if total == 1:
        return f"Not bit-equal: the picture has a PSNR of {worst:.1f} dB against what is rendered now."
    return f"{equal} of {total} frames are bit-equal; the others have a PSNR of {worst:.1f} dB or more."
