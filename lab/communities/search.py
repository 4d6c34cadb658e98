"""The search for the number of groups: belief propagation from several starts, penalised evidence decides.

It begins at the number the spectra see, goes up while the evidence rises, then down. A start is tasted with a
few sweeps; only the best of each number is swept until it stands still.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from lab.communities.degree_law import degree_cost
from lab.communities.links import Links, links_of
from lab.communities.propagation import SETTLED, Beliefs, begin, evidence, propagate
from lab.communities.starts import Spectra, merged_start, spectral_starts, split_starts
from lab.communities.structure import FREE, STRUCTURES, Structure

GROUPS_MOST = 64
NOTHING = 0.3  # nats
TIED = STRUCTURES[1:]


@dataclass(frozen=True)
class Effort:
    """How much a graph of some size is worth.

    Attributes
    ----------
    taste, most : int
        Sweeps before the starts of one k are compared and between two looks at the evidence, and at most.
    patience : int
        Numbers of groups that may be worse before the search turns.
    thorough : bool
        Whether starts of low promise are tasted, and models of fewer parameters weighed.
    still : float
        Change per sweep at which beliefs stand still.
    """

    taste: int
    most: int
    patience: int
    thorough: bool
    still: float


def effort_for(count: int) -> Effort:
    """Small graphs are cheap and undecided, large ones neither."""
    if count <= 3000:
        return Effort(14, 150, 1, True, 2e-4)
    if count <= 30_000:
        return Effort(10, 120, 1, True, 3e-4)
    if count <= 300_000:
        return Effort(8, 60, 0, False, 1e-3)
    return Effort(6, 40, 0, False, 2e-3)


class Search:
    """One graph without isolated vertices, one model, any number of groups."""

    def __init__(self, core: sparse.csr_array, spectra: Spectra, corrected: bool, seed: int, idle: int = 0):
        self.spectra, self.corrected, self.seed = spectra, corrected, seed
        self.links: Links = links_of(core, corrected, idle)
        self.effort = effort_for(core.shape[0])
        self.own_cost = degree_cost(self.links.degree, idle) if corrected else 0.0
        self.found: dict[int, Beliefs] = {}
        self.worth: dict[int, float] = {}
        self.raw: dict[int, float] = {}
        self.structures: dict[int, Structure] = {}
        self.parents: set[tuple[int, int, float]] = set()
        self._keep(1, propagate(self.links, begin(self.links, np.zeros(core.shape[0], int), 1), 1), FREE)

    def cost(self, groups: int, structure: Structure) -> float:
        """What the parameters cost, and with corrected degrees what the degrees do."""
        return structure.cost(groups, len(self.links.back) / 2, self.links.count) + self.own_cost

    @property
    def best(self) -> int:
        """Number of groups with the greatest evidence so far."""
        return max(self.worth, key=self.worth.__getitem__)

    def explore(self, rival: float = -np.inf) -> float:
        """Fill ``found`` and ``worth``; the greatest evidence. Ends early where a rival is out of reach."""
        first = min(max(2, self.spectra.hint), self.most)
        self._climb(range(first, self.most + 1), rival)
        self._climb(range(first - 1, 1, -1), rival)
        if not self._beaten(rival):
            self._descend()
            self._repair()
        return self.worth[self.best]

    def settled(self) -> Beliefs:
        """The beliefs of the greatest evidence, swept until they stand still."""
        best, effort = self.best, self.effort
        state = propagate(self.links, self.found[best], effort.most, self.structures[best], effort.still)
        return state if np.isfinite(state.evidence) else self.found[best]

    def _climb(self, steps: range, rival: float) -> None:
        """Fit one number after the other until too many in a row are worse than the best."""
        worse = 0
        for groups in steps:
            self.fit(groups)
            worse = 0 if self.best == groups else worse + 1
            if worse > self.effort.patience or self._beaten(rival):
                break

    def _beaten(self, rival: float) -> bool:
        """Whether the rival stays ahead even if several more steps won as much as the last one did."""
        gain = self.worth[self.best] - self.worth.get(self.best - 1, -np.inf)
        return self.best > 1 and self.worth[self.best] + 4 * gain < rival

    def _descend(self) -> None:
        """From the largest number down, groups merged: a way to fixed points that the spectra miss."""
        for groups in range(max(self.found) - 1, 1, -1):
            if groups in self.found:
                self._retry(groups, groups + 1)

    def _repair(self) -> None:
        """Neighbours of the best number once more, begun from it: their own starts may have missed."""
        for _ in range(6):
            best = self.best
            for groups in (best - 1, best + 1):
                self._retry(groups, best)
            if self.best == best:
                break

    def _retry(self, groups: int, parent: int) -> None:
        if 1 < groups <= self.most and (groups, parent, self.worth[parent]) not in self.parents:
            self.fit(groups, self._starts_from(groups, parent))

    @property
    def most(self) -> int:
        """The largest number of groups worth a try."""
        return min(GROUPS_MOST, self.links.count)

    def fit(self, groups: int, starts: list[np.ndarray] | None = None) -> None:
        """The best of several starts, swept on, then with fewer parameters; kept if it is the best so far."""
        starts = self.starts(groups) if starts is None else starts
        tasted = [self._on(begin(self.links, start, groups), FREE) for start in starts]
        if not tasted:
            return
        state = max(tasted, key=lambda beliefs: beliefs.evidence)
        if state.evidence < self.raw.get(groups, -np.inf) + 0.5:
            return  # the fixed point that is known already
        state = self._further(state)
        self._keep(groups, state, FREE)
        if self.effort.thorough:
            for structure in TIED[1 if groups == 2 else 0 :]:
                state = self._on(state, structure)
                self._keep(groups, state, structure)

    def _further(self, state: Beliefs) -> Beliefs:
        """Sweeps until a spell of them wins next to nothing."""
        for _ in range(self.effort.most // self.effort.taste):
            fresh = self._on(state, FREE)
            won, state = fresh.evidence - state.evidence, fresh
            if abs(won) < NOTHING or fresh.change < self.effort.still:
                break
        return state

    def _on(self, beliefs: Beliefs, structure: Structure) -> Beliefs:
        """One spell of sweeps, and the evidence after it whether it is a fixed point or not."""
        beliefs = propagate(self.links, beliefs, self.effort.taste, structure, self.effort.still)
        return replace(beliefs, evidence=evidence(self.links, beliefs))

    def starts(self, groups: int) -> list[np.ndarray]:
        """Partitions to begin with: by the spectra, and from the numbers beside this one."""
        found = list(spectral_starts(self.spectra, groups, self.seed, self.effort.thorough))
        for parent in (groups - 1, groups + 1):
            found += self._starts_from(groups, parent)
        return found

    def _starts_from(self, groups: int, parent: int) -> list[np.ndarray]:
        """Partitions by splitting or merging groups of a number that was fitted before."""
        if parent not in self.found:
            return []
        self.parents.add((groups, parent, self.worth[parent]))
        marginals, graph = self.found[parent].marginals.cpu().numpy(), self.links.adjacency
        if parent > groups:
            return [merged_start(graph, marginals, self.corrected)]
        splits = split_starts(graph, marginals, self.corrected)
        return [labels for _, labels in splits[: 2 if self.effort.thorough else 1]]

    def _keep(self, groups: int, beliefs: Beliefs, structure: Structure) -> None:
        if structure is FREE:
            self.raw[groups] = float(beliefs.evidence)
        known = groups in self.found
        if known and beliefs.change > SETTLED:
            return
        worth = float(beliefs.evidence - self.cost(groups, structure))
        if not known or worth > self.worth[groups]:
            self.found[groups], self.worth[groups] = beliefs, worth
            self.structures[groups] = structure
