"""A walk as Python and as a command line."""

from __future__ import annotations

import shlex

from lab.diffusion.variations_spec import VariationsSpec
from lab.views import spelling
from lab.views.variations import way

PLAIN = VariationsSpec("")
NAMES = ("count", "sigma", "pull", "walk_seed", *spelling.SAMPLING)


def code(spec: VariationsSpec) -> tuple[str, str]:
    """Python and command line of a walk; what is at its default is left out."""
    changed = spelling.changes(spec, PLAIN, NAMES)
    lines = [
        f"from lab.diffusion import {'Pick, ' if spec.picks else ''}load, variations",
        "",
        f"model = load({spec.model!r})",
    ]
    words = spelling.keywords(changed, without=("model",))
    if spec.picks:
        lines += ["picks = [", *(f"    {pick!r}," for pick in spec.picks), "]"]
        words += ", picks=picks"
    lines += [
        f"found = list(variations(model, {spec.prompt!r}{words}))",
        "found[0].image  # uint8 array (height, width, 3)",
        "found[0].embedding  # tensor (tokens, width): the first step after the start",
    ]
    flags = ["--prompt", spec.prompt, *spelling.flags(changed)]
    flags += [item for pick in spec.picks for item in ("--pick", way.to_text(pick))]
    return "\n".join(lines), shlex.join(["python", "-m", "lab", "variations", *flags, "--out", "variations"])
