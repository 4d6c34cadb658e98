"""What the commands of walks and blends share: arguments of a render, a folder of frames, the film."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from lab import exports
from lab.diffusion.spec import SCHEDULERS, check_count

INTERRUPTED = 130
SUFFIXES = ("webp", "gif", "mp4", "zip")


def add_sampling(parser: argparse.ArgumentParser) -> None:
    """Add where to write, how to render, and with which model."""
    add = parser.add_argument
    add("--out", type=Path, required=True, metavar="DIR", help="folder for the files")
    add("--seed", type=int, default=42)
    add("--steps", type=int, help="denoising steps; the model's own number if left out")
    add("--guidance", type=float, help="guidance scale; the model's own if left out")
    add("--scheduler", choices=SCHEDULERS, help="the model's own if left out")
    add("--negative", default="", help="prompt of what the pictures should not show")
    add("--model", default="babel", help="babel, a folder in diffusers' format, or a hub id")
    add("--device", help="cpu, cuda or mps; the fastest there is if left out")
    add("--allow-download", action="store_true", help="fetch a hub id that is not on this machine")
    add("--also", action="append", choices=SUFFIXES[1:], default=[], help="one more file of the pictures")
    add("--milliseconds", type=int, default=exports.MILLISECONDS, help="how long the film shows a frame")


def check_timing(arguments: argparse.Namespace) -> None:
    """Raise ``ValueError`` if a frame is shown for no time or for ever."""
    check_count("milliseconds of a frame", arguments.milliseconds, 10, 10_000)


def sampling(arguments: argparse.Namespace) -> dict:
    """The values of a spec that all renders share."""
    names = ("seed", "steps", "guidance", "scheduler", "negative", "model")
    return {name: getattr(arguments, name) for name in names}


def collected(items: Iterator, folder: Path, total: int, recipe: dict) -> tuple[list, float]:
    """All items, each written as ``frames/000.png`` when it is finished; an interruption keeps them.

    Returns
    -------
    items : list
    seconds : float
    """
    frames = folder / "frames"
    frames.mkdir(parents=True, exist_ok=True)
    for old in frames.glob("[0-9][0-9][0-9]*.png"):
        old.unlink()
    kept: list = []
    began = time.perf_counter()
    try:
        for item in items:
            (frames / f"{len(kept):03d}.png").write_bytes(exports.png(item.image, recipe))
            kept.append(item)
            if sys.stderr.isatty():
                end = "\n" if len(kept) == total else "\r"
                print(f"picture {len(kept)} of {total}", end=end, file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        print("\nInterrupted; the finished pictures are kept.", file=sys.stderr)
    return kept, round(time.perf_counter() - began, 3)


def write(word: str, arguments: argparse.Namespace, images: Sequence[np.ndarray], result: dict) -> None:
    """Write ``result.json``, ``<word>.webp`` and the other films that were asked for."""
    folder = arguments.out
    (folder / "result.json").write_text(json.dumps(result, indent=1), encoding="utf-8")
    for suffix in dict.fromkeys([SUFFIXES[0], *arguments.also]) if images else ():
        timing = {} if suffix == "zip" else {"milliseconds": arguments.milliseconds}
        (folder / f"{word}.{suffix}").write_bytes(getattr(exports, suffix)(images, result, **timing))
    print(f"{len(images)} pictures in {folder}")
