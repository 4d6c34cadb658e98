"""Pictures on given places of one plate in the browser; a visitor chooses one by click or by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from lab.views import media
from lab.views.elements import element


@dataclass(frozen=True)
class Tile:
    """A picture on a plate.

    Parameters
    ----------
    picture : bytes
        JPEG; empty while there is none.
    alt, label : str
        The picture in words, and what stands on it.
    x, y, w, h : float
        Left, top, width and height in percent of the plate.
    hexagon : bool
        Cut to a hexagon that stands on its corner.
    pickable : bool
    """

    picture: bytes
    alt: str
    label: str = ""
    x: float = 0.0
    y: float = 0.0
    w: float = 100.0
    h: float = 100.0
    hexagon: bool = False
    pickable: bool = True


def lay(
    name: str,
    tiles: Sequence[Tile],
    title: str,
    key: str,
    aspect: float = 1.0,
    chosen: int | None = None,
    lines: Sequence[tuple[float, float, float, float]] = (),
    width: str = "",
    most: str = "34rem",
) -> int | None:
    """Show a plate.

    Parameters
    ----------
    name : str
        Names what is shown; a choice on another plate is not told.
    tiles : sequence of Tile
    title : str
        Of the whole plate, for those who do not see it.
    key : str
    aspect : float
        Width divided by height.
    chosen : int, optional
        The tile that is marked.
    lines : sequence of (x1, y1, x2, y2)
        Drawn under the tiles, in percent of the plate.
    width, most : str
        A fixed width, which may be wider than the page and then scrolls, or the greatest one.

    Returns
    -------
    int, optional
        The tile that was chosen just now.
    """
    there = [index for index, tile in enumerate(tiles) if tile.picture]
    addresses = media.addresses([tiles[index].picture for index in there], "image/jpeg", key)
    known = dict(zip(there, addresses, strict=True))
    told = [
        {name: value for name, value in asdict(tile).items() if name != "picture"}
        | {"src": known.get(index, "")}
        for index, tile in enumerate(tiles)
    ]
    data = {
        "name": name,
        "tiles": told,
        "title": title,
        "aspect": f"{aspect:.4f}",
        "chosen": chosen,
        "lines": [list(line) for line in lines],
        "width": width,
        "most": most,
    }
    component = element("plate", "plate", "plate", "address plate")
    picked = component(data=data, key=key, on_picked_change=lambda: None).picked
    if picked and picked["name"] == name and 0 <= picked["index"] < len(tiles):
        return int(picked["index"])
    return None
