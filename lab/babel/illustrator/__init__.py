"""The illustrator: a drawing grammar with captions, from which babel learned everything it knows."""

from .caption import caption, whole_caption
from .draw import SIZE, contact_sheet, draw
from .passage import Passage, draw_passage, sample_passage
from .people import head_height
from .phrases import WORDS
from .scene import (
    PEOPLE,
    VIEWS,
    Scene,
    attributes,
    blended,
    half_hour,
    held_out,
    sample,
    small_person,
    unblended,
    view,
)

__all__ = [
    "PEOPLE",
    "SIZE",
    "VIEWS",
    "WORDS",
    "Passage",
    "Scene",
    "attributes",
    "blended",
    "caption",
    "contact_sheet",
    "draw",
    "draw_passage",
    "half_hour",
    "head_height",
    "held_out",
    "sample",
    "sample_passage",
    "small_person",
    "unblended",
    "view",
    "whole_caption",
]
