"""What is asked of a morph: a frozen spec, its limits and the names it may use.

Knows neither torch nor diffusers, so that a page can check what a visitor typed before anything heavy loads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lab.compute import check_seed
from lab.diffusion.asking import Sampling
from lab.diffusion.checks import (
    CHARACTERS_MOST,
    GUIDANCE_MOST,
    LCM_STEPS_MOST,
    PROMPTS_LEAST,
    PROMPTS_MOST,
    SCHEDULERS,
    STEPS_MOST,
    check_choice,
    check_count,
    check_length,
    check_number,
    check_prompt,
    check_prompts,
    check_sampling,
    place_of,
)

__all__ = [
    "CHARACTERS_MOST",
    "GUIDANCE_MOST",
    "LCM_STEPS_MOST",
    "PROMPTS_LEAST",
    "PROMPTS_MOST",
    "SCHEDULERS",
    "STEPS_MOST",
    "MorphSpec",
    "Sampling",
    "check_choice",
    "check_count",
    "check_length",
    "check_number",
    "check_prompt",
    "check_prompts",
    "check_sampling",
    "place_of",
]

LOOPS: dict[str, str] = {
    "ring": "from the last prompt back to the first",
    "pingpong": "the way back over the same frames",
    "none": "stop at the last prompt",
}
INTERPOLATIONS = ("lerp", "slerp")
EASINGS: dict[str, str] = {
    "linear": "the same pace all the way",
    "smooth": "slow at the key prompts, 3 t^2 - 2 t^3",
    "smoother": "slower still, 6 t^5 - 15 t^4 + 10 t^3",
    "linger": "slow half-way between them",
}
SPACINGS: dict[str, str] = {
    "equal": "equal steps of t",
    "even": "equal visible steps, by a pilot pass of quick previews",
}

FRAMES_MOST = 120
FRAMES_TOTAL_MOST = 600
HOLD_MOST = 60
ADDED_MOST = 64


@dataclass(frozen=True)
class MorphSpec(Sampling):
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
    easing : {"linear", "smooth", "smoother", "linger"}
        Pace from one key prompt to the next.
    spacing : {"equal", "even"}
        Whether frames stand at equal steps of t, or where a pilot pass sees equal changes.
    seeds : tuple of int
        Initial noise of each key prompt, walked on a great circle; none: ``seed`` for all. The noise that
        samplers add is that of ``seed`` always.
    hold : int
        How often the first frame, and the last of a walk that ends or turns, is shown once more.
    added : tuple of str
        Further places, ``"segment:t"`` with a fraction such as ``"0:5/32"``.
    """

    LATER: ClassVar[tuple[str, ...]] = ("easing", "spacing", "seeds", "hold", "added")

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
    easing: str = "linear"
    spacing: str = "equal"
    seeds: tuple[int, ...] = ()
    hold: int = 0
    added: tuple[str, ...] = ()

    def validate(self) -> MorphSpec:
        """Return the spec itself, or raise ``ValueError`` with the value, the limit and the mend."""
        check_prompts(self.prompts)
        check_choice("loop", self.loop, LOOPS)
        check_choice("interpolation", self.interpolation, INTERPOLATIONS)
        check_choice("easing", self.easing, EASINGS)
        check_choice("spacing", self.spacing, SPACINGS)
        self._check_frames()
        self._check_seeds()
        check_count("times an end is held", self.hold, 0, HOLD_MOST)
        self._check_added()
        self.check_manner()
        return self

    def segment_frames(self) -> tuple[int, ...]:
        """Number of frames of each segment that is rendered (the way back of a ping-pong is not)."""
        segments = len(self.prompts) - (self.loop != "ring")
        return (self.frames,) * segments if isinstance(self.frames, int) else tuple(self.frames)

    def _check_seeds(self) -> None:
        if self.seeds and len(self.seeds) != len(self.prompts):
            raise ValueError(
                f"There are {len(self.seeds)} seeds for {len(self.prompts)} prompts; "
                "give one for each, or none."
            )
        for seed in self.seeds:
            check_seed(seed)

    def _check_added(self) -> None:
        check_count("added frames", len(self.added), 0, ADDED_MOST)
        segments = len(self.segment_frames())
        for text in self.added:
            if place_of(text)[0] >= segments:
                raise ValueError(f"The added place {text!r} is on no segment; there are {segments}, from 0.")

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
