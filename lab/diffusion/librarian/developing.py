"""Pictures developed like photographs: a glimpse after each denoising step, the picture at the end.

Pictures of different prompts, seeds and noise share batches wherever their sampling is the same. Each is
bit-equal to the picture rendered alone, on one device.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lab.diffusion.librarian.picture import PictureSpec, embedding, initial_noise

if TYPE_CHECKING:
    from lab.diffusion.model import Model

GLIMPSES_MOST = 12  # of a picture; longer renders show every second, third ... step
Known = MutableMapping[str, np.ndarray]  # key of a picture's spec to the picture


@dataclass(frozen=True, eq=False)
class Glimpse:
    """What a picture would be if the model stopped now: its predicted x0, small.

    Parameters
    ----------
    image : ndarray of shape (height, width, 3), uint8
        One pixel for each place of the latents.
    index : int
        Number of the picture among those asked for.
    step, total : int
        Calls of the UNet so far, and of all.
    """

    image: np.ndarray
    index: int
    step: int
    total: int


@dataclass(frozen=True, eq=False)
class Picture:
    """A finished picture.

    Parameters
    ----------
    image : ndarray of shape (H, W, 3), uint8
    index : int
        Its number among those asked for.
    spec : PictureSpec
        Complete: nothing left open.
    """

    image: np.ndarray
    index: int
    spec: PictureSpec


def develop(
    model: Model,
    specs: Sequence[PictureSpec],
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float, float], None] = lambda done, total: None,
    known: Known | None = None,
) -> Iterator[Glimpse | Picture]:
    """Render pictures, each as soon as it can be.

    Parameters
    ----------
    model : Model
    specs : sequence of PictureSpec
        What a spec leaves open is the model's own.
    cancelled, progress : callable
        As in :meth:`lab.diffusion.model.Model.render`.
    known : mutable mapping of str to ndarray, optional
        Pictures that need no rendering, by the key of their complete spec; finished ones are added.

    Returns
    -------
    iterator of Glimpse and Picture
        Pictures of equal sampling are developed together, so numbers may come out of order.

    Raises
    ------
    ValueError
        If a spec is out of its limits.
    """
    asked = [spec.validate().with_defaults(model.defaults).validate() for spec in specs]
    return _develop(model, asked, cancelled, progress, {} if known is None else known)


def picture(model: Model, prompt: str, **settings) -> Picture:
    """One picture of a prompt.

    Parameters
    ----------
    model : Model
    prompt : str
    **settings
        Those of :class:`PictureSpec`.
    """
    *_, last = develop(model, [PictureSpec(prompt, model=model.name, **settings)])
    assert isinstance(last, Picture)
    return last


def batches(model: Model, specs: Sequence[PictureSpec]) -> list[list[int]]:
    """Numbers of the specs that are denoised together: equal sampling, no more than a batch holds."""
    alike: dict[tuple, list[int]] = {}
    for index, spec in enumerate(specs):
        alike.setdefault(spec.manner, []).append(index)
    parts = []
    for (_, guidance, *_), numbers in alike.items():
        most = model.frames_per_batch(guidance)
        parts += [numbers[first : first + most] for first in range(0, len(numbers), most)]
    return parts


def _develop(model, specs, cancelled, progress, known) -> Iterator[Glimpse | Picture]:
    numbers: dict[str, list[int]] = {}
    for index, spec in enumerate(specs):
        numbers.setdefault(spec.key(), []).append(index)
    keys = list(numbers)
    for key in [key for key in keys if key in known]:
        yield from (Picture(known[key], index, specs[index]) for index in numbers[key])
        keys.remove(key)
    missing = [specs[numbers[key][0]] for key in keys]
    done, total = 0, sum(spec.steps for spec in missing)
    for part in batches(model, missing):
        if cancelled():
            return
        share = sum(missing[place].steps for place in part)
        for step in _steps(model, [missing[place] for place in part]):
            progress(done + share * step.index / step.total, total)
            if cancelled():
                return
            yield from _glimpses(model, step, [numbers[keys[place]] for place in part])
        done += share
        for place, latents in zip(part, step.latents, strict=True):
            image = known[keys[place]] = model.decode(latents)
            yield from (Picture(image, index, specs[index]) for index in numbers[keys[place]])


def _steps(model, specs):
    import torch

    embeddings = torch.stack([embedding(model, spec) for spec in specs]).to(model.device, torch.float32)
    noise = torch.stack([initial_noise(model, spec) for spec in specs])
    return model.denoise(embeddings, [spec.seed for spec in specs], *specs[0].manner, noise)


def _glimpses(model, step, numbers) -> Iterator[Glimpse]:
    from lab.diffusion import preview

    every = -(-step.total // GLIMPSES_MOST)
    if step.index % every and step.index not in (1, step.total):
        return
    for image, indices in zip(preview.small(model, step.clean), numbers, strict=True):
        yield from (Glimpse(image, index, step.index, step.total) for index in indices)
