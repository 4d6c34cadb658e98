"""Measures babel's unit of noise on embeddings and writes it beside the weights.

``python -m lab.babel.unit`` after every training: the unit belongs to the weights.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from lab import checksums
from lab.diffusion import load
from lab.diffusion.unit import measure_unit


def write_unit(folder: Path, unit: float) -> None:
    """Put the unit among the facts of the model; the others stay."""
    path = folder / "latent_library.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    path.write_text(json.dumps(known | {"embedding_unit": unit}, indent=2) + "\n", encoding="utf-8")
    checksums.write(folder)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, measure, write, print."""
    parser = argparse.ArgumentParser(prog="python -m lab.babel.unit", description=__doc__)
    parser.add_argument("--model", default="babel", help="babel, or a folder in diffusers' format")
    parser.add_argument("--dry", action="store_true", help="only print")
    asked = parser.parse_args(arguments)
    model = load(asked.model)
    found = measure_unit(model, told=lambda unit, share: print(f"unit {unit:g}: {share:.3f}", flush=True))
    print(f"two prompts differ by {found.between:.1f} of 255; the unit is {found.unit:g}")
    if not asked.dry:
        write_unit(model.folder, found.unit)


if __name__ == "__main__":
    main()
