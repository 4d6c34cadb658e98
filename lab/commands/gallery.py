"""``python -m lab gallery``: the cover and the films of the presets, rendered into the repository."""

from __future__ import annotations

import argparse
from pathlib import Path

from lab import gallery
from lab.catalog import ROOT
from lab.diffusion import load


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: which films, how good, where."""
    parser.add_argument(
        "--only", default="", metavar="NAME", help="files whose room/name contains this; all if left out"
    )
    parser.add_argument("--quality", type=int, default=88, help="of the WebP, 1 to 100")
    parser.add_argument("--device", help="cpu, cuda or mps; the fastest there is if left out")
    parser.add_argument(
        "--out", type=Path, default=ROOT, metavar="DIR", help="the repository, or a folder in its place"
    )


def perform(arguments: argparse.Namespace) -> int:
    """Render the films, one line for each."""
    if not 1 <= arguments.quality <= 100:
        raise ValueError(f"The quality is {arguments.quality}, but it must be a whole number from 1 to 100.")
    titles = [gallery.title(path) for path in gallery.makers()]
    if not any(arguments.only in title for title in titles):
        names = ", ".join(titles)
        raise ValueError(f"No film is called {arguments.only!r}; there are {names}.")

    def told(path, size):
        print(f"{path.relative_to(arguments.out)}  {size / 1000:.0f} kB", flush=True)

    model = load("babel", arguments.device)
    gallery.render(model, arguments.only, arguments.quality, told, arguments.out)
    return 0
