"""Figures of variations and mix as data: traces, places, marks, words."""

import numpy as np
import pytest
from PIL import Image

from lab.diffusion import simplex, spread
from lab.diffusion.likeness import Likeness
from lab.figures import mix, variations
from lab.figures.morph import encode
from lab.figures.style import DARK, LIGHT


@pytest.fixture
def walk():
    rng, d = np.random.default_rng(3), np.zeros((4, 64))
    y0, steps = rng.normal(size=(4, 64)), []
    for _ in range(12):
        d = 0.5 * (d + 0.02 * rng.normal(size=d.shape))
        steps.append(y0 + d)
    return spread.measure(y0, np.array(steps), 0.02, 0.5)


def jpegs(count):
    return [encode(np.full((16, 16, 3), 10 * k, np.uint8)) for k in range(count)]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["day", "night"])
def test_the_cloud_has_every_step_on_its_place_and_its_picture_there(walk, colours):
    figure = variations.draw_cloud(walk, jpegs(13), colours, chosen=5)
    line = figure.data[0]
    assert (line.x[0], line.y[0]) == (0, 0)  # the start in the middle
    assert np.column_stack([line.x, line.y])[1:] == pytest.approx(walk.plane)
    assert [(image.x, image.y) for image in figure.layout.images] == list(zip(line.x, line.y, strict=True))
    assert [k for k, colour in enumerate(line.marker.color) if colour == colours.accent] == [5]


def test_a_cloud_without_pictures_is_still_a_cloud(walk):
    assert len(variations.draw_cloud(walk, [], LIGHT).layout.images) == 0
    assert len(variations.draw_cloud(walk, jpegs(3), LIGHT).layout.images) == 3


def test_measured_points_lie_on_the_theory_within_its_band(walk):
    for figure, measured in (
        (variations.draw_spread(walk, LIGHT), walk.deviation),
        (variations.draw_correlation(walk, LIGHT), walk.correlation),
    ):
        by_name = {trace.name: trace for trace in figure.data}
        assert by_name["this walk"].y == pytest.approx(measured)
        half = len(by_name["chance"].y) // 2
        high, low = by_name["chance"].y[:half], by_name["chance"].y[half:][::-1]
        inside = [lo <= y <= hi for lo, y, hi in zip(low, measured, high, strict=True)]
        assert np.mean(inside) > 0.7
    assert variations.draw_spread(walk, LIGHT).layout.shapes[0].y0 == pytest.approx(0.02 / 3**0.5)


def test_a_free_walk_has_no_limit_to_draw():
    free = spread.Spread(0.1, 0.0, 100, np.array([0.1, 0.14]), np.array([0.7]), np.zeros((2, 2)), 1.0)
    assert len(variations.draw_spread(free, LIGHT).layout.shapes) == 0


def test_spreads_come_back_from_plain_data(walk):
    again = spread.revive(spread.plain(walk))
    assert again.deviation == pytest.approx(walk.deviation, rel=1e-4)
    assert again.plane == pytest.approx(walk.plane, rel=1e-3, abs=1e-6)
    assert (again.sigma, again.pull, again.coordinates) == (0.02, 0.5, 256)


LIKENESS = Likeness("pixels", np.array([[0, 10, 20], [10, 0, 20], [20, 20, 0], [12, 14, 16.0]]), 15.0)


def test_bars_are_relative_distances_of_the_blend():
    figure = mix.draw_distances([LIKENESS], 3, ["Ada", "Clio", "Hugo"], LIGHT)
    assert list(figure.data[0].y) == ["Ada", "Clio", "Hugo"]
    assert list(figure.data[0].x) == pytest.approx([0.8, 14 / 15, 16 / 15])


@pytest.mark.parametrize("count", [2, 3, 4])
def test_the_blend_least_like_any_source_is_marked_and_no_other(count):
    weights = simplex.lattice(count, 2)
    rng = np.random.default_rng(count)
    likeness = Likeness("seen", rng.random((len(weights), count)), 1.0)
    figure = mix.draw_nearest(likeness, weights, [f"s{i}" for i in range(count)], LIGHT)
    trace = figure.data[0]
    colours = trace.marker.color if count != 3 else trace.marker.line.color
    marked = [text for text, colour in zip(trace.text, colours, strict=True) if colour == LIGHT.accent]
    assert marked == [mix.spoken(weights[likeness.least_like()], [f"s{i}" for i in range(count)])]


def test_the_triangle_has_equal_sides_and_its_corners_are_the_sources():
    x, y = mix.plane(np.eye(3))
    sides = [np.hypot(x[i] - x[j], y[i] - y[j]) for i, j in ((0, 1), (1, 2), (0, 2))]
    assert sides == pytest.approx([1, 1, 1])
    assert y.argmax() == 0 and x.argmin() == 1 and x.argmax() == 2


@pytest.mark.parametrize(
    ("prompts", "expected"),
    [
        (["a portrait of Ada", "a portrait of Clio"], ["Ada", "Clio"]),
        (["a cat, at dusk", "a dog, at dusk"], ["cat", "dog"]),
        (["a cat", "a cat in snow"], ["a cat", "a cat in snow"]),  # nothing would be left of the first
        (["one", "one"], ["one", "one"]),
    ],
)
def test_names_are_what_tells_prompts_apart(prompts, expected):
    assert mix.names(prompts) == expected


def test_a_prompt_is_no_markup_in_a_figure():
    assert mix.short("<a href='x'>b</a>") == "&lt;a href=&#x27;x&#x27;&gt;b&lt;/a&gt;"
    assert len(mix.short("word " * 50)) <= 28
    assert mix.spoken((0.5, 0.5, 0.0), ["Ada", "Clio", "Hugo"]) == "50 % Ada, 50 % Clio"


def test_thumbnails_are_small():
    big = encode(np.zeros((512, 512, 3), np.uint8))
    import base64
    import io

    data = base64.b64decode(variations._thumbnail(big).split(",")[1])
    assert Image.open(io.BytesIO(data)).size == (variations.THUMB,) * 2 and len(data) < 3000
