"""A morph as text: as a link and back, as Python, as a command line.

What of a bent link cannot be is named, the rest is kept.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lab.diffusion import shelf
from lab.diffusion import spec as limits
from lab.diffusion.spec import MorphSpec
from lab.views.links import Rule, one_of, read, real, whole
from lab.views.sampling import seed_of


def frames_of(text: str) -> int | tuple[int, ...]:
    """Frames of every segment, `16`, or of each, `8,16,8`."""
    counts: tuple[int, ...] = tuple(
        map(whole(1, limits.FRAMES_MOST), text.split(",")[: limits.PROMPTS_MOST + 1])
    )
    return counts if len(counts) > 1 else counts[0]


def seeds_of(text: str) -> tuple[int, ...]:
    """A seed for each prompt, `7,8,9`; none for an empty text."""
    return tuple(map(seed_of, text.split(","))) if text.strip() else ()


def places_of(text: str) -> tuple[str, ...]:
    """Places that were added to a walk, `0:5/32,1:1/2`; none for an empty text."""
    places = tuple(place.strip() for place in text.split(",")) if text.strip() else ()
    for place in places:
        limits.place_of(place)
    return places


def written(value: object) -> str:
    """A value as the link and the command line have it."""
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


RULES: dict[str, Rule] = {
    "loop": one_of(*limits.LOOPS),
    "frames": frames_of,
    "seed": seed_of,
    "steps": whole(1, limits.STEPS_MOST),
    "guidance": real(0, limits.GUIDANCE_MOST),
    "scheduler": one_of(*limits.SCHEDULERS),
    "negative": str,
    "interpolation": one_of(*limits.INTERPOLATIONS),
    "easing": one_of(*limits.EASINGS),
    "spacing": one_of(*limits.SPACINGS),
    "seeds": seeds_of,
    "hold": whole(0, limits.HOLD_MOST),
    "added": places_of,
    "model": shelf.name_of,
}
PLAIN = MorphSpec(prompts=())  # what a link leaves out


def changes(spec: MorphSpec) -> dict[str, object]:
    """What of a morph, beside its prompts, is not as it is by default."""
    return {name: getattr(spec, name) for name in RULES if getattr(spec, name) != getattr(PLAIN, name)}


def to_query(spec: MorphSpec) -> dict[str, list[str]]:
    """The link's parameters: every prompt as `p`, the rest only where it differs from the default."""
    return {"p": list(spec.prompts)} | {name: [written(value)] for name, value in changes(spec).items()}


def from_query(query: Mapping[str, Sequence[str]], default: MorphSpec) -> tuple[MorphSpec, str]:
    """The morph a link asks for, and one sentence about what in it could not be (or nothing).

    Parameters
    ----------
    query : mapping of str to texts
        As `st.query_params` has it; unknown names are passed over.
    default : MorphSpec
        Whose prompts stand in where the link has none that can be.
    """
    values, wrong = read(query, RULES)
    prompts, reason = prompts_of(query.get("p", []), default)
    asked = replace(PLAIN, prompts=prompts, **values)
    try:
        asked.validate()
    except ValueError as error:  # each value can be, but not all of them together
        asked, reason = replace(PLAIN, prompts=prompts), str(error)
    return asked, " ".join(filter(None, (reason, wrong)))


def prompts_of(texts: Sequence[str], default: MorphSpec) -> tuple[tuple[str, ...], str]:
    """Prompts of a link, or the default's, with one sentence if there was something wrong with them."""
    if not texts:
        return default.prompts, ""
    least, most = limits.PROMPTS_LEAST, limits.PROMPTS_MOST
    if len(texts) < least:
        return default.prompts, f"The link has one prompt, a morph needs {least} to {most}."
    told = (
        ""
        if len(texts) <= most
        else f"The link has {len(texts)} prompts, the limit is {most}: the rest is left out."
    )
    try:
        limits.check_prompts(tuple(texts[:most]))
    except ValueError as error:
        return default.prompts, str(error)
    return tuple(texts[:most]), told


def code(spec: MorphSpec) -> tuple[str, str]:
    """Python and command line of a morph; what is at its default is left out."""
    changed = changes(spec)
    lines = [f"    {prompt!r}," for prompt in spec.prompts]
    words = "".join(f", {name}={value!r}" for name, value in changed.items() if name != "model")
    python = "\n".join(
        [
            "from lab.diffusion import load, morph",
            "",
            f'model = load("{spec.model}")',
            "prompts = [",
            *lines,
            "]",
            f"frames = list(morph(model, prompts{words}))",
            "frames[0].image  # uint8 array (height, width, 3)",
        ]
    )
    flags = [item for prompt in spec.prompts for item in ("--prompt", prompt)]
    flags += [item for name, value in changed.items() for item in (f"--{name}", written(value))]
    return python, shlex.join(["python", "-m", "lab", "morph", *flags, "--out", "morph"])
