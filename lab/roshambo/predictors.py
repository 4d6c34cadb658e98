"""What the bots of the field listen to: each turns a history into a distribution, one round at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lab.roshambo.bot import EVEN, Distribution, Predictor

SURE: tuple[Distribution, ...] = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
READS = ("theirs", "own", "both")


class Policy(Predictor):
    """A rule for one's own move that looks at the histories and remembers nothing.

    Parameters
    ----------
    rule : callable
        ``(own, theirs) -> distribution``.
    """

    def __init__(self, rule: Callable[[list[int], list[int]], Distribution]):
        self.rule = rule

    def distribution(self, own: list[int], theirs: list[int]) -> Distribution:
        """What the rule says."""
        return self.rule(own, theirs)


class Counts(Predictor):
    """Counts of the opponent's next move after each context of ``order`` rounds.

    Parameters
    ----------
    order : int
        Rounds in the context; 0 counts frequencies.
    reads : str
        Whose moves make the context: "theirs", "own" or "both".
    prior : float
        What every count begins from; 0 makes it a frequentist's.
    decay : float
        Factor of all counts of a context at each of its visits.
    aim : str
        Whose next move is counted: "theirs" or "own".
    """

    def __init__(
        self, order: int, reads: str = "theirs", prior: float = 1.0, decay: float = 1.0, aim: str = "theirs"
    ):
        self.order, self.reads, self.prior, self.decay, self.aim = order, reads, prior, decay, aim
        self.begin()

    def begin(self) -> None:
        """Empty all counts."""
        self.counts: dict[tuple, list[float]] = {}
        self.context: tuple | None = () if self.order == 0 else None

    def hear(self, own: list[int], theirs: list[int]) -> None:
        """Count the new move in the context it came in, then move the context on."""
        if self.context is not None:
            row = self.counts.setdefault(self.context, [self.prior] * 3)
            if self.decay != 1:
                row[:] = [self.decay * count for count in row]
            row[theirs[-1] if self.aim == "theirs" else own[-1]] += 1
        if len(own) >= self.order > 0:
            self.context = context_of(own, theirs, self.order, self.reads)

    def distribution(self, own: list[int], theirs: list[int]) -> Distribution:
        """Shares of the counts in the present context; even where there are none."""
        row = None if self.context is None else self.counts.get(self.context)
        total = sum(row) if row else 0
        return (row[0] / total, row[1] / total, row[2] / total) if row and total > 0 else EVEN


class NaiveBayes(Predictor):
    """The opponent's next move from its last moves, as if those were independent given the next one.

    ``P(y | x_1 .. x_k) ~ P(y) P(x_1 | y) ... P(x_k | y)``, all counts beginning from 1.
    """

    def __init__(self, order: int):
        self.order = order
        self.begin()

    def begin(self) -> None:
        """Empty all counts."""
        self.moves = [1.0, 1.0, 1.0]
        self.lags = [[[1.0] * 3 for _ in range(3)] for _ in range(self.order)]  # by lag, next move, past move

    def hear(self, own: list[int], theirs: list[int]) -> None:
        """Count the new move and what stood before it at each lag."""
        new = theirs[-1]
        self.moves[new] += 1
        for lag in range(min(self.order, len(theirs) - 1)):
            self.lags[lag][new][theirs[-2 - lag]] += 1

    def distribution(self, own: list[int], theirs: list[int]) -> Distribution:
        """Normalised product of the shares."""
        weights = []
        for move in range(3):
            weight = self.moves[move]
            for lag in range(min(self.order, len(theirs))):
                row = self.lags[lag][move]
                weight *= row[theirs[-1 - lag]] / sum(row)
            weights.append(weight)
        total = sum(weights)
        return (weights[0] / total, weights[1] / total, weights[2] / total)


class LongestMatch(Predictor):
    """What followed the last earlier appearance of the longest suffix seen before (rfind).

    Contexts of 1 to ``longest`` rounds are remembered in a table, so that a round costs ``longest`` look-ups.

    Source: T. Denton's rfind bot; as *history matching* in D. Egnor's Iocaine Powder, 1999.
    """

    def __init__(self, reads: str = "both", longest: int = 12, aim: str = "theirs"):
        self.reads, self.longest, self.aim = reads, longest, aim
        self.begin()

    def begin(self) -> None:
        """Forget all appearances."""
        self.next_round: dict[int, int] = {}
        self.newest_first: list[int] = []  # rounds as digits 1 .. 9, so that no two contexts share a code
        self.match: int | None = None

    def hear(self, own: list[int], theirs: list[int]) -> None:
        """Find the longest context seen before, then note all contexts that end here."""
        digits = self.newest_first
        digits.insert(0, digit(own[-1], theirs[-1], self.reads))
        del digits[self.longest :]
        self.match, code, length, table = None, 0, len(own), self.next_round
        for place in digits:
            code = code << 4 | place
            found = table.get(code)
            if found is not None:
                self.match = found
            table[code] = length

    def distribution(self, own: list[int], theirs: list[int]) -> Distribution:
        """All on the move that followed; even where nothing matches."""
        if self.match is None:
            return EVEN
        return SURE[theirs[self.match] if self.aim == "theirs" else own[self.match]]


class Follow(Predictor):
    """A fixed sequence of own moves, over and over."""

    def __init__(self, sequence: Sequence[int]):
        self.sequence = [int(move) % 3 for move in sequence]

    def distribution(self, own: list[int], theirs: list[int]) -> Distribution:
        """All on the sequence's move of this round."""
        return SURE[self.sequence[len(own) % len(self.sequence)]]


def turned(distribution: Distribution, shift: int) -> Distribution:
    """Distribution of ``y + shift``."""
    return distribution[-shift % 3], distribution[(1 - shift) % 3], distribution[(2 - shift) % 3]


def digit(mine: int, other: int, reads: str) -> int:
    """What is read of one round, as a number from 1 to 9."""
    if reads == "theirs":
        return 1 + other
    return 1 + mine if reads == "own" else 1 + 3 * mine + other


def context_of(own: list[int], theirs: list[int], order: int, reads: str) -> tuple:
    """The last ``order`` rounds as a key."""
    if reads == "theirs":
        return tuple(theirs[-order:])
    if reads == "own":
        return (*own[-order:], -1)
    return (*own[-order:], *theirs[-order:])
