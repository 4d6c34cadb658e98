"""From a distribution to a move; ``u`` is the round's uniform random number in [0, 1)."""

from __future__ import annotations

from lab.roshambo.bot import Distribution


def draw(distribution: Distribution, u: float) -> int:
    """A move drawn from the distribution: for predictors of one's own move."""
    if u < distribution[0]:
        return 0
    return 1 if u < distribution[0] + distribution[1] else 2


def sample_and_beat(distribution: Distribution, u: float) -> int:
    """Draw a prediction and beat it.

    Source: T. Denton's Bayes bots. Against switchbot this wins 1/2, ties 1/4 and loses 1/4 of the rounds.
    """
    return (draw(distribution, u) + 1) % 3


def beat_likeliest(distribution: Distribution, u: float) -> int:
    """Beat the likeliest move; ties are broken by chance."""
    return (likeliest(distribution, u) + 1) % 3


def likeliest(distribution: Distribution, u: float) -> int:
    """The likeliest move itself; ties are broken by chance."""
    most = max(distribution)
    best = [move for move in range(3) if distribution[move] >= most - 1e-12]
    return best[int(u * len(best))]


def best_reply(distribution: Distribution, u: float) -> int:
    """The answer with the highest expected gain ``P(a - 1) - P(a + 1)``; ties are broken by chance."""
    rock, paper, scissors = distribution
    return likeliest((scissors - paper, rock - scissors, paper - rock), u)
