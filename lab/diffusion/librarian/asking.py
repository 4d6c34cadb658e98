"""Which of the librarian's five ways of working a preset, a link or a command asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lab.diffusion.librarian.grid import GridSpec
from lab.diffusion.librarian.neighbours import RefineSpec
from lab.diffusion.librarian.picture import PictureSpec
from lab.diffusion.librarian.scout import ScoutSpec
from lab.diffusion.librarian.seeds import SeedsSpec

Asked = PictureSpec | SeedsSpec | ScoutSpec | GridSpec | RefineSpec
MODES: dict[str, type[Asked]] = {
    "picture": PictureSpec,
    "seeds": SeedsSpec,
    "scout": ScoutSpec,
    "grid": GridSpec,
    "refine": RefineSpec,
}


def spec_of(values: Mapping) -> Asked:
    """The spec of plain values.

    Parameters
    ----------
    values : mapping
        Fields of the spec, lists in the place of tuples; ``mode`` names the way of working.
    """
    own: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    return MODES[own.pop("mode", "picture")](**own)


def mode_of(spec: Asked) -> str:
    """Word of the way of working that a spec belongs to."""
    return next(mode for mode, kind in MODES.items() if type(spec) is kind)
