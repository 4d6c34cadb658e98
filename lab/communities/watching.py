"""Belief propagation, looked at sweep by sweep: from beliefs that say nothing to the communities.

The parameters are those of a known partition; the messages begin near nothing, with a little noise, since
saying exactly nothing is a fixed point too. Above the Kesten-Stigum threshold that one is unstable, and the
noise grows into the groups.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import torch
from scipy import sparse

from lab.communities.links import links_of
from lab.communities.propagation import begin, sweeps

NOISE = 0.1


@dataclass(frozen=True, eq=False)
class Sweep:
    """Beliefs after so many sweeps.

    Attributes
    ----------
    number : int
    labels : ndarray of shape (n,), int64
        Most likely group of each vertex.
    certainty : ndarray of shape (n,)
    change : float
        Mean change of a vertex's belief in this sweep.
    """

    number: int
    labels: np.ndarray
    certainty: np.ndarray
    change: float


def watch(
    adjacency: sparse.csr_array,
    labels: np.ndarray,
    groups: int,
    corrected: bool,
    most: int = 40,
    seed: int = 0,
) -> Iterator[Sweep]:
    """States of belief propagation, the beginning first, until they stand still.

    Parameters
    ----------
    adjacency : csr_array of shape (n, n)
        Without isolated vertices.
    labels : int array of shape (n,)
        A partition into ``groups`` groups, of which only the parameters are used.
    corrected : bool
        Whether every vertex has its own degree.
    most : int
        Sweeps at most.
    """
    links = links_of(adjacency, corrected)
    known = begin(links, labels, groups, 1.0)
    rng = np.random.default_rng(seed)
    nothing = rng.dirichlet(np.full(groups, 1 / NOISE**2), len(labels))
    marginals = torch.from_numpy(nothing).to(known.marginals)
    state = replace(known, marginals=marginals, messages=links.told(marginals))
    yield _sweep(0, state)
    for number, after in enumerate(sweeps(links, state, None), 1):
        yield _sweep(number, after)
        if number >= most or (after.change < 1e-3 and number > 3):
            return


def _sweep(number: int, state) -> Sweep:
    marginals = state.marginals.cpu().numpy()
    return Sweep(number, marginals.argmax(1), marginals.max(1), float(state.change))
