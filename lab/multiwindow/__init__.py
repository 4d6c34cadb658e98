"""The Tukeys' multiwindow plot: a table cut by two panel variables into windows, with margins and a corner.

Knows tables by column name; knows nothing of pictures.
"""

from .binning import BINNINGS, bin_edges, bin_of
from .densities import Densities, densities
from .windows import Windows, WindowsSpec, windows

__all__ = ["BINNINGS", "Densities", "Windows", "WindowsSpec", "bin_edges", "bin_of", "densities", "windows"]
