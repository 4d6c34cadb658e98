"""The illustrator: a drawing grammar with captions, from which the embedded model learned everything it knows."""

from .caption import WORDS, caption
from .draw import SIZE, contact_sheet, draw
from .scene import PEOPLE, Scene, attributes, held_out, sample

__all__ = ["PEOPLE", "SIZE", "WORDS", "Scene", "attributes", "caption", "contact_sheet", "draw", "held_out", "sample"]
