"""Files that come back: all frames of what was written, and a sentence for whatever is no such file."""

import io
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lab import exports, imports
from tests.test_exports import RECIPE, waves

FILMS = ("webp", "gif", "mp4", "zip")


@pytest.mark.parametrize("kind, tolerance", [("webp", 4), ("gif", 12), ("mp4", 6), ("zip", 0)])
def test_frames_come_back_in_order(kind, tolerance):
    images = waves(5)
    data = getattr(exports, kind)(images, RECIPE)
    assert imports.kind_of(data) == kind
    frames = list(imports.read_frames(data))
    assert len(frames) == 5
    for image, frame in zip(images, frames, strict=True):
        assert np.abs(image.astype(int) - frame).mean() <= tolerance


@pytest.mark.parametrize("kind", ["webp", "gif"])
def test_frames_that_an_encoder_merged_are_told_apart_again(kind):
    a, b = waves(6)[0], waves(6)[5]
    images = [a, a, a, b, b, a]
    frames = list(imports.read_frames(getattr(exports, kind)(images), 6))
    assert len(frames) == 6
    assert all(np.abs(x.astype(int) - y).mean() < 12 for x, y in zip(images, frames, strict=True))


def test_a_still_comes_back_bit_for_bit():
    (image,) = waves(1)
    (frame,) = imports.read_frames(exports.png(image, RECIPE))
    assert np.array_equal(frame, image)


def test_a_thousand_frames_are_read_in_their_order():
    images = [np.full((2, 2, 3), index % 251, np.uint8) for index in range(1010)]
    frames = list(imports.read_frames(exports.zip(images)))
    assert np.array_equal(frames, images)


def stuffed(name, body):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return buffer.getvalue()


def wide(width, height):
    buffer = io.BytesIO()
    Image.new("L", (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


HOSTILE = {
    "text": (b"hello", "is no PNG, WebP, GIF, MP4 or ZIP"),
    "nothing": (b"", "is no PNG, WebP, GIF, MP4 or ZIP"),
    "too long": (b"GIF8" + bytes(65 * 2**20), "has 65 MB, the limit is 64 MB"),
    "half a film": (exports.webp(waves(3))[:200], "damaged or not complete"),
    "half an archive": (exports.zip(waves(3))[:200], "damaged or not complete"),
    "an empty film": (b"\0\0\0\x18ftypmp42", "damaged or not complete"),
    "a bomb in an archive": (stuffed("frames/000.png", bytes(65 * 2**20)), "unpacks to more"),
    "a giant in an archive": (stuffed("frames/000.png", wide(9000, 8000)), "72 million pixels"),
    "a giant": (wide(9000, 8000), "has 72 million pixels, the limit is 64 million"),
    "a text in an archive": (stuffed("frames/000.png", b"text"), "damaged or not complete"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_no_such_file_gets_one_sentence(case):
    data, said = HOSTILE[case]
    with pytest.raises(ValueError, match=said) as refusal:
        list(imports.read_frames(data))
    assert "\n" not in str(refusal.value) and str(refusal.value).endswith(".")


def test_only_frames_of_an_archive_are_read():
    assert list(imports.read_frames(stuffed("../../escape.png", wide(4, 4)))) == []


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_done_to_its_bytes_frames_or_a_sentence_come_out(data):
    body = bytearray(data.draw(st.sampled_from([getattr(exports, kind)(waves(2)) for kind in FILMS])))
    for _ in range(data.draw(st.integers(1, 5))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        frames = list(imports.read_frames(bytes(body)))
    except ValueError as refusal:
        assert len(str(refusal)) < 160
    else:
        assert all(frame.ndim == 3 and frame.dtype == np.uint8 for frame in frames)
