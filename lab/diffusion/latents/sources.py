"""The pictures of the latents room, drawn or brought, each with its latents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from lab.diffusion.difference import compare
from lab.diffusion.latents.memory import Memory
from lab.diffusion.latents.results import Source
from lab.diffusion.latents.spec import LatentsSpec, brought
from lab.diffusion.uploads import fit

if TYPE_CHECKING:
    from lab.diffusion.model import Model


def gather(
    model: Model,
    spec: LatentsSpec,
    own: Mapping[str, np.ndarray],
    memory: Memory,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Source]:
    """Every picture of a complete spec; fewer if it was cancelled.

    Parameters
    ----------
    own : mapping of str to ndarray of shape (H, W, 3), uint8
        Pictures that were brought, by digest; another model's size is fitted to this one's.
    memory : Memory
    """
    drawn = draw(model, spec, spec.prompts, memory, cancelled, progress)
    sources: list[Source] = []
    for letter, picture in zip(spec.names, spec.pictures, strict=True):
        name = brought(picture)
        if name and name not in own:
            raise ValueError(
                f"Picture {letter} was brought by somebody else; bring it again, or take it out."
            )
        if not name and picture not in drawn:
            return sources
        image = fit(own[name], model.size) if name else model.decode(drawn[picture])
        latents = model.encode(image) if name else drawn[picture]
        returned = model.decode(model.encode(image))
        sources.append(
            Source(letter, picture, image, latents.cpu().numpy(), returned, compare(image, returned))
        )
    return sources


def draw(
    model: Model,
    spec: LatentsSpec,
    prompts: tuple[str, ...],
    memory: Memory,
    cancelled: Callable[[], bool],
    progress: Callable[[int, int], None],
) -> dict[str, Tensor]:
    """Latents ``(channels, height, width)`` of prompts, all from one noise; fewer if it was cancelled."""
    drawn = {prompt: memory.recall((*settings(model, spec), prompt)) for prompt in prompts}
    missing = [prompt for prompt, latents in drawn.items() if latents is None]
    if missing:
        fresh = denoised(model, spec, model.embed(missing), cancelled, progress)
        for prompt, latents in zip(missing, fresh, strict=False):
            drawn[prompt] = latents
            memory.keep((*settings(model, spec), prompt), latents)
    return {prompt: latents for prompt, latents in drawn.items() if latents is not None}


def settings(model: Model, spec: LatentsSpec) -> tuple:
    """What latents depend on beside the prompt."""
    return model.hash, spec.seed, *spec.manner


def denoised(
    model: Model,
    spec: LatentsSpec,
    embeddings: Tensor,
    cancelled: Callable[[], bool],
    progress: Callable[[int, int], None],
) -> Iterator[Tensor]:
    """Clean latents of embeddings, one after the other, all from the spec's noise."""
    chunks = embeddings.split(model.frames_per_batch(spec.manner[1]))
    for number, chunk in enumerate(chunks):
        for step in model.denoise(chunk, spec.seed, *spec.manner):
            progress(number * step.total + step.index, len(chunks) * step.total)
            if cancelled():
                return
        yield from step.latents


def tensor(latents: np.ndarray, model: Model) -> Tensor:
    """Latents of a source on the model's device."""
    return torch.from_numpy(latents).to(model.device)
