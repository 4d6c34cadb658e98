"""Pictures of a morph as data: what is encoded comes back, a sheet has every frame in its place."""

import io

import numpy as np
import pytest
from PIL import Image

from lab import exports
from lab.figures import morph


def frames(count, size=24):
    """Flat colours, one for each frame."""
    return [np.full((size, size, 3), 9 * index, np.uint8) for index in range(count)]


def test_a_shown_frame_is_the_frame():
    image = np.random.default_rng(0).integers(0, 256, (8, 8, 3), np.uint8).repeat(8, 0).repeat(8, 1)
    with Image.open(io.BytesIO(morph.encode(image))) as shown:
        assert shown.format == "JPEG"
        assert np.abs(np.asarray(shown).astype(int) - image).mean() < 2


@pytest.mark.parametrize("encode", [exports.webp, exports.gif])
def test_a_film_is_read_back_frame_by_frame(encode, tmp_path):
    path = tmp_path / "film"
    path.write_bytes(encode(frames(12)))
    read = morph.read_film(path)
    assert len(read) == 12
    assert all(np.abs(got.astype(int) - put).max() < 6 for got, put in zip(read, frames(12), strict=True))


def test_frames_that_an_encoder_merges_come_back(tmp_path):
    still, moved = frames(2)
    path = tmp_path / "film.webp"
    path.write_bytes(exports.webp([still, still, still, moved, still]))
    with Image.open(path) as film:
        assert film.n_frames < 5
    assert len(morph.read_film(path)) == 5


def test_a_contact_sheet_has_every_frame_in_its_place():
    sheet = morph.contact_sheet(frames(10, size=6), columns=4, gap=2)
    assert sheet.shape == (3 * 8 + 2, 4 * 8 + 2, 3)
    for index in range(10):
        row, column = divmod(index, 4)
        assert (sheet[2 + 8 * row : 8 + 8 * row, 2 + 8 * column : 8 + 8 * column] == 9 * index).all()
    assert (sheet[-8:-2, -16:] == 255).all(), "no frame, only paper"


def test_an_empty_sheet_gets_a_sentence():
    with pytest.raises(ValueError, match="no frame"):
        morph.contact_sheet([])
