"""The few-step variant: an adapter that diffusers reads too, called by the lcm sampler and by no other."""

import json
from copy import deepcopy

import numpy as np
import pytest
import torch
from diffusers import UNet2DConditionModel

from lab.babel.distillation import (
    GUIDANCE,
    TEACHER_STEPS,
    Lesson,
    consistency_loss,
    led_on,
    lessons,
    named_ends,
    student_scheduler,
    walk,
)
from lab.babel.geometry import make_scheduler
from lab.babel.lowrank import attach, restore_adapter, save_adapter
from lab.diffusion import adapter, folder, load
from tests.diffusion import tiny
from tests.diffusion.conftest import opened_by_diffusers
from tests.diffusion.test_stock import assert_stock

PROMPTS = ["a cat", "a dog at night"]


@pytest.fixture(scope="module")
def taught(tmp_path_factory):
    """A tiny pipeline with a random adapter beside it."""
    place = tiny.build(tmp_path_factory.mktemp("taught"), "v_prediction")
    unet = UNet2DConditionModel.from_pretrained(place, subfolder="unet")
    changes = attach(unet, rank=4)
    torch.manual_seed(3)
    for change in changes.values():
        torch.nn.init.normal_(change.up, std=0.1)
    save_adapter(changes, UNet2DConditionModel.from_pretrained(place, subfolder="unet"), place / adapter.FILE)
    return place


@pytest.fixture(scope="module")
def ours(taught):
    return load(taught, device="cpu")


def test_stock_diffusers_draws_the_same_with_the_adapter(taught, ours):
    stock = opened_by_diffusers(taught)
    stock.load_lora_weights(taught / adapter.FILE.parent)
    assert_stock(ours, stock, PROMPTS, 4, 1.0, "lcm")


def test_other_samplers_call_the_network_as_it_is(taught, ours):
    assert_stock(ours, opened_by_diffusers(taught), PROMPTS, 4, 2.0, "dpm++2m")
    weights = zip(ours.unet.parameters(), ours.few_step.parameters(), strict=True)
    assert any((a != b).any() for a, b in weights)


def test_the_adapter_counts_among_the_weights(taught):
    before = folder.weights_hash(taught)
    (taught / adapter.FILE).rename(taught / "away.safetensors")
    try:
        assert folder.weights_hash(taught) != before
        assert load(taught, device="cpu").few_step is not None
    finally:
        (taught / "away.safetensors").rename(taught / adapter.FILE)


def test_an_adapter_for_another_network_is_refused(taught, tmp_path):
    other = tiny.build(tmp_path / "other")
    config = json.loads((other / "unet" / "config.json").read_text())
    config["block_out_channels"] = [2 * width for width in config["block_out_channels"]]
    wider = UNet2DConditionModel.from_config(config)
    with pytest.raises(ValueError, match="has not in that shape"):
        adapter.adapted(wider, taught / adapter.FILE)


def test_a_student_that_is_not_taught_yet_is_its_teacher(ours):
    unet = ours.unet
    embeddings = torch.randn(2, 77, unet.config.cross_attention_dim)
    noise = torch.randn(2, *ours.latent_shape)
    before = unet(noise, 999, embeddings).sample
    student = deepcopy(unet)
    attach(student)
    assert torch.allclose(student(noise, 999, embeddings).sample, before, atol=1e-5)


def test_ends_of_walks_cost_nothing_when_they_are_named_right(ours):
    """The loss vanishes for the velocity that leads to the end: v = (a z - x0) / s."""
    unet = ours.unet
    embeddings = torch.randn(3, 77, unet.config.cross_attention_dim)
    walks = walk(unet, embeddings, embeddings[:1], torch.randn(3, *ours.latent_shape))
    assert walks.states.shape == (3, TEACHER_STEPS, *ours.latent_shape)
    timesteps, alphas = student_scheduler(TEACHER_STEPS).timesteps, make_scheduler().alphas_cumprod
    steps = torch.tensor([0, 3, 7])
    states = walks.states[range(3), steps]
    a, s = (x.sqrt()[:, None, None, None] for x in (alphas[timesteps[steps]], 1 - alphas[timesteps[steps]]))

    def right(latents, at, text):
        class Said:
            sample = (a * latents - walks.ends) / s

        return Said

    lesson = Lesson(states, steps, walks.ends, embeddings, torch.ones(3, 1, 1, 1))
    assert consistency_loss(right, lesson, torch.ones(1)) < 1e-5
    assert consistency_loss(unet, lesson, torch.ones(1)) > 1e-2


def test_walks_begin_where_the_student_finds_itself_when_it_samples(ours):
    """The second state of two steps, as diffusers' own scheduler has it with the same fresh noise."""
    unet, scheduler = ours.unet, student_scheduler(2)
    embeddings = torch.randn(3, 77, unet.config.cross_attention_dim)
    noise = torch.randn(3, *ours.latent_shape)
    said = unet(noise, scheduler.timesteps[0], embeddings).sample
    want = scheduler.step(said, scheduler.timesteps[0], noise, torch.Generator().manual_seed(5)).prev_sample
    fresh = torch.randn(noise.shape, generator=torch.Generator().manual_seed(5))
    found = led_on(unet, embeddings, noise, fresh, 4)
    assert torch.allclose(found, want, atol=1e-4)
    assert led_on(unet, embeddings, noise, fresh, 0) is noise


def test_a_walk_may_begin_within_and_its_lessons_know_where(ours):
    """A walk of the last step alone ends where the guided network points."""
    unet, empty = ours.unet, torch.randn(1, 77, ours.unet.config.cross_attention_dim)
    embeddings, states = torch.randn(2, *empty.shape[1:]), torch.randn(2, *ours.latent_shape)
    last = TEACHER_STEPS - 1
    at = student_scheduler(TEACHER_STEPS).timesteps[[last, last]]
    bare, worded = (named_ends(unet, states, at, e) for e in (empty.expand_as(embeddings), embeddings))
    short = walk(unet, embeddings, empty, states, last)
    assert torch.allclose(short.ends, torch.lerp(bare, worded, GUIDANCE), atol=1e-4)
    rest, rng = walk(unet, embeddings, empty, states, 4), np.random.default_rng(0)
    assert rest.states.shape[1] == TEACHER_STEPS - 4
    for lesson in lessons(rest, torch.tensor([1.0, 2.0]), 20, 3, rng):
        assert lesson.steps.min() >= 4 and len(lesson.states) == 20 and set(lesson.counts.tolist()) == {1, 2}
        for state, step, count in zip(lesson.states, lesson.steps, lesson.counts, strict=True):
            assert torch.equal(state, rest.states[int(count) - 1, step - 4])


def test_an_adapter_is_gone_on_with(ours, tmp_path):
    first, second = deepcopy(ours.unet), deepcopy(ours.unet)
    changes, again = attach(first), attach(second)
    for change in changes.values():
        torch.nn.init.normal_(change.up, std=0.01)
    save_adapter(changes, first, tmp_path / "few.safetensors")
    restore_adapter(again, tmp_path / "few.safetensors")
    for one, two in zip(changes.parameters(), again.parameters(), strict=True):
        assert torch.allclose(one, two, atol=1e-3)
