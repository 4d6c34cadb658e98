"""A grid between four prompts: each corner is one of them, each picture inside a mean of all four.

With weights (1 - x)(1 - y), x (1 - y), (1 - x) y, x y each row and each column is a straight morph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lab.diffusion.spec import Sampling, check_count, check_prompt

if TYPE_CHECKING:
    from torch import Tensor

    from lab.diffusion.model import Model

SIDE_LEAST, SIDE_MOST = 2, 12


@dataclass(frozen=True)
class BilinearSpec(Sampling):
    """A grid between four prompts.

    Parameters
    ----------
    prompts : tuple of str
        Upper left, upper right, lower left, lower right.
    side : int
        Pictures of a row and of a column, 2 to 12.
    seed, steps, guidance, scheduler, negative, model
        As in ``MorphSpec``.
    """

    prompts: tuple[str, ...]
    side: int = 5
    seed: int = 42
    steps: int | None = None
    guidance: float | None = None
    scheduler: str | None = None
    negative: str = ""
    model: str = "babel"

    def validate(self) -> BilinearSpec:
        """Return the spec itself, or raise ``ValueError`` with the value, the limit and the mend."""
        if len(self.prompts) != 4:
            raise ValueError(
                f"The grid has four corners, but there are {len(self.prompts)} prompts; give four."
            )
        for number, prompt in enumerate(self.prompts, start=1):
            check_prompt(prompt, f"Prompt {number}")
        check_count("pictures of a row", self.side, SIDE_LEAST, SIDE_MOST)
        self.check_manner()
        return self


@dataclass(frozen=True, eq=False)
class Cell:
    """One picture of the grid, (H, W, 3) uint8, with its place: 0 to 1 to the right and downward."""

    image: np.ndarray
    x: float
    y: float
    index: int


def weights(side: int) -> np.ndarray:
    """Weights of the four corners, (side * side, 4), row by row; each row sums to 1."""
    x, y = np.meshgrid(np.linspace(0, 1, side), np.linspace(0, 1, side))
    return np.stack([(1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y], axis=-1).reshape(-1, 4)


def embeddings(model: Model, spec: BilinearSpec) -> Tensor:
    """Embeddings of all cells, (side * side, tokens, width)."""
    import torch

    corners = model.embed(spec.prompts)
    return torch.einsum("nc,ctw->ntw", torch.as_tensor(weights(spec.side)).to(corners), corners)


def bilinear(
    model: Model,
    spec: BilinearSpec,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float, float], None] = lambda done, total: None,
) -> Iterator[Cell]:
    """Render the grid, row by row, all from the same noise."""
    spec = spec.validate().with_defaults(model.defaults).validate()
    places = np.linspace(0, 1, spec.side)
    asked = {name: getattr(spec, name) for name in ("seed", "steps", "guidance", "scheduler", "negative")}
    pictures = model.render(embeddings(model, spec), **asked, cancelled=cancelled, progress=progress)
    for index, picture in enumerate(pictures):
        yield Cell(picture, float(places[index % spec.side]), float(places[index // spec.side]), index)
