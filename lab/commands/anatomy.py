"""``python -m lab anatomy``: one picture with every tensor on its way, written to a folder."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from lab import exports
from lab.diffusion import load
from lab.diffusion.anatomy import Anatomy, AnatomySpec, Ending, Moment, files, record
from lab.diffusion.anatomy.spec import STEPS_MOST
from lab.diffusion.spec import SCHEDULERS
from lab.figures.anatomy.plate import plate
from lab.figures.sheet import svg

INTERRUPTED = 130


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of an anatomy; what they may be is checked by its spec."""
    add = parser.add_argument
    spec = AnatomySpec("")
    add("--prompt", required=True, help="what the picture shows; may be empty")
    add("--out", type=Path, required=True, metavar="DIR", help="folder for the files")
    add("--seed", type=int, default=spec.seed)
    add("--steps", type=int, help=f"denoising steps, at most {STEPS_MOST}; the model's own if left out")
    add("--guidance", type=float, help="guidance scale; the model's own if left out")
    add("--scheduler", choices=SCHEDULERS, help="the model's own if left out")
    add("--negative", default=spec.negative, help="prompt of what the picture should not show")
    add("--step-seed", type=int, help="seed of another generator for the noise of later steps")
    add("--model", default=spec.model, help="babel, a folder in diffusers' format, or a hub id")
    add("--device", help="cpu, cuda or mps; the fastest there is if left out")
    add("--allow-download", action="store_true", help="fetch a hub id that is not on this machine")


def perform(arguments: argparse.Namespace) -> int:
    """Record the picture; an interrupted recording keeps its finished steps."""
    asked = vars(arguments)
    spec = AnatomySpec(**{name: asked[name] for name in AnatomySpec.__dataclass_fields__}).validate()
    model = load(spec.model, arguments.device, allow_download=arguments.allow_download)
    arguments.out.mkdir(parents=True, exist_ok=True)
    pieces = []
    try:
        for piece in record(model, spec):
            pieces.append(piece)
            tell(piece)
    except KeyboardInterrupt:
        print("\nInterrupted; the finished steps are kept.", file=sys.stderr)
    if pieces:
        write(arguments.out, Anatomy.of(pieces))
    return 0 if pieces and isinstance(pieces[-1], Ending) else INTERRUPTED


def tell(piece: object) -> None:
    """Say on a terminal how far the recording is."""
    if isinstance(piece, Moment) and sys.stderr.isatty():
        end = "\n" if piece.index == piece.total else "\r"
        print(f"step {piece.index} of {piece.total}", end=end, file=sys.stderr, flush=True)


def write(folder: Path, anatomy: Anatomy) -> None:
    """Write ``anatomy.npz``, ``result.json`` and, once finished, picture and plate; say what it cost."""
    (folder / "anatomy.npz").write_bytes(files.npz(anatomy))
    (folder / "result.json").write_text(json.dumps(files.facts(anatomy), indent=1), encoding="utf-8")
    if anatomy.ending is None:
        return
    (folder / "anatomy.png").write_bytes(exports.png(anatomy.ending.picture, anatomy.ending.recipe))
    (folder / "plate.svg").write_bytes(svg(plate(anatomy)))
    for part in anatomy.ending.parts:
        cost = f"{part.parameters:>13,} parameters {part.multiply_adds:>15,} multiply-adds"
        print(f"{part.name:13} {cost}  {part.calls:3} calls  {part.seconds:8.3f} s")
