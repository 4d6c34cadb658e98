"""Training the denoiser and its text encoder on latents and freshly worded captions.

v-prediction (Salimans & Ho 2022), timesteps spread evenly within each batch, a tenth of the captions
empty for guidance (Ho & Salimans 2022). A share of each batch shows passages: the condition lies between the
embeddings of two captions, as it does under a morph, and the picture lies between their two scenes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from diffusers import PNDMScheduler, UNet2DConditionModel
from transformers import CLIPTextModel, CLIPTokenizer

from lab.babel.emphasis import small_heads
from lab.babel.fitting import Fitting
from lab.babel.illustrator import Passage, Scene
from lab.babel.tokenizer import tokenize
from lab.babel.wording import PASSAGE_SHARE, between, chances, worded

EMPTY_SHARE = 0.1


@dataclass(frozen=True, eq=False)
class Known:
    """What the denoiser learns from: latents (n, channels, 16, 16) of scenes, and of passages."""

    latents: torch.Tensor
    scenes: list[Scene]
    passage_latents: torch.Tensor
    passages: list[Passage]


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
    known: Known,
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
    known : Known
    weights : Tensor of shape (1, channels, height, width)
        How much the error of each number of the latents counts.
    """
    unet, text, tokenizer, scheduler = parts
    rng = np.random.default_rng([seed, fitting.steps])
    generator = torch.Generator().manual_seed(int(rng.integers(2**60)))
    cumulative, weights = scheduler.alphas_cumprod, weights.to(device)
    walked = round(PASSAGE_SHARE * batch)
    often = chances(known.scenes)

    def step() -> tuple[torch.Tensor, int]:
        chosen = rng.choice(len(known.latents), batch - walked, p=often)
        ways = rng.integers(0, len(known.passages), walked)
        passages = [known.passages[i] for i in ways]
        scenes = [known.scenes[i] for i in chosen]
        words = ["" if rng.random() < EMPTY_SHARE else w for w in worded(scenes, rng)]
        ends = worded([p.start for p in passages] + [p.end for p in passages], rng)
        ids = tokenize(tokenizer, words + ends).to(device)
        timesteps = stratified_timesteps(batch, len(cumulative), generator)
        clean = torch.cat([known.latents[chosen], known.passage_latents[ways]]).float()
        noise = torch.randn(clean.shape, generator=generator)
        seen, wanted = noisy(clean, noise, cumulative[timesteps])
        with torch.autocast("cuda", torch.bfloat16, enabled=device == "cuda"):
            of_words, of_ends = text(input_ids=ids).last_hidden_state.split([len(words), len(ends)])
            embeddings = torch.cat([of_words, between(of_ends, torch.tensor([p.share for p in passages]))])
            guess = unet(
                seen.to(device).to(memory_format=torch.channels_last), timesteps.to(device), embeddings
            ).sample
        counts = weights * small_heads([*scenes, *(None for _ in ways)], clean.shape[-1]).to(device)
        return (counts * (guess.float() - wanted.to(device)) ** 2).mean(), batch

    fitting.fit(step, "denoiser", each=preview)
