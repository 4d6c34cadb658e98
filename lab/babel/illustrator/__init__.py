"""The illustrator: a drawing grammar with captions, from which babel learned everything it knows."""

from .caption import caption, whole_caption
from .draw import SIZE, contact_sheet, draw
from .passage import Passage, draw_passage, sample_passage
from .phrases import WORDS
from .scene import PEOPLE, Scene, attributes, held_out, sample, unblended

__all__ = [
    "PEOPLE",
    "SIZE",
    "WORDS",
    "Passage",
    "Scene",
    "attributes",
    "caption",
    "contact_sheet",
    "draw",
    "draw_passage",
    "held_out",
    "sample",
    "sample_passage",
    "unblended",
    "whole_caption",
]
