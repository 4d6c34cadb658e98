"""The latents room on tiny pipelines: identities, stock diffusers, least squares by another route."""

import json
import math

import numpy as np
import pytest
import torch
from diffusers import DDPMScheduler
from sklearn.linear_model import LinearRegression

from lab import compute
from lab.diffusion.difference import compare
from lab.diffusion.latents import LatentsSpec, looks
from lab.diffusion.latents import colours as maps
from lab.diffusion.latents.expression import parse
from lab.diffusion.latents.memory import Memory
from lab.diffusion.latents.results import Answer, Between, Colours, Negative, Noised, Source
from lab.fingerprints import fingerprint

PROMPTS = ("a cat", "a dog", "a cat and a dog")


def own_picture(model, seed=5):
    width, height = model.size
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def found(model, view, pictures=PROMPTS, **how):
    """Sources and results of a spec."""
    own, memory = how.pop("own", None), how.pop("memory", None)
    items = list(looks.render_spec(model, LatentsSpec(pictures, view, **how), own, memory))
    return items[: len(pictures)], items[len(pictures) :]


def test_a_drawn_picture_is_the_one_that_stock_diffusers_draws(small, small_stock):
    (source,), _ = found(small, "channels", ("a cat",), steps=3, guidance=3.0, scheduler="ddim", seed=3)
    from diffusers import DDIMScheduler

    small_stock.scheduler = DDIMScheduler.from_config(small_stock.scheduler.config)
    asked = dict(num_inference_steps=3, guidance_scale=3.0, output_type="latent")
    latents = small_stock("a cat", generator=compute.generator(3), **asked).images[0]
    np.testing.assert_allclose(source.latents, latents.numpy(), atol=1e-4)
    assert np.array_equal(small.decode(torch.from_numpy(source.latents)), source.image)


def test_minus_a_picture_is_its_negative_in_both_spaces(small):
    (source, *_), (result,) = found(small, "negative")
    assert isinstance(result, Negative)
    assert np.array_equal(result.answer.pixels, 255 - source.image)
    assert np.array_equal(result.answer.image, small.decode(-torch.from_numpy(source.latents)))
    assert np.array_equal(result.zero, small.decode(torch.zeros(small.latent_shape)))
    means = [mirror.difference.mean for mirror in result.mirrors]
    assert means == sorted(means) and len(means) == 2  # a tiny pipeline ships no map, and so no mean colour
    assert 0 <= result.straight <= 1


def test_the_negative_of_a_straight_change_of_colours_is_straight():
    before = np.random.default_rng(0).integers(0, 256, (8, 8, 3), np.uint8)
    assert looks.straight(before, 255 - before) == pytest.approx(1)
    assert looks.straight(before, np.random.default_rng(1).integers(0, 256, (8, 8, 3), np.uint8)) < 0.2


def test_an_answer_is_calculated_twice_and_compared(small):
    sources, (result,) = found(small, "calculator", expression="a - b + c")
    a, b, c = (source.latents for source in sources)
    assert isinstance(result, Answer) and result.expression == "a - b + c"
    assert np.array_equal(
        result.image, small.decode(torch.from_numpy(a) - torch.from_numpy(b) + torch.from_numpy(c))
    )
    x, y, z = (source.image.astype(float) for source in sources)
    assert np.abs(result.pixels - (x - y + z).clip(0, 255)).max() <= 1
    assert result.difference == compare(result.image, result.pixels)
    there = small.encode(result.pixels)
    assert result.floor == compare(small.decode(there), result.pixels)
    wanted = np.linalg.norm(a - b + c - there.numpy()) / np.linalg.norm(there)
    assert result.distance == pytest.approx(wanted, rel=1e-5)


def test_a_letter_alone_is_its_picture(small):
    sources, (result,) = found(small, "calculator", expression="b")
    assert np.array_equal(result.image, sources[1].image) and np.array_equal(result.pixels, sources[1].image)
    assert result.difference.equal and math.isinf(result.difference.psnr)


def test_pixels_have_three_channels_and_latents_four(small):
    _, (result,) = found(small, "calculator", expression="a[3]")
    assert result.pixels is None and result.difference is None and "no 3" in result.reason
    with pytest.raises(ValueError, match="There is no channel 4: the latents of .* have 4, 0 to 3"):
        LatentsSpec(("a",), expression="a[4]", model=str(small.folder)).validate()


def test_a_brought_picture_is_encoded_and_needs_its_bytes(small):
    picture = own_picture(small)
    name = fingerprint(picture)
    (_, source), _ = found(small, "channels", ("a cat", f"own:{name}"), own={name: picture})
    assert np.array_equal(source.image, picture)
    np.testing.assert_allclose(source.latents, small.encode(picture).numpy())
    assert source.loss == compare(picture, source.returned)
    with pytest.raises(ValueError, match="Picture b was brought by somebody else; bring it again"):
        found(small, "channels", ("a cat", f"own:{name}"))


def test_pictures_drawn_before_are_remembered(small):
    memory, calls = Memory(), []
    spec = LatentsSpec(PROMPTS, "channels")
    first = list(looks.render_spec(small, spec, None, memory, progress=lambda *done: calls.append(done)))
    assert calls
    calls.clear()
    again = list(looks.render_spec(small, spec, None, memory, progress=lambda *done: calls.append(done)))
    assert not calls
    assert all(np.array_equal(a.latents, b.latents) for a, b in zip(first, again, strict=True))
    found(small, "channels", PROMPTS, seed=43, memory=memory)
    assert len(memory) == 6


def test_a_picture_does_not_depend_on_its_neighbours(small):
    together, _ = found(small, "channels")
    (alone,), _ = found(small, "channels", PROMPTS[2:])
    assert np.array_equal(together[2].latents, alone.latents)


def test_a_cancelled_look_ends_with_what_there_is(small):
    assert list(looks.render_spec(small, LatentsSpec(PROMPTS), cancelled=lambda: True)) == []


def test_a_blend_begins_and_ends_with_its_pictures(small):
    sources, row = found(small, "blend", PROMPTS[:2], count=5)
    assert [place.t for place in row] == [0, 0.25, 0.5, 0.75, 1] and all(isinstance(p, Between) for p in row)
    for place, source in ((row[0], sources[0]), (row[-1], sources[1])):
        assert all(np.array_equal(x, source.image) for x in (place.latents, place.pixels, place.morph))
    middle = (sources[0].image.astype(float) + sources[1].image) / 2
    assert np.abs(row[2].pixels - middle).max() <= 0.5
    halfway = torch.from_numpy((sources[0].latents + sources[1].latents) / 2)
    assert np.abs(row[2].latents.astype(int) - small.decode(halfway)).max() <= 1


def test_the_morph_of_a_blend_is_the_morph(small):
    from lab.diffusion import morph

    _, row = found(small, "blend", PROMPTS[:2], count=5)
    frames = [frame.image for frame in morph(small, PROMPTS[:2], 4, "none")]
    assert all(np.array_equal(place.morph, frame) for place, frame in zip(row, frames, strict=True))


def test_a_brought_picture_has_no_morph(small):
    picture = own_picture(small)
    name = fingerprint(picture)
    _, row = found(small, "blend", ("a cat", f"own:{name}"), own={name: picture}, count=3)
    assert all(place.morph is None and place.news is None for place in row)


def test_noise_is_the_schedulers_from_none_to_all(small):
    (source, *_), row = found(small, "noise", count=4, seed=9)
    assert all(isinstance(place, Noised) for place in row)
    assert row[0].timestep == -1 and row[0].difference.equal and row[-1].timestep == 999
    stock = DDPMScheduler.from_config(small.scheduler_config)
    noise = torch.randn(small.latent_shape, generator=compute.generator(9))
    for place in row[1:]:
        step = torch.tensor([place.timestep])
        latents = stock.add_noise(torch.from_numpy(source.latents)[None], noise[None], step)[0]
        assert np.array_equal(place.latents, small.decode(latents))
    signals = [place.signal for place in row]
    assert signals == sorted(signals, reverse=True) and signals[0] == 1


def test_a_straight_map_is_found_again():
    rng = np.random.default_rng(0)
    weights = rng.normal(size=(5, 3)) * 0.1
    sources = []
    for letter in "ab":
        latents = rng.normal(size=(4, 6, 6)).astype(np.float32)
        tiles = (maps.features(latents) @ weights).reshape(6, 6, 3)
        image = np.rint((tiles + 1) * 127.5).astype(np.uint8).repeat(4, 0).repeat(4, 1)
        sources.append(Source(letter, "", image, latents, image, compare(image, image)))
    result = maps.colours(sources, weights.tolist())
    np.testing.assert_allclose(result.weights, weights, atol=5e-3)
    assert min(result.shipped_fit, result.fitted_fit, result.left_out) > 0.99
    assert all(np.abs(a.astype(int) - b).max() <= 2 for a, b in zip(result.true, result.fitted, strict=True))


def test_the_map_is_that_of_linear_regression(small):
    sources, (result,) = found(small, "colours")
    assert isinstance(result, Colours) and math.isnan(result.shipped_fit) and result.shipped == ()
    x = np.concatenate([source.latents.reshape(4, -1).T for source in sources])
    y = np.concatenate([maps.thumbnail(source.image, source.latents.shape[1:]) for source in sources])
    other = LinearRegression().fit(x, y)
    np.testing.assert_allclose(result.weights[:-1].T, other.coef_, atol=1e-5)
    assert result.fitted_fit >= other.score(x, y) - 0.2  # scikit-learn averages over colours, we pool them
    single, (alone,) = found(small, "colours", PROMPTS[:1])
    assert math.isnan(alone.left_out)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"pictures": ()}, "1 to 6 pictures, but there are 0"),
        ({"pictures": "a cat"}, "1 to 6 pictures, but there are one text"),
        ({"pictures": ("a",) * 7}, "1 to 6 pictures, but there are 7"),
        ({"pictures": ("a", " ")}, "Picture b is empty"),
        ({"pictures": ("a",), "view": "blend"}, "needs two pictures"),
        ({"pictures": ("a",), "view": "sculpture"}, "The view 'sculpture' is unknown"),
        ({"pictures": ("a",), "count": 2}, "from 3 to 12"),
        ({"pictures": ("a",), "expression": "b"}, "no picture 'b'; there is only a"),
        ({"pictures": ("a",), "seed": -1}, "seed is -1"),
    ],
)
def test_what_cannot_be_gets_a_sentence(values, said):
    with pytest.raises(ValueError, match=said):
        LatentsSpec(**values).validate()


def test_pictures_that_are_drawn_are_counted():
    blend = LatentsSpec(("a cat", "a dog", "a cat"), "blend", count=7)
    assert blend.drawn == 2 + 5 and LatentsSpec(blend.pictures).drawn == 2
    assert LatentsSpec(("a cat", "own:" + "0" * 16), "blend").drawn == 1


def test_two_pictures_are_compared_in_two_numbers():
    a, b = np.zeros((2, 2, 3), np.uint8), np.full((2, 2, 3), 10, np.uint8)
    assert compare(a, b).mean == 10 and compare(a, b).psnr == pytest.approx(20 * math.log10(25.5))
    assert compare(a, a).equal
    with pytest.raises(ValueError, match="only equal ones compare"):
        compare(a, b[:1])


def test_results_survive_a_file(small):
    from lab.diffusion.latents import parcel

    for view in ("negative", "calculator", "blend", "colours", "noise"):
        sources, results = found(small, view, count=3)
        frames = []
        told = json.loads(json.dumps(parcel.pack([*sources, *results], frames)))
        again = parcel.unpack(told, frames)
        assert [type(item) for item in again] == [type(item) for item in [*sources, *results]]
        pictures = parcel.images([*sources, *results])
        assert len(pictures) == len(frames)
        assert all(np.array_equal(a, b) for a, b in zip(pictures, parcel.images(list(again)), strict=True))
        gap = np.abs(again[0].latents - sources[0].latents).max()
        assert gap <= np.abs(sources[0].latents).max() / 250
        assert again[0].loss.psnr == pytest.approx(sources[0].loss.psnr, abs=1e-4)
    colours = results if view == "colours" else found(small, "colours")[1]
    (back,) = parcel.unpack(json.loads(json.dumps(parcel.pack(colours, []))), [])
    assert np.array_equal(back.fitted[0], colours[0].fitted[0]) and math.isnan(back.shipped_fit)


def test_the_expression_is_checked_with_the_letters_there_are():
    assert LatentsSpec(("a cat", "a dog"), "calculator", "mean(a, b)").tree() == parse(
        "mean(a,b)", ("a", "b")
    )
