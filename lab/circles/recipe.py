"""The recipe reported of the contest's winner, in steps that can be left out one by one.

Compare the friends by their walks in the ego network, cluster them, drop what is thin, add those who belong,
add small components, merge doubles. The walks are those of exp(t S) with S the adjacency over the square
roots of the degrees, so that popular people do not drown the rest; rows are compared by their correlation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from lab.circles.baselines import Circles, components
from lab.circles.clusters import clustered
from lab.walks import dense, smooth_powers, standard_rows

STEPS = {
    "smooth": "Smooth powers",
    "cluster": "Cluster the rows",
    "thin": "Drop thin circles",
    "augment": "Add who belongs",
    "small": "Add small components",
    "merge": "Merge doubles",
}
OPTIONAL = ("smooth", "thin", "augment", "small", "merge")


@dataclass(frozen=True)
class Recipe:
    """What the recipe does, and how much of it.

    Attributes
    ----------
    steps : tuple of str
        Those of `OPTIONAL` that are taken.
    time : float
        Of the smooth powers: the larger, the farther one looks.
    density : float
        Least share of pairs that know each other in a circle.
    standing : float
        Who knows less than this share of what members know on average leaves the circle.
    welcome : float
        Who knows at least this share of a circle joins it.
    least, most : int
        Size of the components that become circles.
    double : float
        Overlap (intersection over union) from which two circles are one.
    """

    steps: tuple[str, ...] = OPTIONAL
    time: float = 4.0
    density: float = 0.2
    standing: float = 0.4
    welcome: float = 0.4
    least: int = 5
    most: int = 15
    double: float = 0.75

    def validate(self) -> Recipe:
        """The recipe itself, or `ValueError` with one sentence about what cannot be."""
        if unknown := set(self.steps) - set(OPTIONAL):
            raise ValueError(f"No step is called {min(unknown)!r}: choose among {', '.join(OPTIONAL)}.")
        if not 0 < self.time <= 20:
            raise ValueError(f"The time of the walks is {self.time}, but it must be above 0 and at most 20.")
        for name in ("density", "standing", "welcome", "double"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} is {getattr(self, name)}, but it is a share from 0 to 1.")
        return self


@dataclass(frozen=True)
class Stage:
    """The circles after a step.

    Attributes
    ----------
    step : str
        One of `STEPS`.
    circles : list of frozenset of int
    taken : bool
        False where the step was left out and nothing changed.
    """

    step: str
    circles: Circles
    taken: bool


def stages(adjacency: sparse.csr_array, recipe: Recipe = Recipe(), seed: int = 0) -> Iterator[Stage]:  # noqa: B008
    """The circles after each step of `STEPS` in turn.

    Parameters
    ----------
    adjacency : csr_array of shape (n, n)
        Symmetric, zeros and ones.
    recipe : Recipe
    seed : int
        Decides between friends who are exactly alike.
    """
    recipe.validate()
    yield Stage("smooth", [], "smooth" in recipe.steps)
    found = clustered(adjacency, profiles(adjacency, recipe), np.random.default_rng(seed))
    yield Stage("cluster", found, True)
    verbs: dict[str, Callable[[sparse.csr_array, Circles, Recipe], Circles]] = {
        "thin": thinned,
        "augment": augmented,
        "small": with_components,
        "merge": merged,
    }
    for step, verb in verbs.items():
        taken = step in recipe.steps
        found = verb(adjacency, found, recipe) if taken else found
        yield Stage(step, found, taken)


def profiles(adjacency: sparse.csr_array, recipe: Recipe) -> np.ndarray:
    """One row for each friend, mean 0 and variance 1, (n, n); without smoothing those of A + I."""
    matrix = dense(adjacency)
    if "smooth" in recipe.steps:
        roots = np.sqrt(np.maximum(matrix.sum(0), 1))
        return standard_rows(smooth_powers(matrix / np.outer(roots, roots), recipe.time))
    return standard_rows(matrix + np.eye(len(matrix)))


def thinned(adjacency: sparse.csr_array, found: Circles, recipe: Recipe) -> Circles:
    """Circles whose members know each other: hangers-on leave, then thin circles and those under 3."""
    kept = []
    for circle in found:
        members = set(circle)
        while len(members) > 3:
            order = sorted(members)
            known = _known(adjacency, members)[order]
            worst = int(known.argmin())
            if known[worst] >= recipe.standing * known.mean():
                break
            members.remove(order[worst])
        if len(members) >= 3 and density(adjacency, members) >= recipe.density:
            kept.append(frozenset(members))
    return kept


def augmented(adjacency: sparse.csr_array, found: Circles, recipe: Recipe) -> Circles:
    """Circles with those who know many in them: a share of the members, or most of all they know at all."""
    degree = np.diff(adjacency.indptr)
    grown = []
    for circle in found:
        members = set(circle)
        for _ in range(2):
            known = _known(adjacency, members)
            belongs = (known >= max(2, recipe.welcome * len(members))) | (
                (known >= 0.75 * degree) & (known >= max(2, 0.2 * len(members)))
            )
            members |= set(np.flatnonzero(belongs).tolist())
        grown.append(frozenset(members))
    return grown


def with_components(adjacency: sparse.csr_array, found: Circles, recipe: Recipe) -> Circles:
    """Circles, and the small connected components of which nobody is in one yet."""
    taken = frozenset().union(*found)
    parts = components(adjacency, recipe.least, recipe.most)
    return [*found, *(part for part in parts if not part & taken)]


def merged(adjacency: sparse.csr_array, found: Circles, recipe: Recipe) -> Circles:
    """Circles of which no two are nearly the same; the union takes the place of both."""
    kept: Circles = []
    for circle in sorted(found, key=lambda circle: (-len(circle), min(circle, default=0))):
        twin = next((i for i, other in enumerate(kept) if _overlap(circle, other) > recipe.double), None)
        if twin is None:
            kept.append(circle)
        else:
            kept[twin] |= circle
    return kept


def density(adjacency: sparse.csr_array, circle) -> float:
    """Share of the pairs of a circle that know each other; 0 for fewer than two."""
    members = sorted(circle)
    pairs = len(members) * (len(members) - 1)
    return float(adjacency[members][:, members].sum() / pairs) if pairs else 0.0


def _known(adjacency: sparse.csr_array, members) -> np.ndarray:
    """How many of the members each friend knows, (n,)."""
    inside = np.zeros(adjacency.shape[0])
    inside[list(members)] = 1
    return adjacency @ inside


def _overlap(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / max(1, len(a | b))
