"""Frames in batches of one fixed shape; where memory runs out, in batches of half as many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from lab import compute
from lab.diffusion import noise as noises

if TYPE_CHECKING:
    import numpy as np
    from torch import Tensor

    from lab.diffusion.model import Model


def frames(
    model: Model,
    embeddings: Tensor,
    seed: noises.Seeds,
    asked: tuple[int, float, str, str],
    noise: Tensor | None,
    cancelled: Callable[[], bool],
    progress: Callable[[int, int], None],
) -> Iterator[np.ndarray]:
    """Pictures of all embeddings, in order; they end early when cancelled.

    Parameters
    ----------
    model : Model
    embeddings : Tensor of shape (n, tokens, width)
    seed : int, or n of them
    asked : tuple
        Steps, guidance, scheduler, negative prompt.
    noise : Tensor of shape (n, channels, height, width), optional
    cancelled, progress : callable
        As in :meth:`lab.diffusion.model.Model.render`.

    Raises
    ------
    MemoryError
        With one sentence, if even one frame does not fit.
    """
    guidance, first, batches = asked[1], 0, 0
    while first < len(embeddings):
        if cancelled():
            return
        count = min(model.frames_per_batch(guidance), len(embeddings) - first)
        left = -(-(len(embeddings) - first) // model.frames_per_batch(guidance))
        own, begin = noises.part(seed, noise, first, count)
        try:
            for step in model.denoise(embeddings[first : first + count], own, *asked, begin):
                progress(batches * step.total + step.index, (batches + left) * step.total)
                if cancelled():
                    return
            latents = step.latents
        except RuntimeError as error:
            if not compute.is_out_of_memory(error):
                raise
            latents = None  # outside this block the error, and the tensors it holds, are gone
        if latents is None:
            halve(model, guidance)
            continue
        yield from map(model.decode, latents)
        first, batches = first + count, batches + 1


def halve(model: Model, guidance: float) -> None:
    """Let the model take half as many rows from now on, and say so; ``MemoryError`` if it takes one frame."""
    compute.release()
    if model.frames_per_batch(guidance) == 1:
        raise MemoryError(
            f"{model.name} has no room for a single frame on {compute.describe(model.device)}; "
            "choose a smaller model, or the CPU."
        )
    before, model.rows = model.rows, model.rows // 2
    model.remarks.append(
        f"Memory ran out with {before} rows in a call of the network; it goes on with {model.rows}."
    )
