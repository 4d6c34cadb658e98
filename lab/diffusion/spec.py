"""What is asked of a morph: a frozen spec, its limits and the names it may use.

Knows neither torch nor diffusers, so that a page can check what a visitor typed before anything heavy loads.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace

from lab.compute import check_seed

SCHEDULERS: dict[str, str] = {
    "pndm": "PNDM or PLMS (Liu 2022), the posts' sampler: fourth-order multistep, one extra call.",
    "ddim": "DDIM (Song 2021), the first-order solver: plain, deterministic, wants many steps.",
    "dpm++2m": "DPM-Solver++ 2M (Lu 2022), second-order multistep: sharp pictures in 10 to 20 steps.",
    "unipc": "UniPC (Zhao 2023), predictor and corrector in one call: good in 8 to 15 steps.",
    "euler": "Euler on the probability-flow ODE (Karras 2022): first order in sigma, deterministic.",
    "euler_a": "Euler ancestral: adds fresh noise at every step, the same for all frames.",
    "lcm": "Latent consistency sampling (Luo 2023): 1 to 8 steps, for models distilled to it.",
}
LOOPS: dict[str, str] = {
    "ring": "from the last prompt back to the first",
    "pingpong": "the way back over the same frames",
    "none": "stop at the last prompt",
}
INTERPOLATIONS = ("lerp", "slerp")

PROMPTS_LEAST, PROMPTS_MOST = 2, 16
CHARACTERS_MOST = 10_000
FRAMES_MOST = 120
FRAMES_TOTAL_MOST = 600
STEPS_MOST = 150
LCM_STEPS_MOST = 50
GUIDANCE_MOST = 30.0


@dataclass(frozen=True)
class MorphSpec:
    """A walk over key prompts with one noise for all frames.

    Parameters
    ----------
    prompts : tuple of str
        Key prompts, 2 to 16.
    frames : int or tuple of int
        Frames of every segment, or of each; a segment contains its first key prompt and not its last.
    loop : {"ring", "pingpong", "none"}
    seed : int
    steps, guidance, scheduler : optional
        ``None`` takes what looks good on the model in the fewest steps.
    negative : str
        Prompt of the unconditional pass.
    interpolation : {"lerp", "slerp"}
    model : str
        Name or folder of the model.
    """

    prompts: tuple[str, ...]
    frames: int | tuple[int, ...] = 16
    loop: str = "ring"
    seed: int = 42
    steps: int | None = None
    guidance: float | None = None
    scheduler: str | None = None
    negative: str = ""
    interpolation: str = "lerp"
    model: str = "babel"

    def validate(self) -> MorphSpec:
        """Return the spec itself, or raise ``ValueError`` with the value, the limit and the mend."""
        check_prompts(self.prompts)
        check_length(self.negative, "The negative prompt")
        check_choice("loop", self.loop, LOOPS)
        check_choice("interpolation", self.interpolation, INTERPOLATIONS)
        self._check_frames()
        check_sampling(self.seed, self.steps, self.guidance, self.scheduler)
        return self

    def segment_frames(self) -> tuple[int, ...]:
        """Number of frames of each segment that is rendered (the way back of a ping-pong is not)."""
        segments = len(self.prompts) - (self.loop != "ring")
        return (self.frames,) * segments if isinstance(self.frames, int) else tuple(self.frames)

    def with_defaults(self, defaults: dict) -> MorphSpec:
        """The same spec with steps, guidance and scheduler filled in where they were left open."""
        names = ("steps", "guidance", "scheduler")
        return replace(self, **{name: defaults[name] for name in names if getattr(self, name) is None})

    def key(self) -> str:
        """Hash of the spec: equal specs, and only they, have equal keys on every machine."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]

    def _check_frames(self) -> None:
        if isinstance(self.frames, tuple | list):
            segments = len(self.prompts) - (self.loop != "ring")
            if len(self.frames) != segments:
                raise ValueError(
                    f"There are {len(self.frames)} frame counts, but {segments} segments; give one for each."
                )
        else:
            check_count("frames of a segment", self.frames, 1, FRAMES_MOST)
        counts = self.segment_frames()
        for count in counts:
            check_count("frames of a segment", count, 1, FRAMES_MOST)
        if (total := sum(counts)) > FRAMES_TOTAL_MOST:
            raise ValueError(
                f"The morph has {total} frames in all, the limit is {FRAMES_TOTAL_MOST}; "
                f"take fewer prompts or fewer frames."
            )


def check_prompts(prompts: tuple[str, ...]) -> None:
    """Raise ``ValueError`` unless there are 2 to 16 prompts, none of them empty or endless."""
    if isinstance(prompts, str) or not PROMPTS_LEAST <= len(prompts) <= PROMPTS_MOST:
        count = 1 if isinstance(prompts, str) else len(prompts)
        raise ValueError(f"A morph needs {PROMPTS_LEAST} to {PROMPTS_MOST} prompts, but there are {count}.")
    for number, prompt in enumerate(prompts, start=1):
        check_length(prompt, f"Prompt {number}")
        if not prompt.strip():
            raise ValueError(
                f"Prompt {number} is empty; write what the picture shows, or take the prompt out."
            )


def check_length(text: str, what: str) -> None:
    """Raise ``ValueError`` unless ``text`` is a string of at most 10 000 characters."""
    if not isinstance(text, str):
        raise ValueError(f"{what} is {text!r}, but it must be text.")
    if len(text) > CHARACTERS_MOST:
        raise ValueError(f"{what} has {len(text)} characters, the limit is {CHARACTERS_MOST}; shorten it.")


def check_sampling(seed: int, steps: int | None, guidance: float | None, scheduler: str | None) -> None:
    """Raise ``ValueError`` if a sampling parameter that is not left open is out of its limits."""
    check_seed(seed)
    if scheduler is not None:
        check_choice("scheduler", scheduler, SCHEDULERS)
    if steps is not None:
        check_count("steps", steps, 1, LCM_STEPS_MOST if scheduler == "lcm" else STEPS_MOST)
    if guidance is None:
        return
    if (
        isinstance(guidance, bool)
        or not isinstance(guidance, int | float)
        or not 0 <= guidance <= GUIDANCE_MOST
    ):
        raise ValueError(
            f"The guidance is {guidance!r}, but it must be a number from 0 to {GUIDANCE_MOST:g}."
        )


def check_count(what: str, value: int, least: int, most: int) -> None:
    """Raise ``ValueError`` unless ``value`` is a whole number from ``least`` to ``most``."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(
            f"The number of {what} is {value!r}, but it must be a whole number from {least} to {most}."
        )


def check_choice(what: str, value: str, choices: dict[str, str] | tuple[str, ...]) -> None:
    """Raise ``ValueError`` unless ``value`` is one of ``choices``."""
    if value not in choices:
        raise ValueError(f"The {what} {value!r} is unknown; choose one of {', '.join(choices)}.")
