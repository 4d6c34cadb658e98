"""A printed sheet, written as SVG, PDF or PNG. Lengths are points (1/72 inch) from the upper left corner."""

from .marks import Dots, Line, Mark, Picture, Sheet, Text
from .pdf import pdf
from .png import png
from .svg import svg

__all__ = ["Dots", "Line", "Mark", "Picture", "Sheet", "Text", "pdf", "png", "svg"]
