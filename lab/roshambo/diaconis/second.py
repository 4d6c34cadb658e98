"""The second floor: what to make of the council's mixtures, and of an opponent who reads one's plans.

One game at a time and in Python's own numbers: there are seven voices here, too few for arrays.
"""

from __future__ import annotations

from math import exp, log
from operator import mul

from lab.roshambo.moves import ROOTS

COT = 3**-0.5
DOUBT = 2.0  # rounds without evidence


def plan_of(z: complex) -> complex:
    """The likeliest move in an estimate as a root of unity: the claim that the answer to it is a plan."""
    if z.real > abs(z.imag) * COT:
        return ROOTS[0]
    return ROOTS[1] if z.imag > 0 else ROOTS[2]


class SecondThoughts:
    """Weighs the mixtures, the phases at which their move follows the plans, and knowing nothing.

    Parameters
    ----------
    mixtures : int
    decays : tuple of float
        Of the phases: how fast an opponent is expected to change its mind about the plan.
    memory : float
        Of the records.
    floor : float
        Least probability a voice can be caught with.
    """

    def __init__(self, mixtures: int, decays: tuple[float, ...], memory: float, floor: float):
        self.memory, self.floor = memory, 3 * floor
        self.decays = [decay for decay in decays for _ in range(mixtures)]
        self.means = [0j] * len(self.decays)
        self.weights = [DOUBT] * len(self.decays)
        self.records = [0.0] * (mixtures + len(self.decays) + 1)

    def weigh(self, mixtures: list[complex]) -> complex:
        """The final estimate of the coming round."""
        plans = [plan_of(z) for z in mixtures]
        self.plans = plans * (len(self.means) // len(plans))
        self.voices = [*mixtures, *map(mul, self.means, self.plans), 0j]
        most = max(self.records)
        says = [exp(record - most) for record in self.records]
        return sum(map(mul, says, self.voices)) / sum(says)

    def hear(self, theirs: int) -> None:
        """Learn from their move."""
        unit, memory, floor = ROOTS[theirs], self.memory, self.floor
        x, y = 2 * unit.real, 2 * unit.imag
        self.records = [
            memory * record + log(chance if (chance := 1 + z.real * x + z.imag * y) > floor else floor)
            for record, z in zip(self.records, self.voices, strict=True)
        ]
        turns = [unit * plan.conjugate() for plan in self.plans]
        for index, decay in enumerate(self.decays):
            before = decay * self.weights[index]
            self.weights[index] = weight = before + 1 + DOUBT * (1 - decay)
            self.means[index] = (before * self.means[index] + turns[index]) / weight
