"""What a morph will cost, counted in network calls before anything is rendered, and what would cost less."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lab.diffusion import spacing
from lab.diffusion.itinerary import plan
from lab.diffusion.spec import MorphSpec

FEW_FRAMES, FEW_STEPS = 4, 8  # cheaper choices do not go below


@dataclass(frozen=True)
class Rung:
    """A cheaper morph: what is given up for it, the spec, and its share of the calls, 0 to 1."""

    title: str
    spec: MorphSpec
    share: float


def calls(spec: MorphSpec) -> int:
    """Network calls of one frame each; guidance doubles them, a pilot pass adds its previews.

    Parameters
    ----------
    spec : MorphSpec
        Complete: nothing left open.
    """
    stops = plan(spec)[0]
    each, guidance, *_ = spec.manner
    steps = len(stops) * each
    if spec.spacing == "even":
        steps += len(spacing.pairs(stops)) * spacing.PREVIEWS * spacing.preview_steps(each)
    return steps * (2 if guidance > 1 else 1)


def ladder(spec: MorphSpec, defaults: dict) -> list[Rung]:
    """Cheaper choices, the dearest of them first; none for a morph that is cheap already.

    Parameters
    ----------
    spec : MorphSpec
        Complete.
    defaults : dict
        The model's own steps, guidance and scheduler.
    """
    counts = spec.segment_frames()
    fewer = tuple(max(min(count, FEW_FRAMES), count // 2) for count in counts)
    frames = fewer[0] if isinstance(spec.frames, int) else fewer
    steps = max(FEW_STEPS, spec.manner[0] // 2)
    choices = [
        ("half the frames", replace(spec, frames=frames, added=())),
        (f"{steps} steps", replace(spec, steps=steps)),
        ("the model's own sampling", replace(spec, **defaults)),
        ("no pilot pass", replace(spec, spacing="equal")),
    ]
    whole = calls(spec)
    rungs = [Rung(title, cheaper, calls(cheaper) / whole) for title, cheaper in choices]
    return sorted((rung for rung in rungs if rung.share < 0.95), key=lambda rung: -rung.share)
