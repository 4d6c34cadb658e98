"""Outlines of the region where a field on a grid is greater than a level: marching squares.

W. Lorensen and H. Cline 1987, for the idea in space; here each cell of the plane has sixteen cases.
"""

from __future__ import annotations

import numpy as np

# for each case (bit 0: lower left, 1: lower right, 2: upper right, 3: upper left corner is inside) the pieces
# of the outline from side to side, the inside on their left; sides: 0 below, 1 right, 2 above, 3 left
PIECES = {
    1: ((0, 3),), 2: ((1, 0),), 3: ((1, 3),), 4: ((2, 1),), 5: ((0, 3), (2, 1)), 6: ((2, 0),),
    7: ((2, 3),), 8: ((3, 2),), 9: ((0, 2),), 10: ((1, 0), (3, 2)), 11: ((1, 2),), 12: ((3, 1),),
    13: ((0, 1),), 14: ((3, 0),),
}  # fmt: skip
SIDES = {0: ((0, 0), (0, 1)), 1: ((0, 1), (1, 1)), 2: ((1, 0), (1, 1)), 3: ((0, 0), (1, 0))}

Side = tuple[tuple[int, int], tuple[int, int]]


def outlines(field: np.ndarray, axis: np.ndarray, level: float) -> list[np.ndarray]:
    """Closed outlines, each (m, 2) with x and y and the first point again at the end.

    Parameters
    ----------
    field : array of shape (g, g), rows along y; what lies at its rim counts as outside
    axis : array of shape (g,), the coordinates of both axes
    level : float

    Returns
    -------
    list of ndarray
        Around an island counterclockwise, around a hole clockwise; points lie where the field, linear between
        two neighbours of the grid, has the level.
    """
    field = field.astype(float).copy()
    field[[0, -1]] = np.minimum(field[[0, -1]], level - 1e-9)
    field[:, [0, -1]] = np.minimum(field[:, [0, -1]], level - 1e-9)
    inside = field > level
    corners = inside[:-1, :-1] + 2 * inside[:-1, 1:] + 4 * inside[1:, 1:] + 8 * inside[1:, :-1]
    follows: dict[Side, Side] = {}
    for row, column in np.argwhere((corners > 0) & (corners < 15)).tolist():
        for begin, end in PIECES[int(corners[row, column])]:
            follows[_side(row, column, begin)] = _side(row, column, end)
    found = []
    while follows:
        side, following = follows.popitem()
        ring = [side]
        while following != ring[0]:
            ring.append(following)
            following = follows.pop(following)
        points = np.array([_crossing(field, axis, level, side) for side in ring])
        found.append(np.concatenate([points, points[:1]]))
    return found


def _side(row: int, column: int, side: int) -> Side:
    """The two grid points between which a side of a cell lies, the same for both cells that share it."""
    (down, left), (up, right) = SIDES[side]
    return (row + down, column + left), (row + up, column + right)


def _crossing(field: np.ndarray, axis: np.ndarray, level: float, side: Side) -> tuple[float, float]:
    """Where the field has the level on a side of a cell."""
    (i, j), (k, m) = side
    share = (level - field[i, j]) / (field[k, m] - field[i, j])
    return axis[j] + share * (axis[m] - axis[j]), axis[i] + share * (axis[k] - axis[i])
