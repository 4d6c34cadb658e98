"""How many numbers a block model may choose: every affinity its own, or some of them tied.

A planted partition of k groups has two affinities, not k (k + 1) / 2. Where the graph is one, the evidence of
the tied model pays for fewer parameters and finds groups that the free model could not afford.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

PRIOR = 0.1  # directed edges, at the mean affinity, that every pair of groups is given: empty ones stay mild


@dataclass(frozen=True)
class Structure:
    """What is tied in the parameters.

    Attributes
    ----------
    name : str
    within, between : bool
        Whether all affinities within a group are one number, and all between two groups.
    even : bool
        Whether all groups have the same share.
    """

    name: str
    within: bool = False
    between: bool = False
    even: bool = False

    def cost(self, groups: int, edges: float, count: int) -> float:
        """Nats that the parameters cost: half a logarithm of what each is learnt from (G. Schwarz 1978)."""
        own = 1 if self.within else groups
        others = min(1, groups - 1) if self.between else groups * (groups - 1) / 2
        shares = 0 if self.even else groups - 1
        return float(0.5 * (own + others) * np.log(max(2.0, edges)) + 0.5 * shares * np.log(max(2, count)))


FREE = Structure("free")
STRUCTURES = (
    FREE,
    Structure("own densities", between=True),
    Structure("planted partition", within=True, between=True),
    Structure("even planted partition", within=True, between=True, even=True),
)


def fitted(structure: Structure, mass: Tensor, sizes: Tensor, mixed: Tensor) -> tuple[Tensor, Tensor]:
    """Most likely shares (k,) and affinity (k, k), no edge surer than certain.

    Parameters
    ----------
    mass, sizes : Tensor of shape (k,)
        Propensity and vertices in each group.
    mixed : Tensor of shape (k, k)
        Expected directed edges between groups.
    """
    count, groups = sizes.sum(), len(sizes)
    room = mass[:, None] * mass[None, :] / count
    mixed = (mixed + mixed.T) / 2 + PRIOR
    room = room + PRIOR * room.sum() / mixed.sum()
    affinity = mixed / room
    same = torch.eye(groups, dtype=torch.bool, device=mass.device)
    for tied, cells in ((structure.within, same), (structure.between, ~same)):
        if tied and groups > 1:
            affinity[cells] = mixed[cells].sum() / room[cells].sum()
    shares = torch.full_like(sizes, 1 / groups) if structure.even else sizes / count
    return shares, affinity.clamp(1e-6, float(count))
