"""The illustrator: the same scene is the same picture, each attribute shows, mixes are ways, not jumps."""

import re
from dataclasses import replace

import numpy as np
import pytest

from lab.babel.illustrator import (
    PEOPLE,
    SIZE,
    WORDS,
    Passage,
    Scene,
    attributes,
    caption,
    contact_sheet,
    draw,
    draw_passage,
    held_out,
    sample,
    sample_passage,
    unblended,
)
from lab.babel.illustrator.scene import PALETTES, PLACES, ROLES, SEASONS, STYLES, WEATHERS


def scenes(count, seed=0):
    """Some random scenes."""
    rng = np.random.default_rng(seed)
    return [sample(rng) for _ in range(count)]


def distance(a, b):
    """Mean absolute difference of two scenes' pictures, in grey levels of 255."""
    return np.abs(draw(a).astype(float) - draw(b).astype(float)).mean()


def test_same_scene_is_same_picture():
    for scene in scenes(8):
        picture = draw(scene)
        assert picture.shape == (SIZE, SIZE, 3) and picture.dtype == np.uint8
        assert np.array_equal(picture, draw(replace(scene)))


def test_captions_use_only_known_words():
    rng = np.random.default_rng(1)
    said = {word for scene in scenes(3000, 1) for word in re.findall(r"[a-z]+", caption(scene, rng).lower())}
    assert said <= WORDS
    assert 150 < len(WORDS) < 400


def test_captions_are_short():
    rng = np.random.default_rng(2)
    lengths = [len(caption(scene, rng).split()) for scene in scenes(1000, 2)]
    assert 1 <= min(lengths) and max(lengths) <= 32 and 6 < np.mean(lengths) < 18


BASE = Scene(place_a="garden", place_b="garden", head=0.2, named=True)


@pytest.mark.parametrize(
    "field, values",
    [
        ("style", STYLES),
        ("palette", PALETTES),
        ("season", SEASONS),
        ("role", ROLES),
        ("time", (0.0, 1.0, 2.0, 3.0)),
        ("head", (0.0, 0.066, 0.12, 0.2)),
    ],
)
def test_each_attribute_shows(field, values):
    shown = [replace(BASE, **{field: value}) for value in values]
    assert min(distance(a, b) for i, a in enumerate(shown) for b in shown[:i]) > 1.0


@pytest.mark.parametrize("field, values", [("place", PLACES), ("weather", WEATHERS), ("person", PEOPLE)])
def test_each_kind_shows(field, values):
    base = BASE if field == "person" else replace(BASE, head=0.0)
    shown = [replace(base, **{f"{field}_a": value, f"{field}_b": value}) for value in values]
    assert min(distance(a, b) for i, a in enumerate(shown) for b in shown[:i]) > 1.0


@pytest.mark.parametrize("style", STYLES)
def test_weather_shows_in_every_style(style):
    dry = replace(BASE, head=0.0, style=style)
    assert min(distance(dry, replace(dry, weather_a=w, weather_b=w)) for w in WEATHERS[1:]) > 0.8


@pytest.mark.parametrize(
    "field, a, b",
    [
        ("place", "forest", "street"),
        ("place", "library", "mountains"),
        ("person", "Ada", "Knut"),
        ("weather", "rain", "snow"),
    ],
)
def test_near_mixes_are_nearer_than_far_ones(field, a, b):
    head = 0.2 if field == "person" else 0.0
    ends = {f"{field}_a": a, f"{field}_b": b}
    way = [
        Scene(**ends, **{f"{'' if field == 'place' else field + '_'}mix": m}, head=head)
        for m in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    whole = distance(way[0], way[-1])
    assert all(distance(p, q) < 0.9 * whole for p, q in zip(way, way[1:], strict=False))
    assert distance(way[0], way[1]) < distance(way[0], way[3])


@pytest.mark.parametrize("style", STYLES)
def test_same_drawing_at_every_size(style):
    scene = replace(BASE, style=style, head=0.066)
    large = draw(scene, 2 * SIZE).astype(float).reshape(SIZE, 2, SIZE, 2, 3).mean((1, 3))
    assert np.abs(large - draw(scene)).mean() < (9 if style == "engraving" else 5)


def test_held_out_share_and_symmetry():
    many = scenes(4000, 3)
    assert 0.02 < np.mean([held_out(scene) for scene in many]) < 0.09
    assert held_out(Scene("forest", "forest", weather_a="snow", weather_b="snow", time=3.0))
    assert not held_out(Scene("forest", "forest", weather_a="snow", weather_b="snow", time=1.0))


def test_marginals_and_hybrids():
    labels = [attributes(scene) for scene in scenes(4000, 4)]
    share = lambda key, value: np.mean([row.get(key) == value for row in labels])  # noqa: E731
    assert all(0.07 < share("place", name) < 0.13 for name in PLACES)
    assert all(0.15 < share("weather", name) < 0.25 for name in WEATHERS)
    assert 0.24 < share("view", "portrait") < 0.32 and 0.25 < share("style", "painting") < 0.35
    assert 0.24 < share("hybrid", "yes") < 0.38


def test_contact_sheet_fills_rows():
    assert contact_sheet(scenes(5), columns=3, size=32).shape == (64, 96, 3)


def passages(count, seed=0):
    """Some random passages."""
    rng = np.random.default_rng(seed)
    return [sample_passage(rng) for _ in range(count)]


def test_a_passage_begins_and_ends_with_its_scenes():
    for found in passages(8):
        assert np.array_equal(draw_passage(replace(found, share=0.0)), draw(found.start))
        assert np.array_equal(draw_passage(replace(found, share=1.0)), draw(found.end))


def test_a_passage_goes_there_in_small_steps_and_stays_sharp():
    detail = lambda picture: np.abs(np.diff(picture, axis=1)).mean() + np.abs(np.diff(picture, axis=0)).mean()  # noqa: E731
    for found in passages(12, 1):
        way = np.stack([draw_passage(replace(found, share=t)) for t in np.linspace(0, 1, 13)]).astype(float)
        steps = np.abs(np.diff(way, axis=0)).mean((1, 2, 3))
        assert steps.max() <= 4 * steps.mean(), found
        assert np.mean([detail(p) for p in way[1:-1]]) > 0.6 * np.mean([detail(p) for p in way[[0, -1]]]), (
            found
        )


def test_who_is_in_one_picture_only_comes_nearer_and_is_nobody_else():
    nobody, somebody = (
        Scene(),
        Scene(head=0.2, person_a="Luna", person_b="Luna", named=True, role="librarian"),
    )
    first, last = Passage(nobody, somebody, 0.5).sides()
    assert first.head == last.head == 0.1
    assert (first.person_a, first.person_b, first.role, first.named) == ("Luna", "Luna", "librarian", True)


def test_passages_lead_between_unblended_scenes_that_training_may_see():
    many = passages(200, 2)
    ends = [scene for found in many for scene in (found.start, found.end)]
    assert all(scene == unblended(scene) and not held_out(scene) for scene in ends)
    assert not any(held_out(side) for found in many for side in found.sides())
    assert 0 <= min(found.share for found in many) < 0.1 < 0.9 < max(found.share for found in many) <= 1
