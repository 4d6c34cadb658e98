"""A mix as Python and as a command line."""

from __future__ import annotations

import shlex

from lab.diffusion.mix_spec import MixSpec
from lab.diffusion.simplex import Weights
from lab.views import spelling
from lab.views.mix import knobs, point

PLAIN = MixSpec(())
NAMES = ("mean", *spelling.SAMPLING)


def code(spec: MixSpec, weights: Weights) -> tuple[str, str]:
    """Python and command line of the blend one looks at and of all blends of the lattice."""
    changed, parts, sources = spelling.changes(spec, PLAIN, NAMES), knobs.divisions(spec), len(spec.prompts)
    words = spelling.keywords(changed, without=("model",))
    python = "\n".join(
        [
            "from lab.diffusion import load, mix",
            "from lab.diffusion.simplex import lattice",
            "",
            f"model = load({spec.model!r})",
            "prompts = [",
            *(f"    {prompt!r}," for prompt in spec.prompts),
            "]",
            f"blend = next(mix(model, prompts, [{point.to_text(weights).replace(',', ', ')}]{words}))",
            f"blends = list(mix(model, prompts, lattice({sources}, {parts}){words}))",
            "blend.image  # uint8 array (height, width, 3)",
        ]
    )
    flags = [item for prompt in spec.prompts for item in ("--prompt", prompt)]
    flags += ["--weights", point.to_text(weights), "--divisions", str(parts)]
    flags += spelling.flags(changed)
    return python, shlex.join(["python", "-m", "lab", "mix", *flags, "--out", "mix"])
