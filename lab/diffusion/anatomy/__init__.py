"""Stable Diffusion opened: one picture rendered, and every tensor on its way kept.

>>> from lab.diffusion import load
>>> from lab.diffusion.anatomy import AnatomySpec, Anatomy, record
>>> anatomy = Anatomy.of(record(load("babel"), AnatomySpec("a library of hexagonal rooms")))
>>> anatomy.clean.shape  # predicted x0 of every step: (steps, channels, height, width)

Importing this package never loads torch: what is heavy waits for the first call of ``record``.
"""

from lab.diffusion.anatomy.anatomy import Anatomy
from lab.diffusion.anatomy.pair import Pair, compare
from lab.diffusion.anatomy.pieces import Ending, Layer, Moment, Opening, Part, Token
from lab.diffusion.anatomy.recording import record
from lab.diffusion.anatomy.spec import AnatomySpec, Comparison

__all__ = [
    "Anatomy",
    "AnatomySpec",
    "Comparison",
    "Ending",
    "Layer",
    "Moment",
    "Opening",
    "Pair",
    "Part",
    "Token",
    "compare",
    "record",
]
