"""The illustrator: a drawing grammar with captions, from which babel learned everything it knows."""

from .caption import caption, whole_caption
from .draw import SIZE, contact_sheet, draw
from .phrases import WORDS
from .scene import PEOPLE, Scene, attributes, held_out, sample, unblended

__all__ = [
    "PEOPLE",
    "SIZE",
    "WORDS",
    "Scene",
    "attributes",
    "caption",
    "contact_sheet",
    "draw",
    "held_out",
    "sample",
    "unblended",
    "whole_caption",
]
