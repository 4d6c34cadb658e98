"""Contact sheet of random scenes: python -m lab.babel.illustrator --out sheet.png --count 64 --seed 0.

With --passages each row is the way from one scene to another.
"""

from __future__ import annotations

import argparse
from dataclasses import replace

import numpy as np
from PIL import Image

from . import SIZE, caption, contact_sheet, draw_passage, sample, sample_passage


def passages(rng: np.random.Generator, count: int, columns: int, size: int) -> tuple[np.ndarray, list[str]]:
    """Rows of `columns` pictures, each from one scene to another, and the captions of their ends."""
    ways = [sample_passage(rng) for _ in range(count)]
    shares = np.linspace(0, 1, columns)
    rows = [np.concatenate([draw_passage(replace(way, share=t), size) for t in shares], 1) for way in ways]
    return np.concatenate(rows), [f"{caption(way.start, rng)} -> {caption(way.end, rng)}" for way in ways]


def scenes(rng: np.random.Generator, count: int, columns: int, size: int) -> tuple[np.ndarray, list[str]]:
    """Rows of `columns` pictures of random scenes, and their captions."""
    drawn = [sample(rng) for _ in range(count)]
    return contact_sheet(drawn, columns, size), [caption(scene, rng) for scene in drawn]


def main(arguments: list[str] | None = None) -> None:
    """Draw a contact sheet and print its captions."""
    parser = argparse.ArgumentParser(prog="lab.babel.illustrator", description=__doc__)
    parser.add_argument("--out", required=True, help="PNG file to write")
    parser.add_argument("--count", type=int, default=64, help="scenes, or passages")
    parser.add_argument("--columns", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--passages", action="store_true", help="draw the ways between two scenes")
    asked = parser.parse_args(arguments)
    kind = passages if asked.passages else scenes
    page, told = kind(np.random.default_rng(asked.seed), asked.count, asked.columns, asked.size)
    Image.fromarray(page).save(asked.out)
    print("\n".join(told))


if __name__ == "__main__":
    main()
