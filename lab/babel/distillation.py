"""The few-step variant: a low-rank adapter under which one to eight steps do the work of many.

The teacher walks from noise to picture by eight guided DPM++ steps; from every state of that walk the student
learns to name its end at once, guidance folded in. So the student is consistent along the teacher's own
trajectories, and samples as a latent consistency model does: name the end, add fresh noise, name it again.
Half of the walks begin where the student's own first naming leads it: so it learns to mend what it blurred.

Sources: S. Luo et al. 2023 (latent consistency models, whose sampler and timesteps it keeps; LCM-LoRA),
Y. Song et al. 2023 (consistency), E. and T. Luhman 2021 (regression on the ends of trajectories), C. Meng et
al. 2023 (guidance folded in), J. Kohler et al. 2024 (Imagine Flash: walks from the student's own states).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from diffusers import DPMSolverMultistepScheduler, LCMScheduler, UNet2DConditionModel
from torch import Tensor

from lab.babel import geometry
from lab.babel.denoiser import noisy, shaped
from lab.babel.emphasis import small_heads
from lab.babel.fitting import Fitting
from lab.babel.wording import Wording

TEACHER_STEPS = 8
GUIDANCE = 3.5
SOFT = 0.03  # width of the quadratic bottom of the pseudo-Huber loss, in standard deviations of a latent
TURNS = np.array([4, 1, 2, 1, 3, 1, 2, 1])  # how often a state is learnt from: those of 1, 2 and 4 steps most
# where walks begin: in noise, or in the second state of two or of four steps of the student
BEGINS = (0, 0, 0, 4, 4, 2)


def student_scheduler(steps: int) -> LCMScheduler:
    """The sampler of the few-step variant, its timesteps set."""
    config = {**geometry.make_scheduler().config, "clip_sample": False}
    config.pop("skip_prk_steps")  # PNDM's own
    scheduler = LCMScheduler.from_config(config)
    scheduler.set_timesteps(steps)
    return scheduler


@cache
def states_at() -> Tensor:
    """Timesteps of the states of a whole walk, (8,)."""
    return student_scheduler(TEACHER_STEPS).timesteps


@cache
def signal() -> Tensor:
    """Cumulative alphas of all timesteps."""
    return geometry.make_scheduler().alphas_cumprod


@dataclass(frozen=True, eq=False)
class Walks:
    """Walks of the teacher.

    Parameters
    ----------
    states : Tensor of shape (n, steps, channels, height, width)
        Noisy latents before each step.
    ends : Tensor of shape (n, channels, height, width)
    embeddings : Tensor of shape (n, tokens, width)
    begin : int
        Number of the first step, 0 where the walk begins in noise.
    """

    states: Tensor
    ends: Tensor
    embeddings: Tensor
    begin: int


@torch.no_grad()
def walk(
    unet: UNet2DConditionModel, embeddings: Tensor, empty: Tensor, latents: Tensor, begin: int = 0
) -> Walks:
    """Let the teacher walk from states (n, channels, height, width) of step ``begin`` to their ends.

    ``embeddings`` are of shape (n, tokens, width), ``empty``, of the empty caption, (1, tokens, width).
    """
    scheduler = DPMSolverMultistepScheduler.from_config(geometry.make_scheduler().config)
    scheduler.set_timesteps(timesteps=states_at().tolist()[begin:])
    both = torch.cat([empty.expand_as(embeddings), embeddings])
    states = []
    for timestep in scheduler.timesteps:
        states.append(latents)
        seen = torch.cat([latents, latents]).to(memory_format=torch.channels_last)
        without, within = unet(seen, timestep, both).sample.chunk(2)
        latents = scheduler.step(without + GUIDANCE * (within - without), timestep, latents).prev_sample
    return Walks(torch.stack(states, 1), latents, embeddings, begin)


class Lesson(NamedTuple):
    """States of walks, the numbers of their steps, the ends, the embeddings, how much each cell counts."""

    states: Tensor
    steps: Tensor
    ends: Tensor
    embeddings: Tensor
    counts: Tensor


def lessons(
    walks: Walks, counts: Tensor, batch: int, number: int, rng: np.random.Generator
) -> Iterator[Lesson]:
    """Batches drawn from walks whose cells count as ``counts``, (n, 1, height, width), says."""
    often = TURNS[walks.begin :] / TURNS[walks.begin :].sum()
    for _ in range(number):
        which = rng.integers(0, len(walks.ends), batch)
        steps = rng.choice(len(often), batch, p=often)
        states, numbers = walks.states[which, steps], torch.from_numpy(walks.begin + steps)
        yield Lesson(states, numbers, walks.ends[which], walks.embeddings[which], counts[which])


def named_ends(unet: UNet2DConditionModel, states: Tensor, at: Tensor, embeddings: Tensor) -> Tensor:
    """The clean latents that a network's velocity points at from states (n, ...) at timesteps (n,)."""
    alphas = signal()[at]
    velocity = unet(states.to(memory_format=torch.channels_last), at, embeddings).sample
    return shaped(alphas.sqrt()) * states - shaped((1 - alphas).sqrt()) * velocity


@torch.no_grad()
def led_on(
    student: UNet2DConditionModel, embeddings: Tensor, noise: Tensor, fresh: Tensor, begin: int
) -> Tensor:
    """The student's own state at step ``begin``: the end it names from noise, and fresh noise on it."""
    if not begin:
        return noise
    first, here = (states_at()[step].expand(len(noise)) for step in (0, begin))
    return noisy(named_ends(student, noise, first, embeddings), fresh, signal()[here])[0]


def consistency_loss(unet: UNet2DConditionModel, lesson: Lesson, weights: Tensor) -> Tensor:
    """Pseudo-Huber distance of the named end to the true one, each channel with its weight."""
    named = named_ends(unet, lesson.states, states_at()[lesson.steps], lesson.embeddings)
    return ((((named - lesson.ends) ** 2 + SOFT**2).sqrt() - SOFT) * weights * lesson.counts).mean()


def train_few_step(
    teacher: UNet2DConditionModel,
    student: UNet2DConditionModel,
    words: Wording,
    fitting: Fitting,
    weights: Tensor,
    walks_at_once: int = 16,
    batch: int = 32,
    lessons_a_walk: int = 6,
) -> None:
    """Fit the student's low-rank changes to walks of the teacher, new ones after every few lessons.

    Parameters
    ----------
    teacher, student : UNet2DConditionModel
        Equal but for the changes attached to the student.
    words : Wording
    fitting : Fitting
        Of the changes.
    weights : Tensor of shape (1, channels, height, width)
        How much each number of the latents counts.
    """
    rng = np.random.default_rng([9, fitting.steps])
    generator = torch.Generator().manual_seed(int(rng.integers(2**60)))
    side = teacher.config.sample_size
    shape = (walks_at_once, teacher.config.in_channels, side, side)
    empty = words.embed([""])
    queue: list[Lesson] = []

    def step() -> tuple[Tensor, int]:
        if not queue:
            noise, fresh = torch.randn((2, *shape), generator=generator)
            begin, (embeddings, scenes) = int(rng.choice(BEGINS)), words.conditions(walks_at_once, rng)
            states = led_on(student, embeddings, noise, fresh, begin)
            walks = walk(teacher, embeddings, empty, states, begin)
            queue.extend(lessons(walks, small_heads(scenes, side), batch, lessons_a_walk, rng))
        return consistency_loss(student, queue.pop(), weights), batch

    fitting.fit(step, "few steps")
