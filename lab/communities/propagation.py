"""Belief propagation for block models: marginals of every vertex, parameters learnt, Bethe evidence.

The sparse block model on n vertices puts an edge between i in group a and j in group b with probability
theta_i theta_j affinity[a, b] / n, where theta is 1 (plain) or degree over mean degree (degree-corrected). A
message per directed edge says which group its tail would be in if its head were not there; non-edges act
together as one field. A sweep is a few products over all directed edges at once, O(edges * k^2).

Facts: exact on trees; at a fixed point the evidence is stationary, so parameters are learnt by matching the
expected edges between groups. Rows of k numbers lie together: then one gather and one sparse product a sweep
carry all that is irregular.

Sources: A. Decelle, F. Krzakala, C. Moore, L. Zdeborova 2011; X. Yan et al. 2014 (degree-corrected).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from lab.communities.links import Links
from lab.communities.structure import FREE, Structure, fitted

FLOOR = 1e-12
LEAST = -30.0  # log of the least probability: products stay clear of denormal numbers, which are slow
SWEEPS_MOST = 200
STILL = 2e-4  # mean change of a marginal per sweep at which the beliefs stand still
SETTLED = 0.02  # mean change of a marginal per sweep up to which a state counts as a fixed point
LEARN_EVERY = 3  # sweeps between two updates of the parameters


@dataclass(frozen=True, eq=False)
class Beliefs:
    """A state of belief propagation.

    Attributes
    ----------
    shares : Tensor of shape (k,)
        Share of the vertices in each group.
    affinity : Tensor of shape (k, k)
    messages : Tensor of shape (2m, k)
        Slot e in the row of i is what the neighbour at e tells i.
    marginals : Tensor of shape (n, k)
    idle : Tensor of shape (k,)
        Marginal of every vertex without edges.
    evidence : float
        Bethe approximation of the log-likelihood of the graph, in nats; nan before it was asked for, minus
        infinity where the messages did not settle.
    change : float
        Mean over the vertices of the last sweep's change of the marginals, in L1.
    """

    shares: Tensor
    affinity: Tensor
    messages: Tensor
    marginals: Tensor
    idle: Tensor
    evidence: float = float("nan")
    change: float = float("inf")


def begin(links: Links, labels: np.ndarray, groups: int, faith: float = 0.8) -> Beliefs:
    """Beliefs that lean towards a partition, with its own parameters.

    ``faith`` is the probability that a vertex is where ``labels`` (n,) has it.
    """
    device = links.theta.device
    known = torch.from_numpy(np.asarray(labels, np.int64)).to(device)
    sure = torch.zeros(len(known), groups, device=device).scatter_(1, known[:, None], 1.0)
    rest = (1 - faith) / max(1, groups - 1)
    marginals = sure * (faith - rest) + rest if groups > 1 else sure
    idle = sure.mean(0)
    mixed = sure.T @ links.gathered(sure)
    shares, affinity = fitted(FREE, _mass(links, sure, idle), _sizes(links, sure, idle), mixed)
    return Beliefs(shares, affinity, links.told(marginals), marginals, idle)


def sweeps(links: Links, beliefs: Beliefs, structure: Structure | None = FREE) -> Iterator[Beliefs]:
    """Every state of belief propagation from here on, without end; parameters learnt on the way, or not."""
    state, damping, number = beliefs, 0.0, 0
    while True:
        number += 1
        fresh = swept(links, state, damping, structure if number % LEARN_EVERY == 0 else None)
        damping = 0.8 * damping if fresh.change < state.change else min(0.7, damping + 0.25)  # it oscillates
        state = fresh
        yield state


def propagate(
    links: Links,
    beliefs: Beliefs,
    most: int = SWEEPS_MOST,
    structure: Structure | None = FREE,
    still: float = STILL,
) -> Beliefs:
    """Sweep until the beliefs stand still, at most so often, then weigh the evidence."""
    state, fewest = beliefs, 1 if structure is None else 2 * LEARN_EVERY + 1  # new parameters must be felt
    for number, state in enumerate(sweeps(links, beliefs, structure), 1):
        if number >= most or (state.change < still and number >= fewest):
            break
    settled = state.change < SETTLED  # the Bethe evidence means something at fixed points only
    return replace(state, evidence=evidence(links, state) if settled else float("-inf"))


def swept(links: Links, state: Beliefs, damping: float = 0.0, structure: Structure | None = None) -> Beliefs:
    """One sweep over all directed edges, then new parameters of some structure if they are to be learnt."""
    said, heard, base = _heard(links, state)
    idle = torch.softmax(base, 0)
    heard = heard.sub_(heard.amax(1, keepdim=True)).clamp_min_(LEAST)
    outgoing = _normalised(links.spread(heard).sub_(said).exp_())
    messages, marginals = links.turned(outgoing), _normalised(heard.exp_())
    change = (marginals - state.marginals).abs_().sum(1).mean().item()
    if damping > 0.05:  # both alike: a field that runs ahead of the messages makes them swing
        messages.lerp_(state.messages, damping)
        marginals.lerp_(state.marginals, damping)
        idle.lerp_(state.idle, damping)
    fresh = replace(state, messages=messages, marginals=marginals, idle=idle, change=change)
    if structure is None:
        return fresh
    return learnt(links, fresh, links.turned(messages) if damping > 0.05 else outgoing, structure)


def learnt(links: Links, state: Beliefs, outgoing: Tensor, structure: Structure) -> Beliefs:
    """The same beliefs with the parameters that match their expected numbers of edges."""
    weight = _edge_weights(state, outgoing)
    mixed = state.affinity * (outgoing.T @ state.messages.div(weight[:, None]))
    mass, sizes = (kind(links, state.marginals, state.idle) for kind in (_mass, _sizes))
    shares, affinity = fitted(structure, mass, sizes, mixed)
    return replace(state, shares=shares, affinity=affinity)


def _mass(links: Links, marginals: Tensor, idle: Tensor) -> Tensor:
    """Propensity in each group, (k,)."""
    return links.theta @ marginals + links.idle * idle


def _sizes(links: Links, marginals: Tensor, idle: Tensor) -> Tensor:
    """Expected number of vertices in each group, (k,)."""
    return marginals.sum(0) + links.idle * idle


def evidence(links: Links, state: Beliefs) -> float:
    """Bethe log-likelihood of the graph given shares and affinity, in nats; exact on trees.

    Constants that all numbers of groups share are kept, so that models can be compared: an edge counts
    log(theta_i theta_j p / n), and the non-edges -(n / 2) times the mean of theta_i theta_j p.
    """
    _, heard, base = _heard(links, state)
    vertices = torch.logsumexp(heard.double(), 1).sum() + links.idle * torch.logsumexp(base.double(), 0)
    edges = _edge_weights(state, links.turned(state.messages)).log_().sum(dtype=torch.float64)
    mass = _mass(links, state.marginals, state.idle).double()
    nothing = 0.5 / links.count * (mass @ state.affinity.double() @ mass)
    return float(vertices - edges / 2 + nothing) + links.told_by_degrees


def _heard(links: Links, state: Beliefs) -> tuple[Tensor, Tensor, Tensor]:
    """Logs of what each edge says (2m, k), each vertex hears (n, k), and one without edges hears (k,)."""
    said = (state.messages @ state.affinity).log_()
    field = state.affinity @ _mass(links, state.marginals, state.idle) / links.count
    prior = state.shares.clamp_min(FLOOR).log()
    return said, links.summed(said) + (prior - links.theta[:, None] * field), prior - field


def _normalised(rows: Tensor) -> Tensor:
    """Rows that sum to one, in place; a product with ones sums short rows ten times as fast as ``sum``."""
    return rows.div_(rows @ torch.ones(rows.shape[1], rows.shape[1], device=rows.device))


def _edge_weights(state: Beliefs, outgoing: Tensor) -> Tensor:
    """What the two messages of each edge weigh together, (2m,)."""
    pairs = (state.messages @ state.affinity).mul_(outgoing)
    return (pairs @ torch.ones(pairs.shape[1], device=pairs.device)).clamp_min_(FLOOR)
