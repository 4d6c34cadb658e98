"""Files to take home: PNG, animated WebP and GIF, MP4, ZIP of PNGs, each with its recipe inside.

A recipe is any dictionary that JSON can hold; ``read_recipe`` gets it back from the file. Whatever the format
does to the pixels, the fingerprints of the frames as they were go with it. Functions are named by the suffix.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
from PIL import Image, PngImagePlugin

from lab.fingerprints import signed

MILLISECONDS = 80  # how long a frame is shown
EXIF_DESCRIPTION = 0x010E
RECIPE_BYTES_MOST = 2**20
PALETTE_PIXELS = 2**18  # pixels of the whole film from which the palette of a GIF is chosen


def png(image: np.ndarray, recipe: dict | None = None) -> bytes:
    """One picture of shape (H, W, 3), uint8, without loss; the recipe is a text chunk."""
    chunks = PngImagePlugin.PngInfo()
    if recipe:
        chunks.add_text("recipe", to_text(signed(recipe, [image])))
    return saved(Image.fromarray(image), "PNG", pnginfo=chunks)


def webp(
    images: Sequence[np.ndarray],
    recipe: dict | None = None,
    milliseconds: int = MILLISECONDS,
    quality: int = 90,
) -> bytes:
    """Animated WebP that repeats for ever; the recipe is the picture description of its EXIF data.

    Parameters
    ----------
    images : sequence of ndarray of shape (H, W, 3), uint8
    recipe : dict, optional
    milliseconds : int
        How long a frame is shown.
    quality : int
        1 to 100; 100 stores every pixel without loss.
    """
    exif = Image.Exif()
    if recipe:
        exif[EXIF_DESCRIPTION] = to_text(signed(recipe, images))
    first, *others = pictures(images)
    film = {"save_all": True, "append_images": others, "duration": milliseconds, "loop": 0}
    return saved(first, "WEBP", **film, quality=quality, lossless=quality == 100, method=4, exif=exif)


def gif(images: Sequence[np.ndarray], recipe: dict | None = None, milliseconds: int = MILLISECONDS) -> bytes:
    """Animated GIF that repeats for ever; the recipe is its comment.

    All frames share one palette of 256 colours, chosen from pixels of the whole film: much faster than one
    palette each, and still colours do not flicker.
    """
    film = pictures(images)
    palette = shared_palette(images)
    first, *others = (picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in film)
    note = {"comment": to_text(signed(recipe, images)).encode()} if recipe else {}
    timing = {"duration": milliseconds, "loop": 0}
    return saved(first, "GIF", save_all=True, append_images=others, optimize=False, **timing, **note)


def mp4(
    images: Sequence[np.ndarray],
    recipe: dict | None = None,
    milliseconds: int = MILLISECONDS,
    quality: int = 16,
) -> bytes:
    """H.264 film that every browser plays; the recipe is its comment.

    Colours are stored at half resolution, and an odd row or column is doubled, since H.264 wants even sizes.

    Parameters
    ----------
    images : sequence of ndarray of shape (H, W, 3), uint8
    recipe : dict, optional
    milliseconds : int
        How long a frame is shown.
    quality : int
        Constant rate factor: 0 is best and largest, 51 worst.
    """
    import av

    height, width = sizes(images)
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as film:
        if recipe:
            film.metadata["comment"] = to_text(signed(recipe, images))
        stream = film.add_stream("libx264", rate=Fraction(1000, milliseconds), options={"crf": str(quality)})
        stream.width, stream.height, stream.pix_fmt = width + width % 2, height + height % 2, "yuv420p"
        for image in images:
            even = np.pad(image, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
            film.mux(stream.encode(av.VideoFrame.from_ndarray(even, format="rgb24")))
        film.mux(stream.encode())
    return buffer.getvalue()


def zip(images: Sequence[np.ndarray], recipe: dict | None = None, own: Sequence[dict] = ()) -> bytes:
    """Archive of ``frames/000.png``, ``frames/001.png`` ... and of the recipe, ``result.json``.

    Where each picture has a recipe of its own, ``own`` holds them in order; else all carry that of the whole.
    """
    sizes(images)
    recipe = signed(recipe, images) if recipe else None
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:  # entries without a date: equal results are equal files
        for index, image in enumerate(images):
            entry, told = zipfile.ZipInfo(f"frames/{index:03d}.png"), own[index] if own else recipe
            archive.writestr(entry, png(image, told))
        if recipe:
            archive.writestr(zipfile.ZipInfo("result.json"), json.dumps(recipe, indent=1))
    return buffer.getvalue()


def read_recipe(source: Path | str | bytes) -> dict:
    """Recipe inside a file that this module made, or inside its bytes; pixels are not decoded.

    Raises
    ------
    ValueError
        If there is none: another program may have made the file, or dropped the recipe.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    readers = {
        b"\x89PNG": _from_picture,
        b"RIFF": _from_picture,
        b"GIF8": _from_picture,
        b"PK\x03\x04": _from_archive,
    }
    reader = _from_film if data[4:8] == b"ftyp" else readers.get(data[:4])
    try:
        recipe = json.loads(reader(data)) if reader else None
    except Exception:  # whatever a stranger's bytes do to five parsers, the answer is the same sentence
        recipe = None
    if not isinstance(recipe, dict):
        raise ValueError("The file holds no recipe; choose a PNG, WebP, GIF, MP4 or ZIP that was made here.")
    return recipe


def _from_picture(data: bytes) -> str | bytes:
    with Image.open(io.BytesIO(data), formats=["PNG", "WEBP", "GIF"]) as picture:
        found = picture.info.get("recipe") or picture.info.get("comment")
        return found or picture.getexif()[EXIF_DESCRIPTION]


def _from_film(data: bytes) -> str:
    import av

    with av.open(io.BytesIO(data), format="mp4") as film:
        return film.metadata["comment"]


def _from_archive(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("result.json") as stream:
        return stream.read(RECIPE_BYTES_MOST)


def shared_palette(images: Sequence[np.ndarray]) -> Image.Image:
    """Picture whose palette holds the 256 colours that suit all frames together (octree)."""
    pixels = np.stack(images).reshape(-1, 3)
    sample = pixels[:: max(1, len(pixels) // PALETTE_PIXELS)]
    return Image.fromarray(sample[None]).quantize(256, method=Image.Quantize.FASTOCTREE)


def pictures(images: Sequence[np.ndarray]) -> list[Image.Image]:
    """Frames as Pillow's pictures, checked to be a film."""
    sizes(images)
    return [Image.fromarray(image) for image in images]


def sizes(images: Sequence[np.ndarray]) -> tuple[int, int]:
    """Height and width that all frames have; ``ValueError`` if there is none or they differ."""
    shapes = {image.shape[:2] for image in images}
    if len(shapes) != 1:
        found = sorted(shapes) or "no frame at all"
        raise ValueError(f"A film needs frames of one size, but these have {found}.")
    return shapes.pop()


def to_text(recipe: dict) -> str:
    """Recipe as JSON in plain ASCII, which every kind of metadata can hold."""
    return json.dumps(recipe, sort_keys=True)


def saved(picture: Image.Image, kind: str, **options) -> bytes:
    """Bytes of the file that Pillow makes."""
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()
