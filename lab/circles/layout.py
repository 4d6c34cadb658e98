"""Places in the plane for the friends of an ego network, and soft hulls around its circles."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial.distance import cdist

ROUNDS = 200
PUSH = 0.9
BULGE = 0.85
ROOM = 4e-3  # square of the distance under which two people give way to each other
GRID = 84  # points of a hull's field along each side
REACH = 1.22  # half the side of the square that is drawn; the friends lie within the unit disc
WIDTH = 0.055
LEVEL = 0.35
WALL = 0.8  # how much a stranger pushes a hull away


def places(adjacency: sparse.csr_array, seed: int = 0) -> np.ndarray:
    """Places from the friendships alone, within the unit disc, (n, 2); friends of nobody lie on its rim.

    Edges pull with a force that does not grow with their length, the more so the more friends their ends
    share; everybody pushes everybody: groups come apart (A. Noack 2007).
    """
    count = adjacency.shape[0]
    linked = np.flatnonzero(np.diff(adjacency.indptr))
    spots = np.zeros((count, 2))
    if len(linked):
        spots[linked] = _pulled(adjacency[linked][:, linked].toarray().astype(float), seed)
        far = np.linalg.norm(spots[linked], axis=1, keepdims=True)
        near = np.maximum(far, 1e-9) / max(1e-9, float(far.max()))
        spots[linked] *= 0.95 * near**BULGE / np.maximum(far, 1e-9)  # the crowded middle has more room
    alone = np.setdiff1d(np.arange(count), linked)
    angles = np.linspace(0.2 * np.pi, 0.2 * np.pi + 2 * np.pi, len(alone), endpoint=False)
    spots[alone] = 1.08 * np.column_stack([np.cos(angles), np.sin(angles)])
    return spots


def _pulled(known: np.ndarray, seed: int) -> np.ndarray:
    """Places of people who all know somebody, centred."""
    count = len(known)
    degree = known.sum(0)
    roots = np.sqrt(np.outer(degree, degree))
    alike = (known @ known + known) / roots
    pull = known * (0.15 + alike**1.5)
    pull /= pull.sum() / count
    rng = np.random.default_rng(seed)
    vectors = np.linalg.eigh(known / roots)[1]
    spots = vectors[:, -3:-1] if count > 3 else rng.standard_normal((count, 2))
    spots = spots / max(1e-9, np.abs(spots).max()) + 0.1 * rng.standard_normal((count, 2))
    for turn in range(ROUNDS):
        apart = spots[:, None] - spots[None]  # (n, n, 2)
        squared = (apart**2).sum(2) + 1e-4
        force = PUSH / count / squared + (ROOM / squared) ** 2 - pull / np.sqrt(squared)
        move = (apart * force[:, :, None]).sum(1) - 0.25 * spots
        length = np.linalg.norm(move, axis=1, keepdims=True)
        heat = 0.15 * (1 - turn / ROUNDS) ** 1.5 + 0.002
        spots = spots + move / np.maximum(length, 1e-9) * np.minimum(0.5 * length, heat)
        spots -= spots.mean(0)
    return spots


def axis() -> np.ndarray:
    """Coordinates of the grid on which a hull's field is known, the same for both axes, (GRID,)."""
    return np.linspace(-REACH, REACH, GRID)


def hull(spots: np.ndarray, members: Iterable[int]) -> np.ndarray:
    """Field of a circle, (GRID, GRID), rows along y: the soft hull is where it is greater than `LEVEL`.

    Members and the shortest tree between them draw the hull on, strangers in its way push it off (after
    C. Collins, G. Penn, S. Carpendale 2009).
    """
    inside = np.array(sorted(members), int)
    x, y = np.meshgrid(axis(), axis())
    grid = np.column_stack([x.ravel(), y.ravel()])
    if not len(inside):
        return np.zeros((GRID, GRID))
    own, outside = spots[inside], np.delete(spots, inside, axis=0)
    points = np.concatenate([own, *_bridges(own)])
    field = np.exp(-(cdist(grid, points, "sqeuclidean")) / (2 * WIDTH**2)).max(1)
    field += 0.25 * np.exp(-(cdist(grid, own, "sqeuclidean")) / (2 * (1.6 * WIDTH) ** 2)).sum(1).clip(max=2)
    if len(outside):
        off = np.exp(-cdist(grid, outside, "sqeuclidean") / (2 * (0.4 * WIDTH) ** 2)).max(1)
        field -= WALL * off
    return field.reshape(GRID, GRID)


def _bridges(own: np.ndarray) -> list[np.ndarray]:
    """Points along the shortest tree between some places, close enough to make a band."""
    if len(own) < 2:
        return []
    distance = cdist(own, own)
    tree = minimum_spanning_tree(sparse.csr_array(distance + 1e-9)).tocoo()
    bridges = []
    for a, b in zip(*tree.coords, strict=True):
        steps = np.linspace(0, 1, 2 + int(distance[a, b] / (0.5 * WIDTH)))[:, None]
        bridges.append(own[a] + steps * (own[b] - own[a]))
    return bridges
