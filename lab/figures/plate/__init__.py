"""Figures of the screen set for print: plotly figures as marks on a sheet, for SVG, PDF and PNG."""

from .setting import plate

__all__ = ["plate"]
