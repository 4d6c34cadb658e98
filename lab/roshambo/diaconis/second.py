"""The second floor: what to make of the council's mixtures, and of an opponent who reads one's plans.

One game at a time and in Python's own numbers: there are six voices here, too few for arrays.
"""

from __future__ import annotations

from operator import mul

from lab.roshambo.moves import ROOTS

COT = 3**-0.5
TWICE = tuple(2 * root.conjugate() for root in ROOTS)  # by move: 1 + Re(z times this) is three times P
DOUBT = 2.0  # rounds without evidence


def plan_of(z: complex) -> complex:
    """The likeliest move in an estimate as a root of unity: the claim that the answer to it is a plan."""
    if z.real > abs(z.imag) * COT:
        return ROOTS[0]
    return ROOTS[1] if z.imag > 0 else ROOTS[2]


class SecondThoughts:
    """Weighs the mixtures, the phases at which their move follows the plans, and knowing nothing.

    The say of a voice is ``w <- w ** memory * 3 P(y)``, a fading product; it stays 1 for knowing nothing.

    Parameters
    ----------
    mixtures : int
    decays : tuple of float
        Of the phases: how fast an opponent is expected to change its mind about the plan.
    memory : float
        Of the says.
    floor : float
        Least probability a voice can be caught with.
    """

    def __init__(self, mixtures: int, decays: tuple[float, ...], memory: float, floor: float):
        self.memory, self.floor = memory, 3 * floor
        self.decays = [decay for decay in decays for _ in range(mixtures)]
        self.means = [0j] * len(self.decays)
        self.weights = [DOUBT] * len(self.decays)
        self.says = [1.0] * (mixtures + len(self.decays))

    def weigh(self, mixtures: list[complex]) -> complex:
        """The final estimate of the coming round."""
        plans = [plan_of(z) for z in mixtures]
        self.plans = plans * (len(self.means) // len(plans))
        self.voices = [*mixtures, *map(mul, self.means, self.plans)]
        return sum(map(mul, self.says, self.voices)) / (sum(self.says) + 1)

    def hear(self, theirs: int) -> None:
        """Learn from their move."""
        unit, twice, memory, floor = ROOTS[theirs], TWICE[theirs], self.memory, self.floor
        self.says = [
            say**memory * (chance if (chance := 1 + (z * twice).real) > floor else floor)
            for say, z in zip(self.says, self.voices, strict=True)
        ]
        means, plans, weights = self.means, self.plans, self.weights
        for index, decay in enumerate(self.decays):
            before = decay * weights[index]
            weights[index] = weight = before + 1 + DOUBT * (1 - decay)
            means[index] = (before * means[index] + unit * plans[index].conjugate()) / weight
