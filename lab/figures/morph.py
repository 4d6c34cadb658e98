"""Morph frames as pictures: one frame for the browser, a shipped film as frames, a contact sheet."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from PIL import Image, ImageSequence

SHOWN_TYPE = "image/jpeg"


def encode(image: np.ndarray, quality: int = 92) -> bytes:
    """A frame of shape (H, W, 3), uint8, as the JPEG that is shown: about 1 ms, full colour resolution."""
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, "JPEG", quality=quality, subsampling=0)
    return buffer.getvalue()


def read_film(path: Path, milliseconds: int | None = None) -> list[np.ndarray]:
    """Frames of an animated WebP or GIF, each of shape (H, W, 3), uint8.

    Encoders drop a frame that looks like the one before and show that one longer; it is repeated here, so
    that a film has its frames again.

    Parameters
    ----------
    path : Path
    milliseconds : int, optional
        How long the film shows a frame; the greatest common divisor of all its times if left out.
    """
    images, times = [], []
    with Image.open(path) as film:
        for frame in ImageSequence.Iterator(film):
            images.append(np.asarray(frame.convert("RGB")))
            times.append(int(film.info.get("duration") or 1))  # known once the frame is decoded
    unit = milliseconds or math.gcd(*times)
    return [image for image, time in zip(images, times, strict=True) for _ in range(round(time / unit))]


def contact_sheet(
    images: Sequence[np.ndarray], columns: int = 8, gap: int = 4, paper: int = 255
) -> np.ndarray:
    """All frames on one picture, row by row, with `gap` pixels of grey level `paper` around each."""
    if not len(images):
        raise ValueError("There is no frame to put on the sheet; render at least one.")
    height, width = images[0].shape[:2]
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    sheet = np.full((rows * (height + gap) + gap, columns * (width + gap) + gap, 3), paper, np.uint8)
    for index, image in enumerate(images):
        top, left = gap + index // columns * (height + gap), gap + index % columns * (width + gap)
        sheet[top : top + height, left : left + width] = image
    return sheet


def poster(path: Path, moving: bool, size: int = 320) -> bytes:
    """What stands for a shipped file, as a square JPEG.

    Parameters
    ----------
    path : Path
        A picture or film that Pillow reads; no more of its frames are decoded than are shown.
    moving : bool
        Whether it is a film, which its first frame stands for; of other sets some are shown.
    size : int
        Of the poster's side in pixels.
    """
    with Image.open(path) as film:
        shown = islice(ImageSequence.Iterator(film), 1 if moving else 9)
        frames = [np.asarray(frame.convert("RGB")) for frame in shown]
    height, width = frames[0].shape[:2]
    if len(frames) > 1:
        across = 3 if len(frames) == 9 and width < 2 * height else 2
        down = max(1, min(len(frames) // across, round(across * width / height)))
        frames = [contact_sheet(frames[: across * down], across)]
    sheet = Image.fromarray(frames[0])
    side = max(sheet.size)
    square = Image.new("RGB", (side, side), sheet.getpixel((0, 0)))
    square.paste(sheet, ((side - sheet.width) // 2, (side - sheet.height) // 2))
    return encode(np.asarray(square.resize((size, size), Image.Resampling.BICUBIC)), quality=82)
