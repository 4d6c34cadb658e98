"""Where a plotly figure's numbers lie on paper: one frame for each pair of axes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

ROOM = 0.04  # beside the outermost points, as a share of the axis
TICKS = 5


@dataclass(frozen=True)
class Box:
    """A rectangle on the sheet; y grows downward."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Axis:
    """One axis: its range (in powers of ten where it is logarithmic) and what is said along it."""

    low: float
    high: float
    log: bool = False
    reversed: bool = False
    visible: bool = True
    labels: bool = True
    title: str = ""
    step: float | None = None
    percent: bool = False
    suffix: str = ""

    def share(self, values) -> np.ndarray:
        """Values as shares of the way along the axis, (n,)."""
        values = np.asarray(values, dtype=float)
        if self.log:
            with np.errstate(divide="ignore", invalid="ignore"):
                values = np.log10(values)
        part = (values - self.low) / ((self.high - self.low) or 1.0)
        return 1 - part if self.reversed else part

    def ticks(self) -> list[tuple[float, str]]:
        """Round numbers along the axis, each with what is written there."""
        if self.log:
            powers = range(math.ceil(self.low), math.floor(self.high) + 1)
            every = max(1, len(powers) // TICKS)
            return [(10.0**p, f"1e{p}" if p else "1") for p in list(powers)[::every]]
        step = self.step or _round_step((self.high - self.low) / TICKS)
        first = math.ceil(self.low / step - 1e-9)
        places = [step * i for i in range(first, first + 40) if step * i <= self.high + 1e-9 * step]
        return [(place, self._word(place)) for place in places]

    def _word(self, value):
        return f"{value:.0%}" if self.percent else f"{value + 0.0:.4g}{self.suffix}"


@dataclass(frozen=True)
class Frame:
    """A pair of axes in a box."""

    box: Box
    x: Axis
    y: Axis

    def place(self, x, y) -> np.ndarray:
        """Points on the sheet, (n, 2)."""
        across = self.box.x + self.box.width * self.x.share(x)
        down = self.box.y + self.box.height * (1 - self.y.share(y))
        return np.column_stack([across, down])


def read_axis(layout, values, heat: bool) -> Axis:
    """An axis as its layout says it, else as far as its numbers reach.

    Parameters
    ----------
    layout : plotly axis
    values : array of all numbers that lie on it, a whole range of cells where ``heat``
    """
    log, backward = layout.type == "log", layout.autorange == "reversed"
    values = values[np.isfinite(values) & ((values > 0) | (not log))]
    if layout.range is not None:
        low, high = map(float, layout.range)
    elif not len(values):
        low, high = 0.0, 1.0
    else:
        ends = np.log10([values.min(), values.max()]) if log else [values.min(), values.max()]
        low, high = _roomy(float(ends[0]), float(ends[1]), heat, layout.rangemode == "tozero")
    if high < low:
        low, high, backward = high, low, not backward
    return Axis(
        low,
        high,
        log,
        backward,
        layout.visible is not False,
        layout.showticklabels is not False,
        layout.title.text or "",
        layout.dtick if isinstance(layout.dtick, int | float) and not log else None,
        layout.tickformat == ".0%",
        layout.ticksuffix or "",
    )


def equal_scales(frame: Frame, shrink: bool) -> Frame:
    """The frame with one scale for both axes: a smaller box for pictures, wider ranges for points."""
    box, wide, tall = frame.box, frame.x.high - frame.x.low, frame.y.high - frame.y.low
    unit = min(box.width / wide, box.height / tall)
    if shrink:
        width, height = unit * wide, unit * tall
        x, y = box.x + (box.width - width) / 2, box.y + (box.height - height) / 2
        return replace(frame, box=Box(x, y, width, height))
    return Frame(box, _widened(frame.x, box.width / unit), _widened(frame.y, box.height / unit))


def _widened(axis, span):
    middle = (axis.low + axis.high) / 2
    return replace(axis, low=middle - span / 2, high=middle + span / 2)


def _roomy(low, high, heat, from_zero):
    if heat:
        return low - 0.5, high + 0.5
    room = ROOM * ((high - low) or abs(high) or 1.0)
    low, high = low - room, high + room
    return (
        (min(low, 0.0) if low > 0 or from_zero and low > -2 * room else low, high)
        if from_zero
        else (low, high)
    )


def _round_step(rough):
    power = 10.0 ** math.floor(math.log10(rough or 1.0))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= rough)
