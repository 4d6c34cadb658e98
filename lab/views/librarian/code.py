"""What the librarian was asked for, as Python and as a command line."""

from __future__ import annotations

import shlex
from dataclasses import fields
from typing import Any

from lab.diffusion.librarian.asking import Asked, mode_of
from lab.diffusion.librarian.grid import GridSpec, write_values
from lab.views import spelling


def changes(spec: Asked) -> dict[str, Any]:
    """What of a spec, beside its prompt, is not as it is by default."""
    plain = type(spec)("")
    return spelling.changes(spec, plain, [field.name for field in fields(spec) if field.name != "prompt"])


def code(spec: Asked) -> tuple[str, str]:
    """Python and command line; what is at its default is left out."""
    return python(spec), command(spec)


def python(spec: Asked) -> str:
    """Python that makes the same pictures."""
    kind = type(spec).__name__
    words = spelling.keywords(changes(spec))
    scouting = mode_of(spec) == "scout"
    verb = "ranked, scout" if scouting else "Picture, develop"
    names = f"Move, {kind}" if changes(spec).get("moves") else kind
    lines = ["from lab.diffusion import load", f"from lab.diffusion.librarian import {names}, {verb}", ""]
    lines += [f"model = load({spec.model!r})", f"spec = {kind}({spec.prompt!r}{words})"]
    if scouting:
        lines += ["found = ranked(list(scout(model, spec)))", "found[0].spec  # call number of the best seed"]
    else:
        asked = "[spec]" if mode_of(spec) == "picture" else "spec.pictures()"
        lines += [
            f"items = develop(model, {asked})  # glimpses on the way, pictures at the end",
            "pictures = {item.index: item for item in items if isinstance(item, Picture)}",
            "pictures[0].image  # uint8 array (height, width, 3)",
        ]
    return "\n".join(lines)


def command(spec: Asked) -> str:
    """Command line that makes the same pictures."""
    flags = ["--mode", mode_of(spec), "--prompt", spec.prompt]
    for name, value in changes(spec).items():
        if name in ("columns", "rows") and isinstance(spec, GridSpec):
            value = write_values(spec.across if name == "columns" else spec.down, value)
        elif name == "moves":
            value = "~".join(map(str, value))
        elif name == "kinds":
            value = ",".join(value)
        flags += [f"--{name}={value}"]
    if isinstance(spec, GridSpec) and not any(flag.startswith("--columns") for flag in flags):
        flags.append(f"--columns={write_values(spec.across, spec.columns)}")
    return shlex.join(["python", "-m", "lab", "librarian", *flags, "--out", "librarian"])
