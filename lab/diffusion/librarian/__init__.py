"""The librarian: one prompt in, pictures out, and a search among their neighbours.

Everything the librarian brings is a :class:`PictureSpec`, the full call number of one picture: prompt, seed,
sampling, and the moves that lead away from them. A row of seeds, an X/Y grid, a scouting party and the
neighbours of a picture are lists of call numbers, rendered by one verb, :func:`develop`.
"""

from lab.diffusion.librarian.asking import spec_of
from lab.diffusion.librarian.developing import Glimpse, Picture, develop, picture
from lab.diffusion.librarian.grid import AXES, GridSpec
from lab.diffusion.librarian.neighbours import RefineSpec, propose
from lab.diffusion.librarian.picture import KINDS, Move, PictureSpec
from lab.diffusion.librarian.scout import Scouted, ScoutSpec, ranked
from lab.diffusion.librarian.seeds import SeedsSpec
from lab.diffusion.librarian.sketching import scout
from lab.diffusion.librarian.tree import Tree

__all__ = [
    "AXES",
    "KINDS",
    "Glimpse",
    "GridSpec",
    "Move",
    "Picture",
    "PictureSpec",
    "RefineSpec",
    "ScoutSpec",
    "Scouted",
    "SeedsSpec",
    "Tree",
    "develop",
    "picture",
    "propose",
    "ranked",
    "scout",
    "spec_of",
]
