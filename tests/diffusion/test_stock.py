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


@pytest.mark.parametrize("scheduler", SCHEDULERS)
@pytest.mark.parametrize("steps, guidance", [(7, 7.5), (5, 1.0)])
def test_frames_equal_stock_diffusers(model, stock, scheduler, steps, guidance):
    embeddings = model.embed(PROMPTS)
    frames = list(model.render(embeddings, SEED, steps, guidance, scheduler))
    negative = model.embed([""])
    for embedding, frame in zip(embeddings, frames, strict=True):
        assert difference(frame, stock_picture(stock, embedding, negative, scheduler, steps, guidance)) <= 2


@pytest.mark.parametrize("scheduler", ["pndm", "ddim", "dpm++2m", "euler_a"])
def test_one_frame_alone_equals_stock_diffusers_with_its_defaults(model, stock, scheduler):
    embedding = model.embed(PROMPTS[:1])
    (frame,) = model.render(embedding, scheduler=scheduler)
    assert difference(frame, stock_picture(stock, embedding[0], model.embed([""]), scheduler, 50, 7.5)) <= 2


def test_text_goes_the_way_of_stock_diffusers(model, stock):
    words, long = "a cat and a dog", "cat and dog " * 20
    stock.scheduler = schedulers.make("ddim", dict(stock.scheduler.config), 5)
    for prompt in (words, long):
        image = stock(
            prompt,
            negative_prompt="rain",
            num_inference_steps=5,
            generator=torch.Generator("cpu").manual_seed(SEED),
            output_type="np",
        ).images[0]
        (frame,) = model.render(model.embed([prompt]), SEED, 5, scheduler="ddim", negative="rain")
        assert difference(frame, (image * 255).round().astype(np.uint8)) <= 2


@pytest.mark.parametrize("scheduler", SCHEDULERS)
@pytest.mark.parametrize("steps", [1, 2, 3])
def test_few_steps_equal_stock_diffusers(model, stock, scheduler, steps):
    embedding = model.embed(PROMPTS[:1])
    (frame,) = model.render(embedding, SEED, steps, 2.0, scheduler)
    expected = stock_picture(stock, embedding[0], model.embed([""]), scheduler, steps, 2.0)
    assert difference(frame, expected) <= 2


def test_pictures_say_something(model):
    """The oracle is worth asking only where prompts and seeds change far more than its tolerance."""
    embeddings = model.embed(PROMPTS[:2])
    one, two = model.render(embeddings, 1, 5, scheduler="ddim")
    other, _ = model.render(embeddings, 2, 5, scheduler="ddim")
    assert difference(one, two) > 20 and difference(one, other) > 20 and one.std() > 10
