"""The diagram: an anatomy handed to the browser, which draws, scrubs and zooms without asking again."""

from __future__ import annotations

from lab.diffusion.anatomy import Anatomy
from lab.figures.anatomy import scene
from lab.views import media, page
from lab.views.anatomy import telling
from lab.views.elements import element

SCRIPTS = "address reel anatomy/paint anatomy/boxes anatomy/lens anatomy/main"


def show(anatomy: Anatomy, name: str, live: bool = False, key: str = "anatomy") -> None:
    """Show an anatomy, finished or growing; call again with more of the same one and the place is kept.

    Parameters
    ----------
    anatomy : Anatomy
    name : str
        Names the run; another name begins anew.
    live : bool
        Whether more steps are on their way.
    """
    drawn, colours = scene(anatomy), page.colours()
    files = media.addresses([plane.data for plane in drawn.planes.values()], "application/octet-stream", key)
    planes = {
        name_: {"shape": list(plane.shape), "scales": plane.scales, "file": file}
        for (name_, plane), file in zip(drawn.planes.items(), files, strict=True)
    }
    finished = [] if drawn.picture is None else [drawn.picture]
    pictures = media.addresses([*drawn.pictures, *finished], "image/jpeg", f"{key} pictures")
    data = {
        "run": name,
        "live": live,
        "planes": planes,
        "words": drawn.words,
        "tokens": [
            {"text": token.text, "kind": token.kind, "id": token.id} for token in anatomy.opening.tokens
        ],
        "norms": [round(float(norm), 3) for norm in (anatomy.opening.embedding**2).sum(axis=1) ** 0.5],
        "steps": [{"t": m.timestep, "signal": m.signal, "total": m.total} for m in anatomy.moments],
        "pictures": pictures[: len(drawn.pictures)],
        "picture": pictures[-1] if finished else None,
        "guided": bool(anatomy.moments) and anatomy.moments[0].conditional is not None,
        "boxes": telling.boxes(anatomy),
        "palette": {"sequence": colours.sequence, "divergence": colours.divergence, "paper": colours.paper},
    }
    element("anatomy", "anatomy/diagram", "reel anatomy/diagram", SCRIPTS)(data=data, key=key)
