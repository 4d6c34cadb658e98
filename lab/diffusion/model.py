"""A loaded Stable Diffusion model: prompts to embeddings, embeddings and a seed to pictures.

The picture of an embedding depends on nothing but the embedding, the seed and the sampling parameters: not
on the other frames of its batch, nor on its place among them. Batches have one fixed shape per device, the
last one padded, because kernels, and with them the last bits, are chosen by shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from lab import compute
from lab.diffusion import folder as folders
from lab.diffusion import sampling, schedulers
from lab.diffusion.spec import check_sampling

Picture = np.ndarray  # uint8 of shape (H, W, 3)


class Model:
    """Tokenizer, text encoder, UNet and VAE of one Stable Diffusion on one device.

    Parameters
    ----------
    name : str
    folder : Path
        In diffusers' format.
    parts : dict
        What :func:`lab.diffusion.load.read_parts` read.
    device : torch.device

    Attributes
    ----------
    rows : int
        Rows of every UNet call on this device; a frame is two with guidance and one without.
    defaults : dict
        Steps, guidance and scheduler that look good in the fewest steps.
    size : tuple of int
        Width and height of the pictures.
    """

    def __init__(self, name: str, folder: Path, parts: dict, device: torch.device):
        self.name, self.folder, self.device = name, folder, device
        self.tokenizer, self.scheduler_config = parts["tokenizer"], parts["scheduler"]
        self.text_encoder, self.unet, self.vae = (
            parts[part].to(device, memory_format=torch.channels_last).eval().requires_grad_(False)
            for part in ("text_encoder", "unet", "vae")
        )
        self.defaults = folders.defaults(folder)
        side = self.unet.config.sample_size
        height, width = (side, side) if isinstance(side, int) else side
        self.latent_shape = (self.unet.config.in_channels, height, width)
        scale = 2 ** (len(self.vae.config.block_out_channels) - 1)
        self.size = (width * scale, height * scale)
        self.rows = compute.batch_rows(device, height * width)

    @cached_property
    def hash(self) -> str:
        """First 16 digits of the SHA-256 over the weight files."""
        return folders.weights_hash(self.folder)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Words the model was taught; empty where nobody wrote them down."""
        return folders.vocabulary(self.folder)

    def unknown_words(self, prompt: str) -> list[str]:
        """Words of ``prompt`` that the model was never taught; none for a model without a word list."""
        return folders.unknown_words(prompt, self.vocabulary)

    def count_tokens(self, prompt: str) -> tuple[int, int]:
        """Tokens of ``prompt`` that are read, and those that are cut off, start and end marks not counted."""
        count = len(self.tokenizer(prompt, add_special_tokens=False, verbose=False).input_ids)
        read = min(count, self.tokenizer.model_max_length - 2)
        return read, count - read

    @torch.no_grad()
    def embed(self, prompts: Sequence[str]) -> Tensor:
        """Text embeddings of shape ``(n, tokens, width)``, float32.

        Padded with the end token to full length and not masked, since Stable Diffusion attends to all
        positions. One prompt at a time: an embedding never depends on its neighbours.
        """
        if isinstance(prompts, str):
            raise ValueError("The prompts are one text; give a list of prompts, of one if need be.")
        return torch.cat([self._embed_one(prompt) for prompt in prompts])

    def _embed_one(self, prompt: str) -> Tensor:
        tokens = self.tokenizer(
            prompt,
            padding="max_length",
            max_length=self.tokenizer.model_max_length,
            truncation=True,
            return_tensors="pt",
        )
        return self.text_encoder(tokens.input_ids.to(self.device))[0].float()  # (1, T, W)

    def frames_per_batch(self, guidance: float) -> int:
        """Frames that are denoised together."""
        return self.rows // 2 if guidance > 1 else self.rows

    def denoise(
        self,
        embeddings: Tensor,
        seed: int = 42,
        steps: int = 50,
        guidance: float = 7.5,
        scheduler: str = "pndm",
        negative: str = "",
    ) -> Iterator[sampling.Step]:
        """Denoising steps of one batch; not asking for the next step stops the work.

        Parameters are those of :meth:`render`, but there are at most :meth:`frames_per_batch` embeddings.
        """
        count, batch = len(embeddings), self.frames_per_batch(guidance)
        text = torch.cat([embeddings, embeddings[-1:].expand(batch - count, -1, -1)])  # (B, T, W)
        if guidance > 1:
            text = torch.cat([self.embed([negative]).expand(batch, -1, -1), text])  # (2B, T, W)
        generator = compute.generator(seed)
        noise = sampling.initial_noise(generator, self.latent_shape).to(self.device)
        solver = schedulers.make(scheduler, self.scheduler_config, steps)
        for step in sampling.denoise(self.unet, solver, noise, generator, text.to(self.unet.dtype), guidance):
            yield replace(step, latents=step.latents[:count], prediction=step.prediction[:count])

    @torch.no_grad()
    def decode(self, latents: Tensor) -> Picture:
        """Picture of shape ``(H, W, 3)``, uint8, of one frame's latents ``(channels, height, width)``."""
        scaled = latents[None].to(self.vae.dtype) / self.vae.config.scaling_factor
        image = self.vae.decode(scaled, return_dict=False)[0][0].float()  # (3, H, W) in -1..1
        return image.div(2).add(0.5).clamp(0, 1).mul(255).round().byte().permute(1, 2, 0).cpu().numpy()

    def render(
        self,
        embeddings: Tensor,
        seed: int = 42,
        steps: int = 50,
        guidance: float = 7.5,
        scheduler: str = "pndm",
        negative: str = "",
        *,
        cancelled: Callable[[], bool] = lambda: False,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> Iterator[Picture]:
        """Render embeddings, all from the same noise.

        Parameters
        ----------
        embeddings : Tensor of shape (n, tokens, width)
        seed : int
            Of the initial noise and of the noise that euler_a and lcm add.
        steps : int
        guidance : float
            Scale of classifier-free guidance; up to 1 there is none and ``negative`` is not read.
        scheduler : str
            A name of :data:`lab.diffusion.spec.SCHEDULERS`.
        negative : str
            Prompt of the unconditional pass.
        cancelled : callable
            Asked after every denoising step; frames finished by then have been yielded.
        progress : callable
            Told the number of steps done and of all steps.

        Returns
        -------
        iterator of ndarray of shape (H, W, 3), uint8
            In order, each as soon as it is finished.
        """
        check_sampling(seed, steps, guidance, scheduler)
        self._check_embeddings(embeddings)
        chunks = embeddings.to(self.device, torch.float32).split(self.frames_per_batch(guidance))
        asked = (seed, steps, guidance, scheduler, negative)
        return self._render(chunks, asked, cancelled, progress)

    def _render(self, chunks, asked, cancelled, progress) -> Iterator[Picture]:
        for number, chunk in enumerate(chunks):
            if cancelled():
                return
            for step in self.denoise(chunk, *asked):
                progress(number * step.total + step.index, len(chunks) * step.total)
                if cancelled():
                    return
            yield from map(self.decode, step.latents)

    def _check_embeddings(self, embeddings: Tensor) -> None:
        wanted = (self.tokenizer.model_max_length, self.text_encoder.config.hidden_size)
        if embeddings.ndim != 3 or not len(embeddings) or tuple(embeddings.shape[1:]) != wanted:
            shape = tuple(embeddings.shape)
            raise ValueError(
                f"The embeddings have shape {shape}, but {self.name} takes (n, %d, %d)." % wanted
            )
