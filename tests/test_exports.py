"""Exports: what goes into a file comes out again, pictures and recipe."""

import io
import json
import zipfile

import numpy as np
import pytest
from PIL import Image, ImageSequence

from lab import exports
from lab.fingerprints import FINGERPRINTS, fingerprint

RECIPE = {
    "experiment": "morph",
    "spec": {"prompts": ["a 🦊 in Łódź", "雨\n\"'<&>"], "seed": 2**64 - 1, "t": 0.1},
}
FILMS = ("webp", "gif", "mp4", "zip")


def unsigned(recipe):
    """The recipe without the fingerprints that a file adds to it."""
    return {name: value for name, value in recipe.items() if name != FINGERPRINTS}


def waves(count, height=32, width=48):
    """Smooth pictures, each different from the one before, of shape (H, W, 3), uint8."""
    y, x = np.mgrid[0:height, 0:width] / height
    channels = (np.sin(4 * x), np.cos(3 * y), np.sin(x + y))
    return [
        np.stack([127 + 120 * channel * np.cos(k / 3) for channel in channels], -1).astype(np.uint8)
        for k in range(count)
    ]


def decoded(kind, data):
    """Frames of a film by another route than the one that made it."""
    if kind == "zip":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = sorted(name for name in archive.namelist() if name.endswith(".png"))
            return [np.asarray(Image.open(io.BytesIO(archive.read(name)))) for name in names]
    if kind == "mp4":
        import av

        with av.open(io.BytesIO(data)) as film:
            return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    with Image.open(io.BytesIO(data)) as film:
        return [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(film)]


@pytest.mark.parametrize("kind, tolerance", [("webp", 4), ("gif", 12), ("mp4", 6), ("zip", 0)])
@pytest.mark.parametrize("count", [1, 5])
def test_a_film_shows_its_frames_in_order(kind, tolerance, count):
    images = waves(count)
    frames = decoded(kind, getattr(exports, kind)(images))
    assert len(frames) == count
    for image, frame in zip(images, frames, strict=True):
        assert np.abs(image.astype(int) - frame).mean() <= tolerance


def test_webp_of_full_quality_loses_nothing():
    images = waves(3)
    assert np.array_equal(decoded("webp", exports.webp(images, quality=100)), images)


@pytest.mark.parametrize("kind", FILMS)
def test_the_recipe_comes_back_from_a_film(kind, tmp_path):
    data = getattr(exports, kind)(waves(3), RECIPE)
    assert unsigned(exports.read_recipe(data)) == RECIPE
    path = tmp_path / f"film.{kind}"
    path.write_bytes(data)
    assert exports.read_recipe(path) == exports.read_recipe(str(path)) == exports.read_recipe(data)


def test_a_png_is_exact_and_holds_its_recipe():
    image = waves(1)[0]
    data = exports.png(image, RECIPE)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(data))), image)
    assert unsigned(exports.read_recipe(data)) == RECIPE


@pytest.mark.parametrize("kind", FILMS)
def test_a_long_recipe_fits(kind):
    recipe = {"prompts": ["🦊" * 2000] * 16}
    assert unsigned(exports.read_recipe(getattr(exports, kind)(waves(2), recipe))) == recipe


@pytest.mark.parametrize("kind, field", [("webp", "duration"), ("gif", "duration")])
def test_frames_are_shown_as_long_as_asked_and_for_ever(kind, field):
    with Image.open(io.BytesIO(getattr(exports, kind)(waves(4), milliseconds=50))) as film:
        durations = [frame.info[field] for frame in ImageSequence.Iterator(film) if not frame.load() or True]
        assert film.n_frames == 4 and durations == [50] * 4 and film.info["loop"] == 0


def test_mp4_takes_the_time_of_its_frames_and_makes_odd_sizes_even():
    import av

    with av.open(io.BytesIO(exports.mp4(waves(10, 31, 47), milliseconds=40))) as film:
        assert film.streams.video[0].average_rate == 25 and film.duration == 400_000
        assert (film.streams.video[0].width, film.streams.video[0].height) == (48, 32)


def test_all_frames_of_a_gif_share_one_palette():
    data = exports.gif(waves(4))
    with Image.open(io.BytesIO(data)) as film:
        assert film.n_frames == 4
    assert exports.shared_palette(waves(4)).mode == "P"


def test_the_archive_says_what_its_pictures_are():
    with zipfile.ZipFile(io.BytesIO(exports.zip(waves(2), RECIPE))) as archive:
        assert archive.namelist() == ["frames/000.png", "frames/001.png", "result.json"]
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        result = json.loads(archive.read("result.json"))
        assert unsigned(result) == RECIPE
        assert exports.read_recipe(archive.read("frames/001.png")) == result


@pytest.mark.parametrize("kind", FILMS)
def test_a_film_keeps_the_fingerprints_of_its_frames_as_they_were(kind):
    images = waves(3)
    prints = [fingerprint(image) for image in images]
    assert exports.read_recipe(getattr(exports, kind)(images, RECIPE))[FINGERPRINTS] == prints
    assert exports.read_recipe(exports.png(images[1], RECIPE))[FINGERPRINTS] == prints[1:2]
    again = exports.read_recipe(exports.png(images[1], RECIPE | {FINGERPRINTS: prints}))
    assert again[FINGERPRINTS] == prints


def test_a_fingerprint_names_size_and_pixels():
    picture = waves(1)[0]
    assert fingerprint(picture) == fingerprint(picture.copy())
    assert fingerprint(picture) != fingerprint(picture.reshape(48, 32, 3))
    assert fingerprint(picture) != fingerprint(255 - picture)
    assert fingerprint(picture[:, ::-1]) == fingerprint(picture[:, ::-1].copy())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\0\0\0\0WEBP",
        b"GIF89a",
        b"PK\x03\x04",
        b"\0\0\0\x18ftypmp42",
    ],
)
def test_a_broken_file_is_refused_in_one_sentence(data):
    with pytest.raises(ValueError, match="holds no recipe; choose a PNG, WebP, GIF, MP4 or ZIP"):
        exports.read_recipe(data)


@pytest.mark.parametrize("kind", FILMS)
def test_a_film_without_recipe_is_refused_in_one_sentence(kind):
    with pytest.raises(ValueError, match="holds no recipe"):
        exports.read_recipe(getattr(exports, kind)(waves(2)))


@pytest.mark.parametrize("kind", FILMS)
@pytest.mark.parametrize("images", [[], waves(1) + waves(1, 16, 16)])
def test_frames_must_be_there_and_of_one_size(kind, images):
    with pytest.raises(ValueError, match="frames of one size"):
        getattr(exports, kind)(images)
