"""Everything that a spec of the librarian asks for: finished pictures, or the scout's sketches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from lab.diffusion.librarian.asking import Asked
from lab.diffusion.librarian.developing import Picture, develop
from lab.diffusion.librarian.picture import PictureSpec
from lab.diffusion.librarian.scout import Scouted, ScoutSpec
from lab.diffusion.librarian.sketching import scout

if TYPE_CHECKING:
    from lab.diffusion.model import Model


def bring_pictures(
    model: Model,
    spec: Asked,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float, float], None] = lambda done, total: None,
) -> Iterator[Picture | Scouted]:
    """Pictures, or sketches, as they finish; the glimpses on the way are left out."""
    if isinstance(spec, ScoutSpec):
        yield from scout(model, spec, cancelled, progress)
        return
    asked = [spec] if isinstance(spec, PictureSpec) else spec.pictures()
    yield from (item for item in develop(model, asked, cancelled, progress) if isinstance(item, Picture))
