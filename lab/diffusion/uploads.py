"""A visitor's own picture, read within bounds: every limit is asked before a pixel is decoded.

Knows neither torch nor a page. Whatever a file holds, the answer is a picture or one sentence.
"""

from __future__ import annotations

import io
from pathlib import PurePath

import numpy as np
from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
ENDINGS = ("png", "jpg", "jpeg", "webp", "gif", "bmp")
BYTES_MOST = 20 * 2**20
PIXELS_MOST = 24_000_000
SIDE_MOST = 16_384
NAME_MOST = 60  # characters of a file's name that are repeated
KIND = "a PNG, JPEG, WebP, GIF or BMP picture"


def read_picture(data: bytes, name: str = "the file") -> np.ndarray:
    """Picture of shape ``(H, W, 3)``, uint8, that a file holds.

    The first frame of an animation; turned as its EXIF orientation says; what is transparent shows white
    paper; 16 bits a channel become 8.

    Parameters
    ----------
    data : bytes
    name : str
        What the sentences call it.

    Raises
    ------
    ValueError
        If the file is empty, too large, no picture, or damaged: one sentence with the value and the limit.
    """
    told = shown(name)
    if not data:
        raise ValueError(f"{told} is empty; choose {KIND}.")
    if len(data) > BYTES_MOST:
        raise ValueError(
            f"{told} has {len(data) / 2**20:.0f} MB, the limit is {BYTES_MOST // 2**20} MB; make it smaller."
        )
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            check_size(picture.size, told)
            return flattened(picture)
    except Image.DecompressionBombError:
        raise ValueError(too_large(told, "more than 100")) from None
    except (ValueError, MemoryError) as refusal:
        if str(refusal).startswith(told):
            raise
        raise ValueError(damaged(told)) from None
    except Image.UnidentifiedImageError:
        raise ValueError(f"{told} is not {KIND}, whatever its name says.") from None
    except Exception:  # decoders answer damaged bytes with many kinds of errors; a visitor gets one sentence
        raise ValueError(damaged(told)) from None


def check_size(size: tuple[int, int], told: str) -> None:
    """Raise ``ValueError`` if a picture has more pixels than one needs, or a side that is endless."""
    width, height = size
    if width * height > PIXELS_MOST:
        raise ValueError(too_large(told, f"{width * height / 1e6:.0f}"))
    if max(size) > SIDE_MOST:
        raise ValueError(
            f"{told} is {width} x {height} pixels, the limit is {SIDE_MOST} on a side; cut a piece out of it."
        )


def too_large(told: str, megapixels: str) -> str:
    """The sentence about a picture with too many pixels."""
    limit = PIXELS_MOST // 10**6
    return f"{told} has {megapixels} megapixels, the limit is {limit}; make it smaller and bring it again."


def damaged(told: str) -> str:
    """The sentence about a picture that does not decode."""
    return f"{told} is damaged or not complete; save it again and bring it once more."


def flattened(picture: Image.Image) -> np.ndarray:
    """First frame of an opened picture as uint8 ``(H, W, 3)``: upright, opaque, eight bits."""
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I") or upright.mode == "F":
        grey = np.asarray(upright, dtype=np.float64) / 257  # 0..65535 to 0..255
        return np.repeat(np.clip(np.rint(grey), 0, 255).astype(np.uint8)[..., None], 3, axis=2)
    if upright.has_transparency_data:
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright.convert("RGBA"))
    return np.array(upright.convert("RGB"))


def fit(picture: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The middle of a picture at the model's size, uint8 of shape ``(height, width, 3)``.

    Parameters
    ----------
    picture : ndarray of shape (H, W, 3), uint8
        Of any shape; what sticks out over the aspect of ``size`` is cut off on both sides alike.
    size : tuple of int
        Width and height.
    """
    return np.array(ImageOps.fit(Image.fromarray(picture), size, Image.Resampling.LANCZOS))


def shown(name: str) -> str:
    """A file's name as a sentence may begin with it: without folders, bounded, one line."""
    base = " ".join(PurePath(name.replace("\\", "/")).name.split()) or "the file"
    cut = base if len(base) <= NAME_MOST else base[: NAME_MOST - 1] + "…"
    return cut[:1].upper() + cut[1:] if cut == "the file" else cut
