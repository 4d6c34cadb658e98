"""The denoising loop, visible in one place: noise goes in, one ``Step`` after the other comes out.

The caller decides what to do with the steps: draw a preview, move a bar, or stop by not asking for the next.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

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
    seen : Tensor of the same shape
        The noisy latents that the UNet looked at: ``signal`` of the picture, the rest of unit power is noise.
    signal : float
        Share of the picture in ``seen``, 0 to 1: the square root of the schedule's alpha-bar.
    kind : {"epsilon", "v_prediction", "sample"}
        What ``prediction`` is.
    cut : float
        Size at which predicted x0 is cut, infinite if it is not.
    conditional, unconditional : Tensor of the same shape, optional
        What the UNet said with the prompt and with the negative one; None without guidance.
    """

    index: int
    total: int
    timestep: float
    latents: Tensor
    prediction: Tensor
    seen: Tensor
    signal: float
    kind: str
    cut: float = math.inf
    conditional: Tensor | None = None
    unconditional: Tensor | None = None

    @property
    def clean(self) -> Tensor:
        """Predicted x0 ``(batch, channels, height, width)``: the latents if all noise were told right."""
        clean = schedulers.clean(self.kind, self.seen, self.prediction, self.signal)
        return clean.clamp(-self.cut, self.cut)

    def first(self, count: int) -> Step:
        """The same step of the first ``count`` frames; the rest of the batch is padding."""
        parts: dict[str, Any] = {
            name: value[:count] for name, value in vars(self).items() if isinstance(value, Tensor)
        }
        return replace(self, **parts)


def initial_noise(generator: torch.Generator, shape: tuple[int, int, int]) -> Tensor:
    """Noise of one picture, of shape ``(1, channels, height, width)``, float32, on the CPU."""
    return torch.randn((1, *shape), generator=generator, dtype=torch.float32)


def denoise(
    unet,
    scheduler,
    noise: Tensor,
    generator: torch.Generator | Sequence[torch.Generator],
    text: Tensor,
    guidance: float,
) -> Iterator[Step]:
    """Denoise one batch of frames, all from the same noise or each from its own.

    Parameters
    ----------
    unet : UNet2DConditionModel
    scheduler : diffusers scheduler
        Fresh, its timesteps set.
    noise : Tensor of shape (1, channels, height, width) or (batch, channels, height, width)
        On the UNet's device: one for all frames, or one for each.
    generator : torch.Generator, or one for each frame
        In the state after the initial noise was drawn. It is not touched: every frame goes on from a copy, so
        all of them get the step noise that stock diffusers would give each alone.
    text : Tensor of shape (batch, tokens, width), or (2 * batch, ...) with guidance
        Embeddings; with guidance those of the negative prompt first.
    guidance : float
        Scale of classifier-free guidance (Ho & Salimans 2022); up to 1 there is no unconditional pass.
    """
    guided = guidance > 1
    batch = len(text) // (2 if guided else 1)
    latents = (noise * scheduler.init_noise_sigma).repeat(batch // len(noise), 1, 1, 1)  # (B, C, H, W)
    own = [generator] * batch if isinstance(generator, torch.Generator) else generator
    extra = {"generator": [g.clone_state() for g in own]} if schedulers.takes_noise(scheduler) else {}
    total, cut = len(scheduler.timesteps), schedulers.cut(scheduler)
    for index, timestep in enumerate(scheduler.timesteps, start=1):
        seen = scheduler.scale_model_input(latents, timestep)
        rows = torch.cat([seen, seen]) if guided else seen
        said = unet(rows.to(unet.dtype), timestep, encoder_hidden_states=text, return_dict=False)[0].float()
        without, within = said.chunk(2) if guided else (None, None)
        prediction = said if without is None or within is None else without + guidance * (within - without)
        told = schedulers.signal(scheduler, index - 1), scheduler.config.prediction_type, cut
        latents = scheduler.step(prediction, timestep, latents, **extra, return_dict=False)[0]
        yield Step(index, total, float(timestep), latents, prediction, seen, *told, within, without)
