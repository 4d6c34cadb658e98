"""How a walk on a group mixes: its distance step by step, its spectrum, its law, its cutoff."""

from .curves import DRAWN, draw_distance, draw_family
from .parts import draw_law, draw_spectrum

__all__ = ["DRAWN", "draw_distance", "draw_family", "draw_law", "draw_spectrum"]
