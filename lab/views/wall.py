"""A wall of pictures in the browser; a visitor chooses one by click or by keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from lab.views import media
from lab.views.elements import element


def hang(
    film: str,
    pictures: Sequence[bytes],
    labels: Sequence[str],
    alts: Sequence[str],
    chosen: int | None,
    name: str,
    key: str,
    rows: Sequence[int] = (),
) -> int | None:
    """Show the pictures there are on their places.

    Parameters
    ----------
    film : str
        Names what hangs there; a choice of another film's picture is not told.
    pictures : sequence of bytes
        As JPEG, in order; empty where one is not there yet.
    labels, alts : sequences of str
        What stands under every place, and its picture in words; one for each place of the whole wall.
    chosen : int, optional
        The place that is marked.
    name : str
        Of the whole wall, for those who do not see it.
    key : str
    rows : sequence of int
        How many pictures hang in each row, centred; as many as fit if left out.

    Returns
    -------
    int, optional
        The place that was chosen just now.
    """
    known = iter(media.addresses([picture for picture in pictures if picture], "image/jpeg", key))
    data = {
        "film": film,
        "frames": [next(known) if picture else "" for picture in pictures],
        "labels": list(labels),
        "alts": list(alts),
        "chosen": chosen,
        "name": name,
        "rows": list(rows),
    }
    component = element("wall", "wall", "wall", "address wall")
    picked = component(data=data, key=key, on_picked_change=lambda: None).picked
    if picked and picked["film"] == film and 0 <= picked["index"] < len(pictures):
        return int(picked["index"])
    return None
