"""Stable Diffusion as experiments need it: embed prompts, walk between them, render the walk.

>>> from lab.diffusion import load, morph
>>> model = load("babel")
>>> frames = morph(model, ["a rainy city", "a rainy forest"])

Importing this package never loads torch: what is heavy waits for the first call of ``load``.
"""

from lab.diffusion.load import load
from lab.diffusion.mix import Blend, mix
from lab.diffusion.mix_spec import MixSpec
from lab.diffusion.morph import Frame, morph
from lab.diffusion.spec import SCHEDULERS, MorphSpec
from lab.diffusion.variations import Variation, variations
from lab.diffusion.variations_spec import Pick, VariationsSpec

__all__ = [
    "SCHEDULERS",
    "Blend",
    "Frame",
    "MixSpec",
    "MorphSpec",
    "Pick",
    "Variation",
    "VariationsSpec",
    "load",
    "mix",
    "morph",
    "variations",
]
