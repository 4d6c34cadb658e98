"""Stable Diffusion as experiments need it: embed prompts, walk between them, render the walk.

>>> from lab.diffusion import load, morph
>>> model = load("babel")
>>> frames = morph(model, ["a rainy city", "a rainy forest"])

Importing this package never loads torch: what is heavy waits for the first call of ``load``.
"""

from lab.diffusion.load import load
from lab.diffusion.morph import Frame, morph
from lab.diffusion.spec import SCHEDULERS, MorphSpec

__all__ = ["SCHEDULERS", "Frame", "MorphSpec", "load", "morph"]
