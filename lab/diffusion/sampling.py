"""The denoising loop, visible in one place: noise goes in, one ``Step`` after the other comes out.

The caller decides what to do with the steps: draw a preview, move a bar, or stop by not asking for the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from lab.diffusion import schedulers


@dataclass(frozen=True, eq=False)
class Step:
    """One denoising step.

    Parameters
    ----------
    index, total : int
        Number of this call of the UNet, from 1, and of all; PNDM makes one call more than it has steps.
    timestep : float
        Where in the training schedule the call stood, from about 999 down.
    latents : Tensor of shape (batch, channels, height, width), float32
        After the step.
    prediction : Tensor of the same shape
        What the UNet said, guidance applied: noise or velocity.
    """

    index: int
    total: int
    timestep: float
    latents: Tensor
    prediction: Tensor


def initial_noise(generator: torch.Generator, shape: tuple[int, int, int]) -> Tensor:
    """Noise of one picture, of shape ``(1, channels, height, width)``, float32, on the CPU."""
    return torch.randn((1, *shape), generator=generator, dtype=torch.float32)


def denoise(
    unet, scheduler, noise: Tensor, generator: torch.Generator, text: Tensor, guidance: float
) -> Iterator[Step]:
    """Denoise one batch of frames, all from the same noise.

    Parameters
    ----------
    unet : UNet2DConditionModel
    scheduler : diffusers scheduler
        Fresh, its timesteps set.
    noise : Tensor of shape (1, channels, height, width)
        On the UNet's device.
    generator : torch.Generator
        In the state after the initial noise was drawn. It is not touched: every frame goes on from a copy, so
        all of them get the step noise that stock diffusers would give each alone.
    text : Tensor of shape (batch, tokens, width), or (2 * batch, ...) with guidance
        Embeddings; with guidance those of the negative prompt first.
    guidance : float
        Scale of classifier-free guidance (Ho & Salimans 2022); up to 1 there is no unconditional pass.
    """
    guided = guidance > 1
    batch = len(text) // (2 if guided else 1)
    latents = (noise * scheduler.init_noise_sigma).repeat(batch, 1, 1, 1)  # (B, C, H, W)
    extra = (
        {"generator": [generator.clone_state() for _ in range(batch)]}
        if schedulers.takes_noise(scheduler)
        else {}
    )
    total = len(scheduler.timesteps)
    for index, timestep in enumerate(scheduler.timesteps, start=1):
        seen = scheduler.scale_model_input(torch.cat([latents, latents]) if guided else latents, timestep)
        prediction = unet(seen.to(unet.dtype), timestep, encoder_hidden_states=text, return_dict=False)[
            0
        ].float()
        if guided:
            without, within = prediction.chunk(2)
            prediction = without + guidance * (within - without)
        latents = scheduler.step(prediction, timestep, latents, **extra, return_dict=False)[0]
        yield Step(index, total, float(timestep), latents, prediction)
