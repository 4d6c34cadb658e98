"""Schedulers by name, each diffusers' own class made from the model's scheduler configuration.

Multistep solvers carry a history, so every render makes a fresh one. Only euler_a and lcm add noise at each
step.
"""

from __future__ import annotations

import inspect
import math
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from lab.diffusion.spec import SCHEDULERS, check_choice

if TYPE_CHECKING:
    import numpy as np
    from torch import Tensor

Values = TypeVar("Values", "Tensor", "np.ndarray")

_CLASSES = {
    "pndm": ("pndm", "PNDMScheduler"),
    "ddim": ("ddim", "DDIMScheduler"),
    "dpm++2m": ("dpmsolver_multistep", "DPMSolverMultistepScheduler"),
    "unipc": ("unipc_multistep", "UniPCMultistepScheduler"),
    "euler": ("euler_discrete", "EulerDiscreteScheduler"),
    "euler_a": ("euler_ancestral_discrete", "EulerAncestralDiscreteScheduler"),
    "lcm": ("lcm", "LCMScheduler"),
}


def make(name: str, config: dict, steps: int):
    """Fresh diffusers scheduler called ``name``, set to ``steps`` denoising steps.

    The schedule stays on the CPU: its scalars are read there, and reading them from a GPU would wait for it.
    """
    check_choice("scheduler", name, SCHEDULERS)
    module, kind = _CLASSES[name]
    scheduler = getattr(import_module(f"diffusers.schedulers.scheduling_{module}"), kind).from_config(config)
    scheduler.set_timesteps(steps)
    return scheduler


def takes_noise(scheduler) -> bool:
    """Whether the scheduler's step may draw noise, and so wants generators."""
    return "generator" in inspect.signature(scheduler.step).parameters


def signal(scheduler, index: int) -> float:
    """Share of the picture in the latents that call ``index`` (from 0) of the UNet sees, 0 to 1.

    The square root of the schedule's alpha-bar. Schedulers that count in sigma, the noise per picture, hold
    alpha-bar = 1 / (1 + sigma^2); the others look it up at the timestep.
    """
    if hasattr(scheduler, "sigmas"):
        return float((1 + scheduler.sigmas[index].double() ** 2) ** -0.5)
    return float(scheduler.alphas_cumprod[int(scheduler.timesteps[index])] ** 0.5)


def cut(scheduler) -> float:
    """Size at which the scheduler cuts predicted x0; infinite for all that Stable Diffusion is used with."""
    cuts = "clip_sample" in inspect.signature(type(scheduler)).parameters and scheduler.config.clip_sample
    return float(scheduler.config.clip_sample_range) if cuts else math.inf


def clean(kind: str, seen: Values, prediction: Values, signal: Any) -> Values:
    """Predicted x0 from noisy latents ``seen`` = signal * x0 + noise * epsilon, signal^2 + noise^2 = 1.

    Parameters
    ----------
    kind : {"epsilon", "v_prediction", "sample"}
        Whether the prediction is the noise, the velocity signal * epsilon - noise * x0 (Salimans & Ho 2022),
        or x0 itself.
    """
    noise = (1 - signal**2) ** 0.5
    if kind == "epsilon":
        return (seen - noise * prediction) / signal
    return signal * seen - noise * prediction if kind == "v_prediction" else prediction
