"""A morph as text: as a link and back, as Python, as a command line.

What of a bent link cannot be is named, the rest is kept.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lab.compute import check_seed
from lab.diffusion import spec as limits
from lab.diffusion.spec import MorphSpec
from lab.views.links import Rule, one_of, real, whole

SHOWN = 40  # characters of a refused value that are repeated to the visitor


def seed_of(text: str) -> int:
    """The seed that was typed; `ValueError` with one sentence if it is none."""
    try:
        seed = int(text)
    except ValueError:
        raise ValueError(
            f"The seed is {text[:SHOWN]!r}, but it must be a whole number from 0 to 2^64 - 1."
        ) from None
    check_seed(seed)
    return seed


RULES: dict[str, Rule] = {
    "loop": one_of(*limits.LOOPS),
    "frames": whole(1, limits.FRAMES_MOST),
    "seed": seed_of,
    "steps": whole(1, limits.STEPS_MOST),
    "guidance": real(0, limits.GUIDANCE_MOST),
    "scheduler": one_of(*limits.SCHEDULERS),
    "negative": str,
    "interpolation": one_of(*limits.INTERPOLATIONS),
}
PLAIN = MorphSpec(prompts=())  # what a link leaves out


def changes(spec: MorphSpec) -> dict[str, object]:
    """What of a morph, beside its prompts, is not as it is by default."""
    return {name: getattr(spec, name) for name in RULES if getattr(spec, name) != getattr(PLAIN, name)}


def to_query(spec: MorphSpec) -> dict[str, list[str]]:
    """The link's parameters: every prompt as `p`, the rest only where it differs from the default."""
    return {"p": list(spec.prompts)} | {name: [str(value)] for name, value in changes(spec).items()}


def from_query(query: Mapping[str, Sequence[str]], default: MorphSpec) -> tuple[MorphSpec, str]:
    """The morph a link asks for, and one sentence about what in it could not be (or nothing).

    Parameters
    ----------
    query : mapping of str to texts
        As `st.query_params` has it; unknown names are passed over.
    default : MorphSpec
        Whose prompts stand in where the link has none that can be.
    """
    values, wrong = {}, []
    for name, rule in RULES.items():
        for text in query.get(name, [])[:1]:
            try:
                values[name] = rule(text)
            except ValueError:
                wrong.append(f"{name} = {text[:SHOWN]}{'…' if len(text) > SHOWN else ''}")
    prompts, reason = prompts_of(query.get("p", []), default)
    asked = replace(PLAIN, prompts=prompts, **values)
    try:
        asked.validate()
    except ValueError as error:  # each value can be, but not all of them together
        asked, reason = replace(PLAIN, prompts=prompts), str(error)
    told = [reason] if reason else []
    if wrong:
        told.append(f"The link asks for {', '.join(wrong[:4])}, which cannot be; the default stands there.")
    return asked, " ".join(told)


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
    words = "".join(f", {name}={value!r}" for name, value in changed.items())
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
    flags += [item for name, value in changed.items() for item in (f"--{name}", str(value))]
    return python, shlex.join(["python", "-m", "lab", "morph", *flags, "--out", "morph"])
