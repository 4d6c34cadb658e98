"""``python -m lab replay FILE``: render an exported file again, and say whether it is bit-equal."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from lab import imports
from lab.diffusion import load
from lab.diffusion.recipe import recipe
from lab.diffusion.replay import bring, render
from lab.diffusion.verdict import check, conditions, verdict

DIFFERENT = 3  # exit code of a file that did not come out bit-equal


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: which file, on what device."""
    parser.add_argument("file", type=Path, help="a PNG, WebP, GIF, MP4 or ZIP that was made here")
    parser.add_argument("--device", help="cpu, cuda or mps; the fastest there is if left out")


def perform(arguments: argparse.Namespace) -> int:
    """Print the verdict, what differs from when the file was made, and each frame that is not equal."""
    with arguments.file.open("rb") as stream:
        brought = bring(stream.read(imports.BYTES_MOST + 1))
    model = load(brought.spec.model, arguments.device)
    rendered = list(render(model, brought, lambda: False, told))
    checks = check(brought, rendered)
    print(verdict(checks))
    if different := conditions(brought, recipe(brought.experiment, model, brought.spec)):
        print(f"Not as it was when the file was made: {'; '.join(different)}.")
    for number, each in enumerate(checks, start=1):
        if not each.equal and len(checks) > 1:
            print(f"frame {number}: {each.difference.psnr:.1f} dB")
    return 0 if all(each.equal for each in checks) else DIFFERENT


def told(done: float, total: float) -> None:
    """Count the steps on a terminal."""
    if sys.stderr.isatty():
        print(f"{done / total:.0%}", end="\r", file=sys.stderr, flush=True)
