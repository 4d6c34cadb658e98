"""Scouting: every seed sketched and scored, in batches that are full whatever is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from lab.diffusion.librarian.scout import STOPS, Scouted, ScoutSpec, evenness

if TYPE_CHECKING:
    from torch import Tensor

    from lab.diffusion.model import Model

JUDGE = Path(__file__).resolve().parents[3] / "data" / "judge"


def scout(
    model: Model,
    spec: ScoutSpec,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float, float], None] = lambda done, total: None,
) -> Iterator[Scouted]:
    """Sketch every seed and score it; they come in the order of the seeds.

    Parameters
    ----------
    model : Model
    spec : ScoutSpec
        What is left open is the model's own.
    cancelled, progress : callable
        As in :meth:`lab.diffusion.model.Model.render`.

    Raises
    ------
    ValueError
        If the spec is out of its limits.
    """
    spec = spec.validate().with_defaults(model.defaults).validate()
    return {"likeness": _by_likeness, "evenness": _by_evenness}[spec.rank](model, spec, cancelled, progress)


def _by_likeness(model, spec, cancelled, progress) -> Iterator[Scouted]:
    judge = _judge()
    (wanted,) = judge.embed_captions([spec.prompt])
    place = model.embed([spec.prompt])
    seeds, pictures = spec.seeds(), spec.pictures()
    sketches = model.render(
        place.expand(len(seeds), -1, -1),
        seeds,
        *_sampling(spec),
        cancelled=cancelled,
        progress=progress,
    )
    for index, image in enumerate(sketches):
        score = float(judge.embed_pictures(image[None])[0] @ wanted)
        yield Scouted(image, index, pictures[index], score)


def _by_evenness(model, spec, cancelled, progress) -> Iterator[Scouted]:
    import torch

    from lab.diffusion import paths

    start, end = model.embed([spec.prompt, spec.towards])
    walk = torch.stack([paths.lerp(start, end, stop / (STOPS - 1)) for stop in range(STOPS)])  # (stops, T, W)
    latents: list[Tensor] = []
    pictures = iter(enumerate(spec.pictures()))
    for batch in _denoised(model, spec, walk, cancelled, progress):
        latents += batch
        while len(latents) >= STOPS:
            stops, latents = latents[:STOPS], latents[STOPS:]
            distances = tuple(float((b - a).square().mean().sqrt()) for a, b in pairwise(stops))
            image = np.concatenate([model.decode(stops[k]) for k in (0, STOPS // 2, STOPS - 1)], axis=1)
            yield Scouted(image, *next(pictures), evenness(distances), distances)


def _denoised(model, spec, walk, cancelled, progress) -> Iterator[list[Tensor]]:
    """Latents of every stop of every seed's walk, batch by batch."""
    size = model.frames_per_batch(spec.guidance)
    tasks = [(seed, stop) for seed in spec.seeds() for stop in range(STOPS)]
    for first in range(0, len(tasks), size):
        part = tasks[first : first + size]
        places = walk[[stop for _, stop in part]].to(model.device)
        for step in model.denoise(places, [seed for seed, _ in part], *_sampling(spec)):
            progress(first + len(part) * step.index / step.total, len(tasks))
            if cancelled():
                return
        yield list(step.latents)


def _sampling(spec):
    return spec.sketch, spec.guidance, spec.scheduler, spec.negative


@cache
def _judge():
    from lab.babel.judge import open_judge

    return open_judge(JUDGE)
