"""What a denoising step carries: predicted x0 as diffusers tells it, both halves of guidance."""

import inspect

import pytest
import torch

from lab.diffusion import schedulers
from lab.diffusion.spec import SCHEDULERS

TELLING = ("ddim", "euler", "euler_a")  # their step returns pred_original_sample


def spied(model, monkeypatch, name, steps=6, guidance=3.0):
    """Steps of one frame, beside what the scheduler's ``step`` was given and what it returned."""
    solver = schedulers.make(name, model.scheduler_config, steps)
    step, told = solver.step, []

    def listen(prediction, timestep, latents, **extra):
        out = step(prediction, timestep, latents, **extra | {"return_dict": True})
        told.append((timestep, prediction, latents, out))
        return (out.prev_sample,)

    listen.__signature__ = inspect.signature(step)
    monkeypatch.setattr(solver, "step", listen)
    monkeypatch.setattr(schedulers, "make", lambda *asked: solver)
    return list(model.denoise(model.embed(["a cat"]), 7, steps, guidance, name)), told


@pytest.mark.parametrize("name", TELLING)
def test_predicted_x0_is_what_the_scheduler_of_diffusers_returns(model, monkeypatch, name):
    steps, told = spied(model, monkeypatch, name)
    for step, (_, _, _, out) in zip(steps, told, strict=True):
        expected = out.pred_original_sample[:1]
        assert torch.allclose(step.clean, expected, atol=1e-4 * float(expected.abs().max()))


@pytest.mark.parametrize("name", ["dpm++2m", "unipc"])
def test_predicted_x0_is_what_multistep_solvers_convert_to(model, monkeypatch, name):
    steps, told = spied(model, monkeypatch, name)
    solver = schedulers.make(name, model.scheduler_config, 6)
    for index, (step, (_, prediction, latents, _)) in enumerate(zip(steps, told, strict=True)):
        solver._step_index = index
        expected = solver.convert_model_output(prediction, sample=latents)[:1]
        assert torch.allclose(step.clean, expected, atol=1e-4 * float(expected.abs().max()))


@pytest.mark.parametrize("name", ["pndm", "lcm"])
def test_predicted_x0_is_the_ddim_step_of_the_same_call(model, monkeypatch, name):
    """PNDM and LCM mix x0 with what they remember; DDIM returns it plain."""
    plain = schedulers.make("ddim", model.scheduler_config | {"clip_sample": False}, 1000)  # every timestep
    steps, told = spied(model, monkeypatch, name)
    for step, (timestep, prediction, latents, _) in zip(steps, told, strict=True):
        expected = plain.step(prediction, int(timestep), latents).pred_original_sample[:1]
        assert torch.allclose(step.clean, expected, atol=1e-4 * float(expected.abs().max()))


@pytest.mark.parametrize("name", SCHEDULERS)
def test_the_noisy_latents_are_as_noisy_as_the_schedule_says(small, name):
    """At the first call they are noise of unit power; the share of the picture grows to the end."""
    steps = list(small.denoise(small.embed(["a cat"]), 7, 6, 2.0, name))
    assert 0.7 < float(steps[0].seen.std()) < 1.3 and steps[0].signal < 0.2
    signals = [step.signal for step in steps]
    assert signals == sorted(signals) and signals[-1] > 0.7


def test_guidance_goes_beyond_the_conditional_prediction(small):
    for step in small.denoise(small.embed(["a cat"]), 7, 3, 5.0, "ddim"):
        beyond = step.unconditional + 5.0 * (step.conditional - step.unconditional)
        assert torch.allclose(step.prediction, beyond) and not torch.equal(step.prediction, step.conditional)
    for step in small.denoise(small.embed(["a cat"]), 7, 3, 1.0, "ddim"):
        assert step.conditional is None and step.unconditional is None


def test_a_step_keeps_the_asked_frames_only(small):
    for step in small.denoise(small.embed(["a cat", "a dog"]), 7, 2, 5.0, "ddim"):
        assert all(len(t) == 2 for t in (step.latents, step.seen, step.clean, step.unconditional))
