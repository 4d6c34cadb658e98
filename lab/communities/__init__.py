"""Communities of a graph, recovered without being told how many there are.

Graphs and spectra need numpy and scipy alone; torch is imported when `recover` is first asked for.
"""

from typing import TYPE_CHECKING

from lab.communities.adjacency import as_adjacency
from lab.communities.models import (
    PlantedGraph,
    block_model,
    configuration,
    erdos_renyi,
    planted_partition,
    signal_to_noise,
)
from lab.communities.rewiring import rewired

if TYPE_CHECKING:
    from lab.communities.recovery import METHODS, Recovery, recover

LATER = ("METHODS", "Recovery", "recover")  # of lab/communities/recovery.py, which brings torch

__all__ = [
    "METHODS",
    "PlantedGraph",
    "Recovery",
    "as_adjacency",
    "block_model",
    "configuration",
    "erdos_renyi",
    "planted_partition",
    "recover",
    "rewired",
    "signal_to_noise",
]


def __getattr__(name: str):
    """What needs torch, at its first use (PEP 562)."""
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = import_module("lab.communities.recovery")
    globals().update({later: getattr(module, later) for later in LATER})
    return globals()[name]
