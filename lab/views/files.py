"""The files of pictures and films that a visitor may take, each built when asked for, its recipe inside."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from lab.views.takeaways import Download

Images = Callable[[], list[np.ndarray]]
Recipe = Callable[[], dict]


def film(word: str, images: Images, recipe: Recipe) -> list[Download]:
    """Offers of a film as WebP, GIF, MP4 and ZIP of PNGs.

    Parameters
    ----------
    word : str
        Names the files.
    images, recipe : callable
        Give the frames, each uint8 of shape (H, W, 3), and the recipe, when a file is asked for.
    """
    kinds = (
        ("WebP", "webp", "image/webp"),
        ("GIF", "gif", "image/gif"),
        ("MP4", "mp4", "video/mp4"),
        ("ZIP of PNGs", "zip", "application/zip"),
    )
    return [
        Download(label, f"{word}.{suffix}", kind, partial(built, f"{word}.{suffix}", images, recipe))
        for label, suffix, kind in kinds
    ]


def picture(word: str, image: Callable[[], np.ndarray], recipe: Recipe) -> Download:
    """Offer of one picture as PNG."""
    return Download("PNG", f"{word}.png", "image/png", partial(built, f"{word}.png", image, recipe))


def built(name: str, images: Callable[[], object], recipe: Recipe) -> bytes:
    """Bytes of one file, in the format that its name ends with."""
    from lab import exports

    encode: Callable[..., bytes] = getattr(exports, Path(name).suffix.removeprefix("."))
    return encode(images(), recipe())
