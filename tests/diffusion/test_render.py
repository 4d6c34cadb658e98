"""Rendering: bit-equal in any company, stoppable between steps, the same noise everywhere."""

import numpy as np
import pytest
import torch

from lab.diffusion import sampling
from lab.diffusion.spec import SCHEDULERS

PROMPTS = ["a cat", "a dog", "cat and dog", "rain", "a library", "snow"]


@pytest.mark.parametrize("scheduler, guidance", [(name, 3.0) for name in SCHEDULERS] + [("lcm", 1.0)])
def test_a_frame_alone_is_bit_equal_to_the_frame_in_any_batch(small, scheduler, guidance):
    embeddings = small.embed(PROMPTS)
    together = list(small.render(embeddings, 7, 3, guidance, scheduler))
    backwards = list(small.render(embeddings.flip(0), 7, 3, guidance, scheduler))[::-1]
    assert np.array_equal(together, backwards)
    for k in (1, 4):
        (alone,) = small.render(embeddings[k : k + 1], 7, 3, guidance, scheduler)
        assert np.array_equal(alone, together[k])


def test_latents_are_bit_equal_at_every_place_of_the_batch(small):
    """Before rounding to bytes, and so the stronger statement."""
    embeddings = small.embed(PROMPTS[:1]).expand(small.frames_per_batch(3.0), -1, -1)
    *_, last = small.denoise(embeddings, 7, 4, 3.0, "lcm")
    assert all(torch.equal(row, last.latents[0]) for row in last.latents)


def test_embedding_does_not_depend_on_the_neighbours(small):
    alone = torch.cat([small.embed([prompt]) for prompt in PROMPTS])
    assert torch.equal(alone, small.embed(PROMPTS))
    assert alone.dtype == torch.float32 and alone.shape == (6, 16, 32)


def test_initial_noise_is_a_torch_generator_of_the_seed(small):
    generator = torch.Generator("cpu").manual_seed(42)
    expected = torch.randn((1, 4, 8, 8), generator=generator)
    noise = sampling.initial_noise(torch.Generator("cpu").manual_seed(42), small.latent_shape)
    assert torch.equal(noise, expected)


@pytest.mark.parametrize("scheduler, adds_noise", [("ddim", False), ("euler_a", True), ("lcm", True)])
def test_frames_share_the_noise_of_every_step(small, scheduler, adds_noise):
    """Equal embeddings stay equal; another seed of the step noise moves them only where noise is added."""
    embeddings = small.embed(["a cat", "a cat"])
    steps = list(small.denoise(embeddings, 7, 4, 1.0, scheduler))
    assert all(torch.equal(*step.latents) for step in steps)
    solver = sampling.schedulers.make(scheduler, small.scheduler_config, 4)
    noise = sampling.initial_noise(torch.Generator().manual_seed(7), small.latent_shape)
    other = torch.Generator().manual_seed(8)
    text = small.embed(["a cat"]).expand(small.rows, -1, -1)
    *_, last = sampling.denoise(small.unet, solver, noise, other, text, 1.0)
    assert torch.equal(last.latents[0], steps[-1].latents[0]) != adds_noise


def test_without_guidance_a_call_holds_twice_the_frames(small):
    rows = []
    hook = small.unet.register_forward_pre_hook(lambda unet, inputs: rows.append(len(inputs[0])))
    try:
        list(small.render(small.embed(PROMPTS), steps=2, guidance=1.0))
        without = len(rows)
        list(small.render(small.embed(PROMPTS), steps=2, guidance=1.1))
    finally:
        hook.remove()
    assert (without, len(rows) - without) == (3, 6) and set(rows) == {small.rows}


def test_the_negative_prompt_is_read_only_with_guidance(small):
    embedding = small.embed(["a cat"])

    def picture(guidance, negative):
        return next(small.render(embedding, steps=3, guidance=guidance, negative=negative))

    assert not np.array_equal(picture(5.0, "rain"), picture(5.0, ""))
    assert np.array_equal(picture(1.0, "rain"), picture(1.0, ""))


def test_steps_are_told_and_counted(small):
    told = []
    frames = small.render(small.embed(PROMPTS), steps=5, progress=lambda *counts: told.append(counts))
    next(frames)
    assert told == [(k, 12) for k in range(1, 7)]  # PNDM makes one call more than it has steps; two batches
    list(frames)
    assert told[-1] == (12, 12)


@pytest.mark.parametrize("after, finished", [(0, 0), (1, 0), (5, 0), (6, 4), (8, 4)])
def test_cancel_stops_at_the_next_step_and_keeps_finished_frames(small, after, finished):
    done = []
    frames = small.render(
        small.embed(PROMPTS),
        steps=5,
        scheduler="ddim",
        cancelled=lambda: len(done) >= after,
        progress=lambda *counts: done.append(counts),
    )
    assert len(list(frames)) == finished and len(done) == max(after, 0)


def test_denoise_yields_steps_of_the_asked_frames_only(small):
    steps = list(small.denoise(small.embed(PROMPTS[:3]), 7, 3, 2.0, "ddim"))
    assert [step.index for step in steps] == [1, 2, 3] and steps[0].total == 3
    assert all(step.latents.shape == step.prediction.shape == (3, 4, 8, 8) for step in steps)
    assert steps[0].timestep > steps[1].timestep > steps[2].timestep


def test_a_render_leaves_the_global_generator_and_gradients_alone(small):
    torch.manual_seed(0)
    before = torch.random.get_rng_state()
    frames = small.render(small.embed(PROMPTS), steps=2, scheduler="euler_a")
    next(frames)
    assert torch.is_grad_enabled()
    list(frames)
    assert torch.equal(before, torch.random.get_rng_state())


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"seed": -1}, "seed"),
        ({"seed": 2**64}, "18446744073709551615"),
        ({"steps": 0}, "1 to 150"),
        ({"steps": 51, "scheduler": "lcm"}, "1 to 50"),
        ({"guidance": float("nan")}, "0 to 30"),
        ({"scheduler": "plms"}, "pndm"),
    ],
)
def test_bad_parameters_are_refused_before_any_work(small, changes, said):
    with pytest.raises(ValueError, match=said):
        small.render(small.embed(["a cat"]), **changes)


def test_embeddings_of_another_model_are_refused(small):
    with pytest.raises(ValueError, match=r"\(n, 16, 32\)"):
        small.render(torch.zeros(2, 77, 768))


def test_the_largest_seed_renders(small):
    assert next(small.render(small.embed(["a cat"]), seed=2**64 - 1, steps=1)).shape == (16, 16, 3)


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_a_frame_of_its_own_seed_is_bit_equal_to_the_picture_of_that_seed(small, scheduler):
    seeds = [3, 11, 3, 2**40, 5]
    embeddings = small.embed(PROMPTS[:1]).expand(len(seeds), -1, -1)
    together = list(small.render(embeddings, seeds, 3, 3.0, scheduler))
    alone = {seed: next(small.render(embeddings[:1], seed, 3, 3.0, scheduler)) for seed in set(seeds)}
    assert all(np.array_equal(picture, alone[seed]) for seed, picture in zip(seeds, together, strict=True))
    assert not np.array_equal(together[0], together[1])


@pytest.mark.parametrize("scheduler", ["ddim", "lcm"])
def test_noise_that_is_handed_in_stands_in_the_place_of_the_seed_s(small, scheduler):
    """The seed's own noise gives the seed's picture; other noise keeps the step noise of the seed."""
    embeddings = small.embed(PROMPTS[:1]).expand(5, -1, -1)
    own = sampling.initial_noise(torch.Generator().manual_seed(7), small.latent_shape)
    other = sampling.initial_noise(torch.Generator().manual_seed(8), small.latent_shape)
    noise = torch.cat([own, other, other, own, other])
    pictures = list(small.render(embeddings, 7, 3, 3.0, scheduler, noise=noise))
    (expected,) = small.render(embeddings[:1], 7, 3, 3.0, scheduler)
    (foreign,) = small.render(embeddings[:1], 8, 3, 3.0, scheduler)
    assert all(np.array_equal(pictures[k], expected) for k in (0, 3))
    assert all(np.array_equal(pictures[k], pictures[1]) for k in (2, 4))
    assert np.array_equal(pictures[1], foreign) == (scheduler == "ddim")


@pytest.mark.parametrize(
    "changes, said", [({"seed": [1, 2]}, "2 seeds for 6"), ({"noise": torch.zeros(2, 4, 8, 8)}, "6, 4, 8, 8")]
)
def test_seeds_or_noise_of_another_number_are_refused(small, changes, said):
    with pytest.raises(ValueError, match=said):
        small.render(small.embed(PROMPTS), **changes)
