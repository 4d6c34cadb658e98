"""X/Y grids: one thing changes from column to column, another from row to row, all else stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lab.diffusion.librarian.picture import PictureSpec, single
from lab.diffusion.spec import Sampling, check_choice

AXES: dict[str, type] = {
    "steps": int,
    "guidance": float,
    "seed": int,
    "scheduler": str,
    "prompt": str,
    "negative": str,
}
VALUES_MOST = 12
CELLS_MOST = 64
Values = tuple[int, ...] | tuple[float, ...] | tuple[str, ...]


@dataclass(frozen=True)
class GridSpec(Sampling):
    """A grid of pictures.

    Parameters
    ----------
    prompt : str
        Of all pictures, unless an axis is the prompt.
    across, down : str
        What changes from column to column and from row to row, a name of :data:`AXES`; no ``down``, one row.
    columns, rows : tuple
        The values, 1 to 12 of each.
    seed, steps, guidance, scheduler, negative, model
        As in ``PictureSpec``, for what is no axis.
    """

    prompt: str
    across: str = "guidance"
    columns: Values = (1.0, 2.5, 5.0, 7.5)
    down: str = ""
    rows: Values = ()
    seed: int = 42
    steps: int | None = None
    guidance: float | None = None
    scheduler: str | None = None
    negative: str = ""
    model: str = "babel"

    def validate(self) -> GridSpec:
        """Return the spec itself, or raise ``ValueError`` with the value, the limit and the mend."""
        check_choice("axis", self.across, tuple(AXES))
        if self.down:
            check_choice("axis", self.down, tuple(AXES))
        if self.down == self.across:
            raise ValueError(f"Both axes are the {self.across}; choose another one for the rows.")
        _check_values("columns", self.columns)
        if self.down:
            _check_values("rows", self.rows)
        if (cells := len(self.columns) * max(1, len(self.rows))) > CELLS_MOST:
            raise ValueError(
                f"The grid has {cells} pictures, the limit is {CELLS_MOST}; take out some values."
            )
        for spec in self.pictures():
            spec.validate()
        return self

    def pictures(self) -> list[PictureSpec]:
        """Call number of each cell, row by row."""
        return list(self._cells())

    def _cells(self) -> Iterator[PictureSpec]:
        own = {"prompt": self.prompt} | single(self)
        for row in self.rows if self.down else (None,):
            for column in self.columns:
                changed = {self.across: column} | ({self.down: row} if self.down else {})
                yield PictureSpec(**own | changed)


def _check_values(what: str, values: Values) -> None:
    if not 1 <= len(values) <= VALUES_MOST:
        raise ValueError(f"The grid has {len(values)} {what}, but it must have 1 to {VALUES_MOST}.")
    if len(set(values)) < len(values):
        raise ValueError(f"Two {what} of the grid are the same; take one of them out.")


def separator(axis: str) -> str:
    """What stands between two values of an axis when they are written: prompts hold commas themselves."""
    return "|" if axis in ("prompt", "negative") else ","


def read_values(axis: str, text: str) -> Values:
    """Values of an axis from what was typed: ``4, 8, 16``, or prompts with ``|`` between them.

    Raises
    ------
    ValueError
        If one cannot be read, or there is none.
    """
    check_choice("axis", axis, tuple(AXES))
    parts = [part.strip() for part in text.split(separator(axis))]
    parts = [part for part in parts if part or axis == "negative"]
    if not parts:
        raise ValueError(f"The {axis} axis has no values; write some with {separator(axis)!r} between them.")
    try:
        return tuple(AXES[axis](part) for part in parts)
    except ValueError:
        kind = "whole numbers" if AXES[axis] is int else "numbers"
        raise ValueError(
            f"The {axis} axis is {text[:60]!r}, but it must be {kind} with commas between them."
        ) from None


def write_values(axis: str, values: Sequence[int | float | str]) -> str:
    """Values as :func:`read_values` reads them."""
    joined = separator(axis) if axis != "prompt" else " | "
    return joined.join(f"{value:g}" if isinstance(value, float) else str(value) for value in values)
