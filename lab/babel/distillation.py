"""The few-step variant: a low-rank adapter under which one to eight steps do the work of many.

The teacher walks from noise to picture by eight guided DPM++ steps; from every state of that walk the student
learns to name its end at once, guidance folded in. So the student is consistent along the teacher's own
trajectories, and samples as a latent consistency model does: name the end, add fresh noise, name it again.

Sources: S. Luo et al. 2023 (latent consistency models, whose sampler and timesteps it keeps; LCM-LoRA),
Y. Song et al. 2023 (consistency), E. and T. Luhman 2021 (regression on the ends of trajectories), C. Meng et
al. 2023 (guidance folded in).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from diffusers import DPMSolverMultistepScheduler, LCMScheduler, UNet2DConditionModel
from torch import Tensor
from transformers import CLIPTextModel, CLIPTokenizer

from lab.babel import geometry
from lab.babel.denoiser import PASSAGE_SHARE, between, chances, shaped, worded
from lab.babel.fitting import Fitting
from lab.babel.illustrator import Scene
from lab.babel.tokenizer import tokenize

TEACHER_STEPS = 8
GUIDANCE = 3.5
SOFT = 0.03  # width of the quadratic bottom of the pseudo-Huber loss, in standard deviations of a latent
TURNS = (
    4,
    1,
    2,
    1,
    3,
    1,
    2,
    1,
)  # how often each state of a walk is learnt from: those of 1, 2 and 4 steps most


def student_scheduler(steps: int) -> LCMScheduler:
    """The sampler of the few-step variant, its timesteps set."""
    config = {**geometry.make_scheduler().config, "clip_sample": False}
    config.pop("skip_prk_steps")  # PNDM's own
    scheduler = LCMScheduler.from_config(config)
    scheduler.set_timesteps(steps)
    return scheduler


@dataclass(frozen=True, eq=False)
class Wording:
    """Scenes, and the trained text encoder that reads their captions."""

    scenes: list[Scene]
    tokenizer: CLIPTokenizer
    text: CLIPTextModel

    @cached_property
    def often(self) -> np.ndarray:
        """Probabilities of the scenes."""
        return chances(self.scenes)

    def captions(self, number: int, rng: np.random.Generator) -> list[str]:
        """Captions of random scenes."""
        chosen = rng.choice(len(self.scenes), number, p=self.often)
        return worded([self.scenes[i] for i in chosen], rng)

    def conditions(self, number: int, rng: np.random.Generator) -> Tensor:
        """Embeddings of random captions, a share of them on the way between two: (n, tokens, width)."""
        walked = round(PASSAGE_SHARE * number)
        shares = torch.from_numpy(rng.random(walked))
        ends = self.embed(self.captions(2 * walked, rng))
        return torch.cat([self.embed(self.captions(number - walked, rng)), between(ends, shares)])

    @torch.no_grad()
    def embed(self, captions: list[str]) -> Tensor:
        """Embeddings of captions, (n, tokens, width)."""
        return self.text(input_ids=tokenize(self.tokenizer, captions)).last_hidden_state


@dataclass(frozen=True, eq=False)
class Walks:
    """Walks of the teacher.

    Parameters
    ----------
    states : Tensor of shape (n, steps, channels, height, width)
        Noisy latents before each step.
    ends : Tensor of shape (n, channels, height, width)
    embeddings : Tensor of shape (n, tokens, width)
    """

    states: Tensor
    ends: Tensor
    embeddings: Tensor


@torch.no_grad()
def walk(unet: UNet2DConditionModel, embeddings: Tensor, empty: Tensor, noise: Tensor) -> Walks:
    """Let the teacher walk from noise (n, channels, height, width) under embeddings (n, tokens, width).

    ``empty`` is the embedding of the empty caption, (1, tokens, width).
    """
    scheduler = DPMSolverMultistepScheduler.from_config(geometry.make_scheduler().config)
    scheduler.set_timesteps(timesteps=student_scheduler(TEACHER_STEPS).timesteps.tolist())
    both = torch.cat([empty.expand_as(embeddings), embeddings])
    latents, states = noise, []
    for timestep in scheduler.timesteps:
        states.append(latents)
        seen = torch.cat([latents, latents]).to(memory_format=torch.channels_last)
        without, within = unet(seen, timestep, both).sample.chunk(2)
        latents = scheduler.step(without + GUIDANCE * (within - without), timestep, latents).prev_sample
    return Walks(torch.stack(states, 1), latents, embeddings)


def lessons(
    walks: Walks, batch: int, count: int, rng: np.random.Generator
) -> Iterator[tuple[Tensor, Tensor, Tensor, Tensor]]:
    """`count` batches of (states, numbers of their steps, ends, embeddings) drawn from walks."""
    often = np.array(TURNS) / sum(TURNS)
    for _ in range(count):
        which = rng.integers(0, len(walks.ends), batch)
        steps = rng.choice(TEACHER_STEPS, batch, p=often)
        yield walks.states[which, steps], torch.from_numpy(steps), walks.ends[which], walks.embeddings[which]


def consistency_loss(
    unet: UNet2DConditionModel,
    lesson: tuple[Tensor, Tensor, Tensor, Tensor],
    weights: Tensor,
    alphas: Tensor,
    timesteps: Tensor,
) -> Tensor:
    """Pseudo-Huber distance of the named end to the true one, each channel with its weight."""
    states, steps, ends, embeddings = lesson
    at = timesteps[steps]
    velocity = unet(states.to(memory_format=torch.channels_last), at, embeddings).sample
    a, s = (shaped(x.sqrt()) for x in (alphas[at], 1 - alphas[at]))
    named = a * states - s * velocity
    return ((((named - ends) ** 2 + SOFT**2).sqrt() - SOFT) * weights).mean()


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
    alphas = geometry.make_scheduler().alphas_cumprod
    timesteps = student_scheduler(TEACHER_STEPS).timesteps
    side = teacher.config.sample_size
    shape = (walks_at_once, teacher.config.in_channels, side, side)
    empty = words.embed([""])
    queue: list[tuple] = []

    def step() -> tuple[Tensor, int]:
        if not queue:
            noise = torch.randn(shape, generator=generator)
            walks = walk(teacher, words.conditions(walks_at_once, rng), empty, noise)
            queue.extend(lessons(walks, batch, lessons_a_walk, rng))
        return consistency_loss(student, queue.pop(), weights, alphas, timesteps), batch

    fitting.fit(step, "few steps")
