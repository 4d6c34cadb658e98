"""A loaded Stable Diffusion model: prompts to embeddings, embeddings and a seed to pictures.

The picture of an embedding depends on nothing but the embedding, the seed and the sampling parameters: not
on the other frames of its batch, nor on its place among them. Batches have one fixed shape per device, the
last one padded, because kernels, and with them the last bits, are chosen by shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from lab import compute
from lab.diffusion import adapter, autoencoder, batches, conditioning, safety, sampling, schedulers
from lab.diffusion import folder as folders
from lab.diffusion import noise as noises
from lab.diffusion.spec import check_sampling
from lab.diffusion.text import Text

Picture = np.ndarray  # uint8 of shape (H, W, 3)


class Model:
    """Tokenizers, text encoders, UNet and VAE of one Stable Diffusion on one device.

    Parameters
    ----------
    name : str
    folder : Path
        In diffusers' format, or a single file.
    parts : dict
        What :mod:`lab.diffusion.parts` or :mod:`lab.diffusion.single` read.
    device : torch.device

    Attributes
    ----------
    rows : int
        Rows of every UNet call on this device; a frame is two with guidance and one without. Halved where
        memory runs out.
    checker : Checker, optional
        The safety checker, of a model that has one.
    remarks : list of str
        What to tell of the last renders: memory that ran out, pictures that were covered.
    defaults : dict
        Steps, guidance and scheduler that look good in the fewest steps.
    size : tuple of int
        Width and height of the pictures.
    """

    def __init__(self, name: str, folder: Path, parts: dict, device: torch.device):
        self.name, self.folder, self.device = name, folder, device
        self.text, self.scheduler_config = Text(parts, device), parts["scheduler"]
        self.tokenizer, self.text_encoder = self.text.tokenizers[0], self.text.encoders[0]
        self.unet, self.vae = (
            parts[part].to(device, memory_format=torch.channels_last).eval().requires_grad_(False)
            for part in ("unet", "vae")
        )
        self.checker, self.defaults = safety.checker_of(parts, device), folders.defaults(folder)
        self.remarks: list[str] = []
        self.called = 0  # rows of frames that the UNet has seen, to learn its pace from
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

    @cached_property
    def few_step(self) -> torch.nn.Module:
        """The UNet that the lcm sampler calls: the few-step variant, or the UNet itself."""
        path = adapter.few_step(self.folder)
        return adapter.adapted(self.unet, path) if path else self.unet

    def unknown_words(self, prompt: str) -> list[str]:
        """Words of ``prompt`` that the model was never taught; none for a model without a word list."""
        return folders.unknown_words(prompt, self.vocabulary)

    def count_tokens(self, prompt: str) -> tuple[int, int]:
        """Tokens of ``prompt`` that are read, and those that are cut off, start and end marks not counted."""
        return self.text.count(prompt)

    def embed(self, prompts: Sequence[str]) -> Tensor:
        """Text embeddings of shape ``(n, tokens, width)``, float32; see :class:`lab.diffusion.text.Text`."""
        return self.text.embed(prompts)

    def frames_per_batch(self, guidance: float) -> int:
        """Frames that are denoised together."""
        return self.rows // conditioning.passes(self.unet, guidance)

    def denoise(
        self,
        embeddings: Tensor,
        seed: noises.Seeds = 42,
        steps: int = 50,
        guidance: float = 7.5,
        scheduler: str = "pndm",
        negative: str = "",
        noise: Tensor | None = None,
    ) -> Iterator[sampling.Step]:
        """Denoising steps of one batch; not asking for the next step stops the work.

        Parameters are those of :meth:`render`, but there are at most :meth:`frames_per_batch` embeddings.
        """
        count, batch = len(embeddings), self.frames_per_batch(guidance)
        called = self.few_step if scheduler == "lcm" else self.unet
        unet = conditioning.Conditioned(called, self.text.pooled, self.size, guidance)
        guidance = guidance if conditioning.passes(self.unet, guidance) == 2 else 1.0
        text = torch.cat([embeddings, embeddings[-1:].expand(batch - count, -1, -1)])  # (B, T, W)
        if guidance > 1:
            text = torch.cat([self.text.unconditional(negative).expand(batch, -1, -1), text])  # (2B, T, W)
        begin, generators = noises.draw(self.latent_shape, seed, batch, noise)
        solver = schedulers.make(scheduler, self.scheduler_config, steps)
        begin, text = begin.to(self.device), text.to(self.unet.dtype)
        for step in sampling.denoise(unet, solver, begin, generators, text, guidance):
            self.called += count * conditioning.passes(self.unet, guidance)
            yield step.first(count)

    @torch.no_grad()
    def decode(self, latents: Tensor) -> Picture:
        """Picture of shape ``(H, W, 3)``, uint8, of one frame's latents ``(channels, height, width)``."""
        scaled = latents[None].to(self.vae.dtype) / self.vae.config.scaling_factor
        return autoencoder.to_picture(self.vae.decode(scaled, return_dict=False)[0][0])

    def encode(self, picture: Picture) -> Tensor:
        """Latents of a picture of the model's size; see :func:`lab.diffusion.autoencoder.encode`."""
        return autoencoder.encode(self, picture)

    def render(
        self,
        embeddings: Tensor,
        seed: noises.Seeds = 42,
        steps: int = 50,
        guidance: float = 7.5,
        scheduler: str = "pndm",
        negative: str = "",
        noise: Tensor | None = None,
        *,
        cancelled: Callable[[], bool] = lambda: False,
        progress: Callable[[int, int], None] = lambda done, total: None,
        checked: bool = True,
    ) -> Iterator[Picture]:
        """Render embeddings, all from the same noise or each from its own.

        Parameters
        ----------
        embeddings : Tensor of shape (n, tokens, width)
        seed : int, or n of them
            Of the initial noise and of the noise that euler_a and lcm add.
        steps : int
        guidance : float
            Scale of classifier-free guidance; up to 1 there is none and ``negative`` is not read.
        scheduler : str
            A name of :data:`lab.diffusion.spec.SCHEDULERS`.
        negative : str
            Prompt of the unconditional pass.
        noise : Tensor of shape (n, channels, height, width), optional
            Initial noise of each frame in the seed's place; the seed still names the noise of the steps.
        cancelled : callable
            Asked after every denoising step; frames finished by then have been yielded.
        progress : callable
            Told the number of steps done and of all steps.
        checked : bool
            Whether a model's safety checker sees these pictures; who says no asks it himself.

        Returns
        -------
        iterator of ndarray of shape (H, W, 3), uint8
            In order, each as soon as it is finished.
        """
        for each in [seed] if isinstance(seed, int) else seed:
            check_sampling(each, steps, guidance, scheduler)
        self._check_embeddings(embeddings)
        noises.check(self.latent_shape, seed, noise, len(embeddings))
        asked = (steps, guidance, scheduler, negative)
        there = embeddings.to(self.device, torch.float32)
        frames = batches.frames(self, there, seed, asked, noise, cancelled, progress)
        return safety.seen(self.checker, frames, self.remarks) if checked else frames

    def _check_embeddings(self, embeddings: Tensor) -> None:
        wanted = self.text.shape
        if embeddings.ndim != 3 or not len(embeddings) or tuple(embeddings.shape[1:]) != wanted:
            shape = tuple(embeddings.shape)
            raise ValueError(
                f"The embeddings have shape {shape}, but {self.name} takes (n, %d, %d)." % wanted
            )
