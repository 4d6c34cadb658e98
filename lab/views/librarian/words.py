"""A call number in words."""

from __future__ import annotations

from lab.diffusion.librarian.picture import Move, PictureSpec
from lab.views import pipelines, saying


def of(spec: PictureSpec) -> str:
    """Prompt, seed, sampling and moves of a picture as a line of Markdown."""
    whole = pipelines.complete(spec)
    told = [f"“{saying.plain(spec.prompt)}”", f"seed {spec.seed}"]
    told += [f"{whole.steps} steps of {saying.plain(whole.manner[2])}", f"guidance {whole.guidance:g}"]
    if spec.negative:
        told.append(f"without “{saying.plain(spec.negative)}”")
    if spec.moves:
        told.append("then " + ", ".join(saying.plain(step(move)) for move in spec.moves))
    return " · ".join(told)


def step(move: Move) -> str:
    """A move as one says it."""
    short = {"embedding": "by chance", "noise": "noise turned"}
    return f"towards {move.word}" if move.kind == "word" else short[move.kind]


def alt(spec: PictureSpec) -> str:
    """A picture for those who do not see it."""
    moved = ", " + ", ".join(map(step, spec.moves)) if spec.moves else ""
    return f"Picture of “{spec.prompt}”, seed {spec.seed}{moved}"
