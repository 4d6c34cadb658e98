"""Contact sheet of random scenes: python -m lab.babel.illustrator --out sheet.png --count 64 --seed 0."""

from __future__ import annotations

import argparse

import numpy as np
from PIL import Image

from . import SIZE, caption, contact_sheet, sample


def main(arguments: list[str] | None = None) -> None:
    """Draw a contact sheet and print its captions."""
    parser = argparse.ArgumentParser(prog="lab.babel.illustrator", description=__doc__)
    parser.add_argument("--out", required=True, help="PNG file to write")
    parser.add_argument("--count", type=int, default=64)
    parser.add_argument("--columns", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--size", type=int, default=SIZE)
    asked = parser.parse_args(arguments)
    rng = np.random.default_rng(asked.seed)
    scenes = [sample(rng) for _ in range(asked.count)]
    Image.fromarray(contact_sheet(scenes, asked.columns, asked.size)).save(asked.out)
    print("\n".join(caption(scene, rng) for scene in scenes))


if __name__ == "__main__":
    main()
