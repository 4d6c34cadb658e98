"""An anatomy as figures: what the browser draws the diagram from, and the plate on one sheet."""

from lab.figures.anatomy.scene import Scene, scene

__all__ = ["Scene", "scene"]
