"""Training the denoiser and its text encoder on latents and freshly worded captions.

v-prediction (Salimans & Ho 2022), timesteps spread evenly within each batch, a tenth of the captions
empty for guidance (Ho & Salimans 2022).
"""

from __future__ import annotations

import numpy as np
import torch
from diffusers import PNDMScheduler, UNet2DConditionModel
from transformers import CLIPTextModel, CLIPTokenizer

from lab.babel import corpus
from lab.babel.fitting import Fitting
from lab.babel.illustrator import Scene
from lab.babel.tokenizer import tokenize

EMPTY_SHARE = 0.1


def stratified_timesteps(batch: int, total: int, generator: torch.Generator) -> torch.Tensor:
    """Draw `batch` timesteps, one from each equal slice of 0..total-1, in random order."""
    slices = (torch.arange(batch) + torch.rand(batch, generator=generator)) * total / batch
    return slices.long().clamp(max=total - 1)[torch.randperm(batch, generator=generator)]


def shaped(values: torch.Tensor) -> torch.Tensor:
    """One value for each picture (n,) as a factor of its latents (n, 1, 1, 1)."""
    return values[:, None, None, None]


def noisy(
    latents: torch.Tensor, noise: torch.Tensor, alphas: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the noisy latents and the velocity to predict, for cumulative alphas (n,)."""
    a, s = (shaped(x.sqrt()) for x in (alphas, 1 - alphas))
    return a * latents + s * noise, a * noise - s * latents


def train_denoiser(
    parts: tuple[UNet2DConditionModel, CLIPTextModel, CLIPTokenizer, PNDMScheduler],
    fitting: Fitting,
    known: tuple[torch.Tensor, list[Scene]],
    weights: torch.Tensor,
    device: str,
    batch: int = 64,
    seed: int = 0,
    preview=None,
) -> None:
    """Fit UNet and text encoder; bf16 on a GPU, float32 elsewhere.

    Parameters
    ----------
    parts : tuple
        UNet, text encoder, tokenizer, scheduler.
    fitting : Fitting
    known : tuple
        Latents (n, channels, 16, 16) and the scenes they show.
    weights : Tensor of shape (1, channels, 1, 1)
        How much the error of each channel counts.
    """
    (unet, text, tokenizer, scheduler), (latents, scenes) = parts, known
    rng = np.random.default_rng([seed, fitting.steps])
    generator = torch.Generator().manual_seed(int(rng.integers(2**60)))
    cumulative, weights = scheduler.alphas_cumprod, weights.to(device)

    def step() -> tuple[torch.Tensor, int]:
        chosen = rng.integers(0, len(latents), batch)
        words = corpus.captions([scenes[i] for i in chosen], rng)
        words = ["" if rng.random() < EMPTY_SHARE else w for w in words]
        ids = tokenize(tokenizer, words).to(device)
        timesteps = stratified_timesteps(batch, len(cumulative), generator)
        clean, noise = latents[chosen].float(), torch.randn((batch, *latents.shape[1:]), generator=generator)
        seen, wanted = noisy(clean, noise, cumulative[timesteps])
        with torch.autocast("cuda", torch.bfloat16, enabled=device == "cuda"):
            embeddings = text(input_ids=ids).last_hidden_state
            guess = unet(
                seen.to(device).to(memory_format=torch.channels_last), timesteps.to(device), embeddings
            ).sample
        return (weights * (guess.float() - wanted.to(device)) ** 2).mean(), batch

    fitting.fit(step, "denoiser", each=preview)
