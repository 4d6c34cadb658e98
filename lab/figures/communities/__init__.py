"""Graphs with communities: matrices as pictures, phases, spectra, evidence, flows between partitions."""

from lab.figures.communities.groups import draw_evidence, draw_flow, draw_profile, draw_sweeps
from lab.figures.communities.matrix import draw_heat, draw_matrix, matrix_picture
from lab.figures.communities.phase import draw_phase
from lab.figures.communities.spectra import draw_circle, draw_eigenvalues

__all__ = [
    "draw_circle",
    "draw_eigenvalues",
    "draw_evidence",
    "draw_flow",
    "draw_heat",
    "draw_matrix",
    "draw_phase",
    "draw_profile",
    "draw_sweeps",
    "matrix_picture",
]
