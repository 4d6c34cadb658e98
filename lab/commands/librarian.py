"""``python -m lab librarian``: pictures with their call numbers, a sheet and the recipe, in a folder."""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from lab import exports
from lab.diffusion import load
from lab.diffusion.librarian import AXES, KINDS, Move, ranked, spec_of
from lab.diffusion.librarian.asking import MODES
from lab.diffusion.librarian.bringing import bring_pictures
from lab.diffusion.librarian.grid import GridSpec, read_values, write_values
from lab.diffusion.librarian.scout import RANKS, ScoutSpec
from lab.diffusion.recipe import recipe
from lab.diffusion.spec import SCHEDULERS
from lab.figures import librarian as figures

INTERRUPTED = 130
FEW = 8  # pictures in a row of the sheet


def moves(text: str) -> tuple[Move, ...]:
    """Moves as a link writes them: ``w100-fog~n50-77``."""
    try:
        return tuple(Move.read(part) for part in text.split("~"))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments; what they may be is checked by the spec of the way of working."""
    add = parser.add_argument
    add("--mode", choices=MODES, default="picture", help="the librarian's way of working")
    add("--prompt", required=True, help="what the picture shows")
    add("--out", type=Path, required=True, metavar="DIR", help="folder for the files")
    add("--seed", type=int, help="of the initial noise, or the first of several")
    add("--steps", type=int, help="denoising steps; the model's own number if left out")
    add("--guidance", type=float, help="guidance scale; the model's own if left out")
    add("--scheduler", choices=SCHEDULERS, help="the model's own if left out")
    add("--negative", help="prompt of what the pictures should not show")
    add("--moves", type=moves, help="of one picture: steps away from it, w100-fog~n50-77")
    add("--count", type=int, help="seeds to show or to scout")
    add("--rank", choices=RANKS, help="what the scout looks for")
    add("--towards", help="second prompt of the scout's morph")
    add("--sketch", type=int, help="steps of the scout's sketches")
    add("--across", choices=AXES, help="what changes from column to column of a grid")
    add("--columns", help="its values, with commas between them (prompts: with |)")
    add("--down", choices=AXES, help="what changes from row to row")
    add("--rows", help="its values")
    add("--tree", help="of refining: the branches, 0w100-fog~1n50-77")
    add("--at", type=int, help="number of the picture one stands at")
    add("--kinds", help=f"kinds of moves: some of {','.join(KINDS)}")
    add("--size", type=float, help="size of the moves, to 2")
    add("--round", type=int, help="0 for the first six neighbours, 1 for six others")
    add("--model", default="babel", help="babel, a folder in diffusers' format, or a hub id")
    add("--device", help="cpu, cuda or mps; the fastest there is if left out")
    add("--allow-download", action="store_true", help="fetch a hub id that is not on this machine")


def read(arguments: argparse.Namespace):
    """The spec that the arguments ask for."""
    kind = MODES[arguments.mode]
    names = {field.name for field in fields(kind)}
    given = {name: value for name, value in vars(arguments).items() if value is not None}
    alien = {name for other in MODES.values() for name in vars(other("x"))} - names
    if wrong := sorted(alien & given.keys()):
        raise ValueError(f"--{wrong[0]} means nothing in the mode {arguments.mode!r}; leave it out.")
    values = {name: value for name, value in given.items() if name in names}
    for axis, texts in (("across", "columns"), ("down", "rows")):
        if texts in values:
            grid: Any = kind("x")  # nothing else has columns and rows
            values[texts] = read_values(values.get(axis, grid.across), values[texts])
    if "kinds" in values:
        values["kinds"] = tuple(values["kinds"].split(","))
    return spec_of({"mode": arguments.mode} | values).validate()


def perform(arguments: argparse.Namespace) -> int:
    """Render; an interrupted command keeps its finished pictures."""
    spec = read(arguments)
    folder = arguments.out
    folder.mkdir(parents=True, exist_ok=True)
    model = load(spec.model, arguments.device, allow_download=arguments.allow_download)
    if unknown := model.unknown_words(spec.prompt):
        print(f"The model was never taught {', '.join(unknown)}.", file=sys.stderr)
    began, found, code = time.perf_counter(), [], 0
    try:
        for item in bring_pictures(model, spec):
            found.append(item)
            if sys.stderr.isatty():
                print(f"\r{len(found)} finished", end="", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        print("\nInterrupted; the finished pictures are kept.", file=sys.stderr)
        code = INTERRUPTED
    whole = spec.with_defaults(model.defaults)
    write(folder, model, whole, found, round(time.perf_counter() - began, 3))
    print(f"{len(found)} pictures in {folder}")
    return code


def write(folder: Path, model, spec, found: list, seconds: float) -> None:
    """Every picture as PNG with its own recipe, the scout's best first, the sheet, and ``result.json``."""
    scouted = isinstance(spec, ScoutSpec)
    order = ranked(found) if scouted else sorted(found, key=lambda item: item.index)
    listed = []
    for number, item in enumerate(order):
        own = item.spec
        if scouted:  # three stops of a walk side by side are no single picture
            own = spec if item.distances else replace(item.spec, steps=spec.sketch)
        (folder / f"{number:03d}.png").write_bytes(exports.png(item.image, recipe("librarian", model, own)))
        score = {"score": item.score, "distances": item.distances} if scouted else {}
        listed.append({"file": f"{number:03d}.png", "spec": asdict(item.spec)} | score)
    known = recipe("librarian", model, spec) | {"seconds": seconds, "pictures": listed}
    (folder / "result.json").write_text(json.dumps(known, indent=1), encoding="utf-8")
    if len(order) > 1:
        sheet = figures.sheet([item.image for item in order], *_labels(spec, order))
        (folder / "sheet.png").write_bytes(exports.png(sheet, known | {"sheet": True}))


def _labels(spec, order):
    if not isinstance(spec, GridSpec) or len(order) != len(spec.pictures()):
        return min(FEW, len(order)), (), (), spec.prompt
    across = [write_values(spec.across, (value,)) for value in spec.columns]
    down = [write_values(spec.down, (value,)) for value in spec.rows] if spec.down else ()
    return len(spec.columns), across, down, spec.prompt
