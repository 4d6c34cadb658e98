"""babel: a real Stable Diffusion folder that stock diffusers loads, small enough to ship."""

import json

import numpy as np
import pytest
import torch

from lab.diffusion import folder, load, morph
from tests.diffusion.test_stock import assert_stock

BABEL = folder.locate("babel")


@pytest.fixture(scope="module")
def babel():
    return load("babel", device="cpu")


@pytest.fixture(scope="module")
def stock_babel():
    from diffusers import StableDiffusionPipeline

    pipeline = StableDiffusionPipeline.from_pretrained(BABEL, dtype=torch.float32, local_files_only=True)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def test_its_parts_are_those_of_stable_diffusion(stock_babel):
    kinds = [type(part).__name__ for part in stock_babel.components.values() if part is not None]
    assert sorted(kinds) == [
        "AutoencoderKL",
        "CLIPTextModel",
        "CLIPTokenizer",
        "PNDMScheduler",
        "UNet2DConditionModel",
    ]


def test_it_is_small_enough_to_ship():
    files = [path for path in BABEL.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 30 * 10**6
    assert max(path.stat().st_size for path in files) <= 12 * 2**20
    assert not [path for path in files if path.suffix in (".bin", ".pt", ".ckpt", ".pkl")]


@pytest.mark.parametrize("scheduler", ["pndm", "ddim", "dpm++2m", "euler_a"])
def test_its_pictures_are_those_of_stock_diffusers(babel, stock_babel, scheduler):
    assert_stock(babel, stock_babel, ["a rainy city", "a forest at night"], 4, 2.5, scheduler)


def test_half_precision_files_are_what_was_trained(babel):
    weights = json.loads((BABEL / "unet" / "config.json").read_text())
    assert weights["in_channels"] == babel.latent_shape[0]
    assert all(torch.isfinite(weight).all() for weight in babel.unet.parameters())


def test_its_word_list_knows_the_posts_and_not_the_rest(babel):
    assert babel.unknown_words("a street in a rainy city") == []
    assert babel.unknown_words("a rainy forest, an abandoned gas station") == []
    assert babel.unknown_words("a zeppelin in the rain") == ["zeppelin"]


def test_a_walk_changes_the_picture_and_the_noise_does_too(babel):
    one, between, two = morph(babel, ["a rainy city", "a forest in the sun"], 2, "none", steps=4)
    change = np.abs(one.image.astype(int) - two.image).mean()
    assert change > 10 and one.image.std() > 10
    assert np.abs(one.image.astype(int) - between.image).mean() > 2
    other = next(morph(babel, ["a rainy city", "a forest in the sun"], 2, seed=43, steps=4))
    assert np.abs(one.image.astype(int) - other.image).mean() > 2


def test_frames_are_bit_equal_alone_and_together(babel):
    embeddings = babel.embed(["a rainy city", "a forest", "a library", "a desert", "the sea"])
    together = list(babel.render(embeddings, 7, 2, 2.5, "euler_a"))
    (alone,) = babel.render(embeddings[4:], 7, 2, 2.5, "euler_a")
    backwards = list(babel.render(embeddings.flip(0), 7, 2, 2.5, "euler_a"))
    assert np.array_equal(alone, together[4]) and np.array_equal(backwards[::-1], together)
