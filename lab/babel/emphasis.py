"""Where the error counts most: in the middle column, and at the heads of small people with names.

The illustrator's pictures share a layout: sun, moon and heads stand in the middle column. A small head is
two cells wide, and lost among 256 that count alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch

from lab.babel.illustrator import Scene, head_height, small_person

MIDDLE = 3.0  # how much, of 1, the error counts where faces and the signs of the hour stand
HEADS = 0.12  # of a picture's cells is what is added at a small head, whatever its size
ABOVE, BELOW, BESIDE = 2.3, 1.3, 1.3  # how far hats, beards and hair reach, in half-heights of the head


def middle(side: int) -> torch.Tensor:
    """How much the cells of latents count, (1, 1, side, side) of mean 1: most where the eye goes."""
    at = (torch.arange(side) + 0.5) / side
    across, down = ((at - 0.5) / 0.2).abs(), ((at - 0.44) / 0.34).abs()
    bump = torch.exp(-(across**4))[None] * torch.exp(-(down**4))[:, None]
    counts = 1 + (MIDDLE - 1) * bump
    return (counts / counts.mean())[None, None]


def small_heads(scenes: Sequence[Scene | None], side: int) -> torch.Tensor:
    """How much more the cells of latents count, (n, 1, side, side): 1, and more at a small person's head.

    Nothing counts more where there is no scene.
    """
    at = (torch.arange(side) + 0.5) / side
    counts = torch.ones(len(scenes), 1, side, side)
    for i, scene in enumerate(scenes):
        if scene and small_person(scene):
            from_head = (at - head_height(scene.head)) / scene.head
            rows = (from_head > -ABOVE) & (from_head < BELOW)
            columns = ((at - 0.5) / scene.head).abs() < BESIDE
            here = rows[:, None] & columns
            counts[i, 0, here] += HEADS * here.numel() / here.sum()
    return counts
