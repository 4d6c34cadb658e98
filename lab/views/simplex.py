"""A point in a triangle of pictures, to be dragged or moved by keys."""

from __future__ import annotations

from collections.abc import Sequence

from lab.diffusion.simplex import Weights, normalise
from lab.views import media
from lab.views.elements import element

SAME = 2e-3  # weights nearer to each other than this are one blend to the eye


def drag(
    film: str,
    names: Sequence[str],
    weights: Weights,
    lattice: Sequence[Weights],
    divisions: int,
    pictures: Sequence[bytes],
    exact: bytes | None,
    key: str,
) -> Weights | None:
    """Show the triangle and the picture of the blend nearest to the point.

    Parameters
    ----------
    film : str
        Names what is shown; a move in another film's triangle is not told.
    names : sequence of three str
        Of the sources: above, left, right.
    weights : tuple of three float
        Where the point is.
    lattice : sequence of weights
        The blends that have pictures, all multiples of ``1 / divisions``.
    pictures : sequence of bytes
        Finished ones as JPEG, in the lattice's order.
    exact : bytes, optional
        Picture of exactly these weights, if it was rendered.
    key : str

    Returns
    -------
    tuple of three float, optional
        Where the point was put just now.
    """
    data = {
        "film": film,
        "names": list(names),
        "weights": list(weights),
        "lattice": [list(point) for point in lattice],
        "divisions": divisions,
        "frames": media.addresses(pictures, "image/jpeg", key),
        "exact": next(iter(media.addresses([exact] if exact else [], "image/jpeg", f"{key}.exact")), ""),
    }
    component = element("simplex", "simplex", "simplex", "address simplex")
    moved = component(data=data, key=key, on_moved_change=lambda: None).moved
    if not moved or moved["film"] != film or len(moved["weights"]) != 3:
        return None
    return normalise(moved["weights"])


def near(one: Weights, other: Weights) -> bool:
    """Whether two blends are the same to the eye."""
    return len(one) == len(other) and max(abs(a - b) for a, b in zip(one, other, strict=True)) < SAME
