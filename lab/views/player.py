"""The film player: all frames lie in the browser, scrubbing asks the server nothing."""

from __future__ import annotations

from collections.abc import Sequence

from lab.views import media
from lab.views.elements import element


def play(
    film: str,
    pictures: Sequence[bytes],
    stops: Sequence[tuple[int, int, float]],
    prompts: Sequence[str],
    loop: str = "ring",
    live: bool = False,
    key: str = "player",
) -> None:
    """Show the frames there are; call again with more of the same film and the place is kept.

    Parameters
    ----------
    film : str
        Names the film; another name begins anew.
    pictures : sequence of bytes
        Finished frames as JPEG, in order.
    stops : sequence of (int, int, float)
        For each frame of the whole film: from which prompt, to which, how far (0 to 1).
    prompts : sequence of str
    loop : str
        "none" stops at the end, anything else goes round.
    live : bool
        Whether more frames are on their way; the newest is shown until the visitor scrubs.
    """
    data = {
        "film": film,
        "frames": media.addresses(pictures, "image/jpeg", key),
        "stops": [list(stop) for stop in stops],
        "prompts": list(prompts),
        "loop": loop,
        "live": live,
    }
    element("player", "player", "reel player", "address player")(data=data, key=key)
