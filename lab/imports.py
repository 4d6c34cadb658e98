"""Files that come back: the frames of what `lab.exports` wrote, read within bounds and one after the other.

Bytes are counted before anything is unpacked, pixels before anything is decoded; nothing in a file is run.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageSequence

BYTES_MOST = 64 * 2**20
FRAMES_MOST = 1300
PIXELS_MOST = 64_000_000  # of all frames together
LOSSLESS = ("png", "zip")
ENDINGS = ("png", "webp", "gif", "mp4", "zip")
DAMAGED = "The file is damaged or not complete; bring it once more from where it was made."


def kind_of(data: bytes) -> str:
    """Which of the five kinds of file these bytes are, by their beginning; nothing if none."""
    beginnings = {b"\x89PNG": "png", b"RIFF": "webp", b"GIF8": "gif", b"PK\x03\x04": "zip"}
    return "mp4" if data[4:8] == b"ftyp" else beginnings.get(data[:4], "")


def check_bytes(data: bytes) -> None:
    """Raise ``ValueError`` if a file is larger than anything that is written here."""
    if len(data) > BYTES_MOST:
        size, limit = len(data) / 2**20, BYTES_MOST // 2**20
        raise ValueError(f"The file has {size:.0f} MB, the limit is {limit} MB; bring a shorter film.")


def read_frames(data: bytes, count: int = 0) -> Iterator[np.ndarray]:
    """Frames of a file, uint8 of shape (H, W, 3), in order, each when it is asked for.

    Parameters
    ----------
    data : bytes
        Of a PNG, WebP, GIF, MP4 or ZIP that was made here.
    count : int
        How many frames there ought to be, if that is known: encoders drop a frame that looks like the one
        before and show that one longer, and it is repeated here.

    Raises
    ------
    ValueError
        If the file is too large, damaged, or has too many frames or pixels: one sentence.
    """
    check_bytes(data)
    readers = {"png": _still, "webp": _film, "gif": _film, "mp4": _video, "zip": _archive}
    reader = readers.get(kind_of(data))
    if reader is None:
        raise ValueError("The file is no PNG, WebP, GIF, MP4 or ZIP that was made here.")
    return _bounded(reader(data, count))


def _bounded(frames: Iterator[np.ndarray]) -> Iterator[np.ndarray]:
    """The same frames, with any error of a decoder as one sentence."""
    try:
        yield from frames
    except _Limit as limit:
        raise ValueError(str(limit)) from None
    except Exception:  # decoders answer damaged bytes with many kinds of errors; a visitor gets one sentence
        raise ValueError(DAMAGED) from None


class _Limit(Exception):
    """A limit that a file exceeds, as a sentence."""


def _check(frames: int, width: int, height: int) -> None:
    if frames > FRAMES_MOST:
        raise _Limit(f"The film has {frames} frames, the limit is {FRAMES_MOST}; bring a shorter one.")
    if frames * width * height > PIXELS_MOST:
        raise _Limit(
            f"The file has {frames * width * height / 1e6:.0f} million pixels, the limit is "
            f"{PIXELS_MOST // 10**6} million; bring a smaller one."
        )


def _still(data: bytes, count: int) -> Iterator[np.ndarray]:
    with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
        _check(1, *picture.size)
        yield np.array(picture.convert("RGB"))


def _film(data: bytes, count: int) -> Iterator[np.ndarray]:
    with Image.open(io.BytesIO(data), formats=["WEBP", "GIF"]) as film:
        _check(max(count, getattr(film, "n_frames", 1)), *film.size)
        images, times = [], []
        for frame in ImageSequence.Iterator(film):
            images.append(np.array(frame.convert("RGB")))
            times.append(int(film.info.get("duration") or 1))  # known once the frame is decoded
    unit = sum(times) / max(count, len(images))
    for image, time in zip(images, times, strict=True):
        for _ in range(max(1, round(time / unit))):
            yield image


def _video(data: bytes, count: int) -> Iterator[np.ndarray]:
    import av

    with av.open(io.BytesIO(data), format="mp4") as film:
        assert isinstance(film, av.container.InputContainer)
        stream = film.streams.video[0]
        _check(max(count, stream.frames), stream.width, stream.height)
        for number, frame in enumerate(film.decode(stream), start=1):
            _check(number, frame.width, frame.height)
            yield frame.to_ndarray(format="rgb24")


def _archive(data: bytes, count: int) -> Iterator[np.ndarray]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = [each for each in archive.infolist() if re.fullmatch(r"frames/\d{3,4}\.png", each.filename)]
        if sum(each.file_size for each in inside) > BYTES_MOST:
            raise _Limit("The archive unpacks to more than it should; bring it once more.")
        pixels = 0
        for entry in sorted(inside, key=lambda each: int(each.filename[7:-4])):
            with Image.open(io.BytesIO(archive.read(entry)), formats=["PNG"]) as picture:
                pixels += picture.size[0] * picture.size[1]
                _check(len(inside), 1, 1)
                _check(1, pixels, 1)
                yield np.array(picture.convert("RGB"))
