"""Schedulers by name, each diffusers' own class made from the model's scheduler configuration.

Multistep solvers carry a history, so every render makes a fresh one. Only euler_a and lcm add noise at each
step.
"""

from __future__ import annotations

import inspect
from importlib import import_module

from lab.diffusion.spec import SCHEDULERS, check_choice

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
