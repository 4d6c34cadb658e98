"""The multiwindow plot on screen and on paper, as a film, and beside other ways to see four dimensions."""

from .film import draw_film
from .lattice import Lattice, Look
from .others import draw_matrix, draw_whiskers
from .paper import lay_out
from .screen import draw

__all__ = ["Lattice", "Look", "draw", "draw_film", "draw_matrix", "draw_whiskers", "lay_out"]
