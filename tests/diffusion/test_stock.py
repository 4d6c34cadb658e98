"""Every frame is the picture that stock diffusers makes of the same embedding, seed and settings."""

import numpy as np
import pytest
import torch

from lab.diffusion import schedulers
from lab.diffusion.spec import SCHEDULERS

PROMPTS = ["a cat", "a dog and a cat", "cat and dog", "rain", "a library"]
SEED = 42


def stock_picture(stock, embedding, negative, name, steps, guidance, seed=SEED):
    """One frame by ``StableDiffusionPipeline.__call__``, of shape (H, W, 3), uint8."""
    kind = type(schedulers.make(name, dict(stock.scheduler.config), steps))
    stock.scheduler = kind.from_config(stock.scheduler.config)
    image = stock(
        prompt_embeds=embedding[None],
        negative_prompt_embeds=negative,
        num_inference_steps=steps,
        guidance_scale=guidance,
        generator=torch.Generator("cpu").manual_seed(seed),
        output_type="np",
    ).images[0]
    return (image * 255).round().astype(np.uint8)


def difference(a, b):
    return np.abs(a.astype(int) - b.astype(int)).max()


def assert_stock(model, stock, prompts, steps, guidance, scheduler):
    embeddings, negative = model.embed(prompts), model.embed([""])
    frames = list(model.render(embeddings, SEED, steps, guidance, scheduler))
    for embedding, frame in zip(embeddings, frames, strict=True):
        expected = stock_picture(stock, embedding, negative, scheduler, steps, guidance)
        assert difference(frame, expected) <= 2


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_frames_of_many_batches_equal_stock_diffusers(model, stock, scheduler):
    assert_stock(model, stock, PROMPTS, 6, 7.5, scheduler)


@pytest.mark.parametrize("scheduler", SCHEDULERS)
@pytest.mark.parametrize("steps, guidance", [(1, 1.0), (2, 3.0), (3, 0.0)])
def test_few_steps_with_and_without_guidance_equal_stock_diffusers(model, stock, scheduler, steps, guidance):
    assert_stock(model, stock, PROMPTS[:1], steps, guidance, scheduler)


@pytest.mark.parametrize("scheduler", ["pndm", "ddim", "dpm++2m", "euler_a"])
def test_fifty_steps_equal_stock_diffusers(small, small_stock, scheduler):
    assert_stock(small, small_stock, PROMPTS[:1], 50, 7.5, scheduler)


def test_text_goes_the_way_of_stock_diffusers(small, small_stock):
    words, long = "a cat and a dog", "cat and dog " * 20
    small_stock.scheduler = schedulers.make("ddim", dict(small_stock.scheduler.config), 5)
    for prompt in (words, long):
        image = small_stock(
            prompt,
            negative_prompt="rain",
            num_inference_steps=5,
            generator=torch.Generator("cpu").manual_seed(SEED),
            output_type="np",
        ).images[0]
        (frame,) = small.render(small.embed([prompt]), SEED, 5, scheduler="ddim", negative="rain")
        assert difference(frame, (image * 255).round().astype(np.uint8)) <= 2


def test_pictures_say_something(small):
    """The oracle is worth asking only where prompts and seeds change far more than its tolerance."""
    embeddings = small.embed(PROMPTS[:2])
    one, two = small.render(embeddings, 1, 5, scheduler="ddim")
    other, _ = small.render(embeddings, 2, 5, scheduler="ddim")
    assert difference(one, two) > 20 and difference(one, other) > 20 and one.std() > 10
