"""A visitor's picture: every kind comes out upright, opaque, of eight bits; every bad one gets a sentence."""

import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lab.diffusion import uploads

RED, BLUE = (200, 30, 40), (20, 60, 220)


def halves(width=24, height=16):
    """Red on the left, blue on the right."""
    picture = np.zeros((height, width, 3), np.uint8)
    picture[:, : width // 2], picture[:, width // 2 :] = RED, BLUE
    return picture


def saved(picture, kind, **options):
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def claims(width, height):
    """A PNG of a few bytes whose header says that it has this size."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 4096)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind, off", [("PNG", 0), ("BMP", 0), ("GIF", 3), ("WEBP", 20), ("JPEG", 20)])
def test_every_format_comes_out_as_it_went_in(kind, off):
    read = uploads.read_picture(saved(Image.fromarray(halves()), kind), f"halves.{kind}")
    assert read.shape == (16, 24, 3) and read.dtype == np.uint8
    assert np.abs(read.astype(int) - halves())[:, [4, 20]].max() <= off


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK"])
def test_every_mode_becomes_rgb(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    read = uploads.read_picture(
        saved(Image.fromarray(halves()).convert(mode), kind, quality=95)
        if kind == "JPEG"
        else saved(Image.fromarray(halves()).convert(mode), kind)
    )
    assert (
        read.shape == (16, 24, 3) and read[:, 2].std() < 130 and not np.array_equal(read[:, 2], read[:, 21])
    )


def test_sixteen_bits_become_eight():
    grey = (np.arange(256, dtype=np.uint16) * 257).reshape(16, 16)
    read = uploads.read_picture(saved(Image.fromarray(grey), "PNG"))
    assert (
        np.array_equal(read[..., 0], np.arange(256).reshape(16, 16)) and (read[..., 0] == read[..., 2]).all()
    )


def test_what_is_transparent_shows_white_paper():
    picture = Image.fromarray(halves()).convert("RGBA")
    picture.putalpha(
        Image.fromarray(np.where(np.arange(24) < 12, 255, 0).astype(np.uint8)[None].repeat(16, 0))
    )
    read = uploads.read_picture(saved(picture, "PNG"))
    assert (read[:, 0] == RED).all() and (read[:, -1] == 255).all()


def test_a_transparent_palette_shows_white_paper():
    picture = Image.fromarray(halves()).quantize(4)
    clear = picture.getpixel((23, 0))
    assert (uploads.read_picture(saved(picture, "PNG", transparency=clear))[:, -1] == 255).all()


@pytest.mark.parametrize("orientation, corner", [(1, RED), (2, BLUE), (3, BLUE), (6, RED), (8, BLUE)])
def test_a_picture_stands_as_its_camera_was_held(orientation, corner):
    exif = Image.Exif()
    exif[0x0112] = orientation
    read = uploads.read_picture(saved(Image.fromarray(halves()), "PNG", exif=exif))
    assert read.shape[:2] == ((24, 16) if orientation > 4 else (16, 24))
    assert tuple(read[0, 0]) == corner


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_an_animation_is_its_first_frame(kind):
    first, second = Image.new("RGB", (16, 16), RED), Image.new("RGB", (16, 16), BLUE)
    options = {"lossless": True} if kind == "WEBP" else {}
    data = saved(first, kind, save_all=True, append_images=[second], **options)
    assert np.abs(uploads.read_picture(data).astype(int) - RED).max() <= 3


HOSTILE = {
    "a text file": (b"this is not a picture\n" * 40, "is not a PNG, JPEG, WebP, GIF or BMP picture"),
    "nothing": (b"", "is empty"),
    "a script in SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "is not a PNG"),
    "EPS": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "is not a PNG"),
    "100 megapixels": (claims(10_000, 10_000), "has 100 megapixels, the limit is 24"),
    "a bomb": (claims(50_000, 50_000), "has more than 100 megapixels"),
    "an endless line": (claims(400_000, 1), "the limit is 16384 on a side"),
    "too many bytes": (b"\x89PNG\r\n\x1a\n" + bytes(21 * 2**20), "has 21 MB, the limit is 20 MB"),
    "only a header": (b"\x89PNG\r\n\x1a\n", "is"),
    "too few rows": (claims(200, 200), "is damaged or not complete"),
    "half a JPEG": (saved(Image.fromarray(halves(96, 96)), "JPEG")[:400], "is damaged or not complete"),
    "half a WebP": (saved(Image.effect_noise((64, 64), 50), "WEBP", lossless=True)[:900], "is"),
}


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("case", HOSTILE)
def test_a_bad_file_gets_one_sentence(case):
    data, said = HOSTILE[case]
    with pytest.raises(ValueError) as refusal:
        uploads.read_picture(data, "../../holiday.png")
    sentence = str(refusal.value)
    assert sentence.startswith("holiday.png ") and said in sentence
    assert sentence.endswith(".") and "\n" not in sentence and len(sentence) < 160


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_done_to_its_bytes_a_picture_or_a_sentence_comes_out(data):
    kind = data.draw(st.sampled_from(["PNG", "JPEG", "WEBP", "GIF", "BMP"]))
    body = bytearray(saved(Image.fromarray(halves()), kind))
    for _ in range(data.draw(st.integers(1, 6))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(body)))
    try:
        read = uploads.read_picture(bytes(body[:cut]), "x")
    except ValueError as refusal:
        assert str(refusal).startswith("x ")
    else:
        assert read.ndim == 3 and read.shape[2] == 3 and read.dtype == np.uint8


def test_a_long_name_is_cut_and_markup_stays_one_line():
    with pytest.raises(ValueError, match=r"^.{60} is not"):
        uploads.read_picture(b"x", "n" * 500 + ".png")
    assert uploads.shown("a\nb  c.png") == "a b c.png" and uploads.shown("C:\\x\\y.png") == "y.png"


@pytest.mark.parametrize("shape", [(16, 24), (24, 16), (1, 1), (1, 900), (300, 7)])
def test_any_shape_fits_the_model(shape):
    picture = np.random.default_rng(0).integers(0, 256, (*shape, 3), np.uint8)
    assert uploads.fit(picture, (32, 16)).shape == (16, 32, 3)


def test_the_middle_is_kept():
    picture = np.zeros((10, 30, 3), np.uint8)
    picture[:, 10:20] = 255
    assert uploads.fit(picture, (10, 10)).min() >= 250
