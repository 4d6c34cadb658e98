"""Ego networks: the friends of one person, who knows whom among them, and the circles they were sorted into.

Circles overlap, nest (the choir within the college), and miss people: some friends are in no circle, and some
who behave like members were forgotten when the circles were written down.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

import numpy as np
from scipy import sparse

from lab.networks.network import Network, linked

FRIENDS_MOST = 400
CIRCLES_MOST = 12
NAMES = tuple(
    "Ada Ben Cleo Dora Emil Fay Gus Hana Ida Jon Kai Lea Max Nora Otto Pia Quin Rosa Sam Tess Uli Vera Wim "
    "Xenia Yara Zeno Alma Bela Carl Dina Elsa Finn Greta Hugo Iris Jana Karl Lena Mila Noel Olga Paul Rita "
    "Sven Tara Ugo Vito Wanda Ximo Yves".split()
)


@dataclass(frozen=True)
class EgoSpec:
    """What an ego network is drawn from.

    Attributes
    ----------
    friends, circles : int
    overlap : float
        Share of the members who are in a second circle as well, 0..0.6.
    nested : float
        Share of the circles that lie within another, 0..0.6.
    loners : float
        Share of the friends who are in no circle, 0..0.8.
    forgotten : float
        Share of the memberships that the written circles lack, 0..0.5.
    density : float
        Mean probability that two members of a circle know each other, 0.05..1.
    strangers : float
        Probability that two friends know each other without any circle, 0..0.3.
    seed : int
    """

    friends: int = 80
    circles: int = 6
    overlap: float = 0.2
    nested: float = 0.25
    loners: float = 0.2
    forgotten: float = 0.08
    density: float = 0.45
    strangers: float = 0.015
    seed: int = 0

    def validate(self) -> EgoSpec:
        """The spec itself, or `ValueError` with one sentence about what cannot be."""
        bounds = {
            "friends": (2, FRIENDS_MOST),
            "circles": (0, CIRCLES_MOST),
            "overlap": (0, 0.6),
            "nested": (0, 0.6),
            "loners": (0, 0.8),
            "forgotten": (0, 0.5),
            "density": (0.05, 1),
            "strangers": (0, 0.3),
            "seed": (0, 2**31 - 1),
        }
        for name, (low, high) in bounds.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise ValueError(f"{name} is {value}, but it must be from {low} to {high}.")
        return self

    def key(self) -> str:
        """Names the network: equal keys mean equal graphs."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:24]


@dataclass(frozen=True, eq=False)
class EgoNetwork:
    """Friends with their links, and the circles somebody sorted them into.

    Attributes
    ----------
    network : Network
        The ego itself is left out: it knows everybody.
    circles : tuple of frozenset of int, or None
        Members by their numbers; None where nobody wrote circles down.
    """

    network: Network
    circles: tuple[frozenset[int], ...] | None

    @property
    def written(self) -> tuple[frozenset[int], ...]:
        """The circles of a network that has them."""
        assert self.circles is not None, "nobody wrote these circles down"
        return self.circles

    @property
    def adjacency(self) -> sparse.csr_array:
        """Who knows whom, (n, n)."""
        return self.network.adjacency


def ego_network(spec: EgoSpec) -> EgoNetwork:
    """Draw an ego network.

    Parameters
    ----------
    spec : EgoSpec
        Equal specs give equal networks.
    """
    spec.validate()
    rng = np.random.default_rng([spec.seed, spec.friends])
    members = _members(spec, rng)
    chance = _chances(spec, members, rng)
    known = np.triu(rng.random(chance.shape) < chance, 1)
    written = [circle[rng.random(len(circle)) >= spec.forgotten] for circle in members]
    truth = tuple(frozenset(circle.tolist()) for circle in written if len(circle) > 1)
    order = rng.permutation(spec.friends)  # a friend's number says nothing of the circle
    truth = tuple(frozenset(int(order[friend]) for friend in circle) for circle in truth)
    network = linked("A drawn ego network", names(spec.friends), order[np.argwhere(known)])
    return EgoNetwork(network, truth)


def names(count: int) -> list[str]:
    """So many first names, with numbers once they run out."""
    rounds = (count + len(NAMES) - 1) // len(NAMES)
    return [f"{name} {turn + 1}" if turn else name for turn in range(rounds) for name in NAMES][:count]


def _members(spec: EgoSpec, rng: np.random.Generator) -> list[np.ndarray]:
    """Members of each circle, nested ones last; the friends beyond the last base circle are loners."""
    inner = round(spec.nested * spec.circles) if spec.circles > 1 else 0
    base = spec.circles - inner
    if not base:
        return []
    sorted_in = max(base, round((1 - spec.loners) * spec.friends))
    shares = rng.dirichlet(np.full(base, 4.0))
    cuts = np.round(np.cumsum(shares)[:-1] * sorted_in).astype(int)
    members = [part for part in np.split(np.arange(min(sorted_in, spec.friends)), cuts)]
    homes = [set(part.tolist()) for part in members]
    for circle, part in enumerate(members):
        for friend in part[rng.random(len(part)) < spec.overlap]:
            if base > 1:
                homes[(circle + rng.integers(1, base)) % base].add(int(friend))
    members = [np.array(sorted(home), int) for home in homes]
    for _ in range(inner):
        parent = members[
            rng.choice(base, p=np.array([len(m) for m in members[:base]]) / sum(map(len, members[:base])))
        ]
        size = max(1, round(len(parent) * rng.uniform(0.35, 0.6)))
        members.append(np.sort(rng.choice(parent, size, replace=False)) if len(parent) else parent)
    return members


def _chances(spec: EgoSpec, members: list[np.ndarray], rng: np.random.Generator) -> np.ndarray:
    """Probability that two friends know each other, (n, n): one chance for each circle they share."""
    ease = rng.lognormal(0, 0.3, spec.friends)
    ease /= ease.mean()
    stay_strangers = np.full((spec.friends, spec.friends), 1 - spec.strangers)
    for circle in members:
        density = min(1.0, spec.density * rng.uniform(0.7, 1.3))
        pairs = np.ix_(circle, circle)
        stay_strangers[pairs] *= 1 - np.minimum(0.97, density * np.outer(ease[circle], ease[circle]))
    return 1 - stay_strangers
