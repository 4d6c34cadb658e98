"""Nerve: how far to trust one's own plans, so that nobody who reads the code takes more than a little."""

from __future__ import annotations

from math import sqrt

from lab.roshambo.moves import PAYOFF

HALF = sqrt(3) / 2


class Nerve:
    """Plays the best answer while such plans pay, and more and more at random the more they have lost.

    Whoever always plays its best answer is read by anyone who runs a copy of it. So an account of all plans
    is kept, played or not, and the plan is played with a probability ``p(fallen)`` that depends only on how
    far the account has fallen from its height: 1 down to ``slack`` points, then a straight line to 0 at
    ``slack + width``. Random moves cost nothing on average, so what an opponent can take is the area under
    ``p``, that is ``slack + width / 2``; feigning to lose does not help it, since the way up pays what the
    way down cost (but for ``1 / width`` of a point at each turn). Who is winning is nearly never below the
    slack, and plays every plan.

    Parameters
    ----------
    slack, width : float
        Points.
    """

    def __init__(self, slack: float, width: float):
        self.slack, self.width = slack, width
        self.fallen: float = 0

    @property
    def trust(self) -> float:
        """Probability that the plan is played, from 0 to 1."""
        return min(1.0, max(0.0, 1 + (self.slack - self.fallen) / self.width))

    def decide(self, z: complex) -> None:
        """Plan the answer with the highest expected gain; none where there is nothing to gain."""
        gains = (-z.imag, 0.5 * z.imag + HALF * z.real, 0.5 * z.imag - HALF * z.real)
        best = max(gains)
        self.plan = gains.index(best) if best > 0 else None

    def move(self, u: float) -> int:
        """The plan, or any move; ``u`` is the round's uniform random number in [0, 1)."""
        trust = self.trust if self.plan is not None else 0.0
        return self.plan if self.plan is not None and u < trust else int(3 * (u - trust) / (1 - trust))

    def hear(self, theirs: int) -> None:
        """Enter the round into the account."""
        if self.plan is not None:
            gain = PAYOFF[(self.plan - theirs) % 3]
            self.fallen = min(max(0, self.fallen - gain), self.slack + self.width)
