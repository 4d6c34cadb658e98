"""An anatomy as Python and as a command line; what is at its default is left out."""

from __future__ import annotations

import shlex

from lab.diffusion.anatomy.spec import AnatomySpec
from lab.views import spelling

PLAIN = AnatomySpec("")
NAMES = ("step_seed", *spelling.SAMPLING)


def of(spec: AnatomySpec) -> tuple[str, str]:
    """Python and command line that record the same picture."""
    changed = spelling.changes(spec, PLAIN, NAMES)
    python = "\n".join(
        [
            "from lab.diffusion import load",
            "from lab.diffusion.anatomy import Anatomy, AnatomySpec, record",
            "",
            f"model = load({spec.model!r})",
            f"spec = AnatomySpec({spec.prompt!r}{spelling.keywords(changed)})",
            "anatomy = Anatomy.of(record(model, spec))",
            "anatomy.clean      # predicted x0 of every step: (steps, channels, height, width)",
            "anatomy.attention  # shares of the tokens: (steps, tokens, h, w)",
            "anatomy.ending.picture  # uint8 array (height, width, 3)",
        ]
    )
    flags = ["--prompt", spec.prompt, *spelling.flags(changed)]
    return python, shlex.join(["python", "-m", "lab", "anatomy", *flags, "--out", "anatomy"])
