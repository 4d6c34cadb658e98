"""The librarian's pictures: a glimpse enlarged, a grid on one sheet with its labels, a tree's places."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from lab.catalog import ROOT
from lab.diffusion.librarian.tree import Tree
from lab.figures import style

FONT = ROOT / "data" / "fonts" / "eb-garamond.ttf"
GLIMPSE_SIDE = 128  # pixels at most; the browser enlarges the rest
GAP, MARGIN, LETTERS = 6, 14, 15  # pixels


def glimpse(image: np.ndarray, size: tuple[int, int], quality: int = 80) -> bytes:
    """A small preview (h, w, 3), uint8, as a JPEG enlarged smoothly towards the picture's size (W, H)."""
    share = min(1.0, GLIMPSE_SIDE / max(size))
    width, height = (max(1, round(side * share)) for side in size)
    buffer = io.BytesIO()
    Image.fromarray(image).resize((width, height), Image.Resampling.BICUBIC).save(
        buffer, "JPEG", quality=quality
    )
    return buffer.getvalue()


def sheet(
    images: Sequence[np.ndarray],
    columns: int,
    across: Sequence[str] = (),
    down: Sequence[str] = (),
    title: str = "",
) -> np.ndarray:
    """All pictures on one sheet with the labels of its columns and rows, as (H, W, 3), uint8.

    Parameters
    ----------
    images : sequence of ndarray of shape (H, W, 3), uint8
        Row by row.
    columns : int
    across, down : sequences of str
        Labels; none if empty.
    title : str
        What stands above.
    """
    if not len(images):
        raise ValueError("There is no picture to put on the sheet; render at least one.")
    height, width = images[0].shape[:2]
    font = ImageFont.truetype(str(FONT), LETTERS)
    rows = -(-len(images) // columns)
    left = MARGIN + (max(int(font.getlength(_short(label))) for label in down) + GAP if down else 0)
    top = MARGIN + (LETTERS + 2 * GAP if title else 0) + (LETTERS + GAP if across else 0)
    size = left + columns * (width + GAP) - GAP + MARGIN, top + rows * (height + GAP) - GAP + MARGIN
    paper = Image.new("RGB", size, style.LIGHT.paper)
    pen = ImageDraw.Draw(paper)
    if title:
        pen.text((MARGIN, MARGIN), title, style.LIGHT.ink, font)
    for column, label in enumerate(across):
        middle = left + column * (width + GAP) + width / 2
        pen.text((middle, top - GAP), _cut(label, width, font), style.LIGHT.faint, font, anchor="ms")
    for row, label in enumerate(down):
        middle = top + row * (height + GAP) + height / 2
        pen.text((left - GAP, middle), _short(label), style.LIGHT.faint, font, anchor="rm")
    for index, image in enumerate(images):
        place = left + index % columns * (width + GAP), top + index // columns * (height + GAP)
        paper.paste(Image.fromarray(image), place)
    return np.asarray(paper)


def _short(label: str, most: int = 24) -> str:
    return label if len(label) <= most else label[: most - 1] + "…"


def _cut(label: str, width: int, font: ImageFont.FreeTypeFont) -> str:
    """The label, or as much of its end as fits over a column: prompts mostly differ there."""
    while label and font.getlength(label) > width:
        label = "…" + label[2:] if label.startswith("…") else "…" + label[1:]
        if len(label) <= 2:
            break
    return label


def places(tree: Tree) -> list[tuple[float, float]]:
    """Where each node of a tree stands: (depth, height), parents in the middle of their children.

    Leaves have whole heights, from 0 on, in the order in which one meets them; no two nodes share a place.
    """
    heights: dict[int, float] = {}
    leaves = 0

    def lay(node: int) -> float:
        nonlocal leaves
        children = tree.children(node)
        if children:
            own = [lay(child) for child in children]
            heights[node] = (own[0] + own[-1]) / 2
        else:
            heights[node] = float(leaves)
            leaves += 1
        return heights[node]

    lay(0)
    return [(len(tree.path(node)) - 1.0, heights[node]) for node in range(len(tree))]
