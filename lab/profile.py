"""Where the house stands: at home, with everything allowed, or in public, with bounds that a stranger meets.

LATENT_LIBRARY_PROFILE is ``house`` or ``public``. Where it is not set, a checkout that lies where Community
Cloud puts its apps is public, and any other one is at home.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

VARIABLE = "LATENT_LIBRARY_PROFILE"
ROOT = Path(__file__).resolve().parent.parent
HOSTED = Path("/mount/src")  # of Community Cloud
MIB = 2**20


@dataclass(frozen=True)
class Profile:
    """What a server lends to its visitors.

    Attributes
    ----------
    seconds : float
        Work of one wish, as expected on this machine.
    queue : int
        Jobs that may wait.
    upload : int
        MiB of one file.
    memory_bytes, disk_bytes : int
        Of finished frames and results that are kept.
    strangers : bool
        Whether models other than babel may be used: of the models folder, or fetched from the hub.
    """

    name: str
    seconds: float
    queue: int
    upload: int
    memory_bytes: int
    disk_bytes: int
    strangers: bool

    def check(self, model: str, seconds: float) -> None:
        """Raise ``ValueError`` with one sentence where a wish is more than this house lends."""
        if not self.strangers and model not in ("", "babel"):
            raise ValueError(
                f"This public house renders with babel alone, not with {model[:40]!r}: choose babel."
            )
        if seconds > self.seconds:
            raise ValueError(
                f"That would take about {seconds:.0f} seconds, and a public house lends {self.seconds:.0f} "
                "for one wish: take fewer pictures or steps, or install the library at home."
            )


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("house", float("inf"), 64, 50, 64 * MIB, 512 * MIB, strangers=True),
        Profile("public", 120.0, 32, 10, 24 * MIB, 128 * MIB, strangers=False),
    )
}


@cache
def current() -> Profile:
    """The profile of this server; `ValueError` for a name that is none."""
    name = os.environ.get(VARIABLE) or ("public" if ROOT.is_relative_to(HOSTED) else "house")
    if name not in PROFILES:
        raise ValueError(f"{VARIABLE} is {name!r}; it is one of {', '.join(PROFILES)}.")
    return PROFILES[name]
