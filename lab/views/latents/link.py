"""A look at latents as text: as a link and back, as Python, as a command line."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lab.diffusion import shelf
from lab.diffusion import spec as limits
from lab.diffusion.latents import VIEWS, LatentsSpec
from lab.diffusion.latents.spec import COUNT_LEAST, COUNT_MOST, LETTERS, brought, check_pictures
from lab.views import spelling
from lab.views.links import Rule, one_of, read, real, whole
from lab.views.sampling import seed_of

RULES: dict[str, Rule] = {
    "view": one_of(*VIEWS),
    "expression": str,
    "count": whole(COUNT_LEAST, COUNT_MOST),
    "seed": seed_of,
    "steps": whole(1, limits.STEPS_MOST),
    "guidance": real(0, limits.GUIDANCE_MOST),
    "scheduler": one_of(*limits.SCHEDULERS),
    "negative": str,
    "model": shelf.name_of,
}
PLAIN = LatentsSpec(pictures=())  # what a link leaves out


def changes(spec: LatentsSpec) -> dict[str, object]:
    """What of a look, beside its pictures, is not as it is by default."""
    return spelling.changes(spec, PLAIN, RULES)


def to_query(spec: LatentsSpec) -> dict[str, list[str]]:
    """The link's parameters: every picture as `p`, the rest only where it differs from the default."""
    return {"p": list(spec.pictures)} | {name: [str(value)] for name, value in changes(spec).items()}


def from_query(query: Mapping[str, Sequence[str]], default: LatentsSpec) -> tuple[LatentsSpec, str]:
    """The look a link asks for, and one sentence about what in it could not be (or nothing).

    An expression that has no meaning stays as it is: the page says what is wrong with it.
    """
    values, wrong = read(query, RULES)
    pictures, told = tuple(query.get("p", []))[: len(LETTERS)] or default.pictures, []
    try:
        check_pictures(pictures)
    except ValueError as error:
        pictures, told = default.pictures, [str(error)]
    return replace(PLAIN, pictures=pictures, **values), " ".join(filter(None, (*told, wrong)))


def code(spec: LatentsSpec) -> tuple[str, str]:
    """Python and command line of a look; what is at its default is left out."""
    changed = changes(spec)
    words = spelling.keywords(changed)
    own = [(number, name) for number, picture in enumerate(spec.pictures) if (name := brought(picture))]
    lines = ["from lab.diffusion import load", "from lab.diffusion.latents import LatentsSpec, looks"]
    lines += ["from lab.diffusion.uploads import fit, read_picture"] if own else []
    lines += ["", f"model = load({spec.model!r})", f"spec = LatentsSpec({spec.pictures!r}{words})"]
    given = ""
    if own:
        files = ", ".join(f"{name!r}: picture('{LETTERS[number]}.png')" for number, name in own)
        read = "lambda name: fit(read_picture(open(name, 'rb').read(), name), model.size)"
        lines += [f"picture = {read}", f"own = {{{files}}}"]
        given = ", own"
    lines += [f"found = list(looks.render_spec(model, spec{given}))", "found[-1]"]
    flags = []
    for number, picture in enumerate(spec.pictures):
        flags += ["--file", f"{LETTERS[number]}.png"] if brought(picture) else ["--picture", picture]
    # `=` keeps an expression that begins with a minus from being taken for a flag
    flags += [f"--{name}={value}" for name, value in changed.items()]
    return "\n".join(lines), shlex.join(["python", "-m", "lab", "latents", *flags, "--out", "latents"])
