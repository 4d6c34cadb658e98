"""Social circles: the groups somebody sorted their friends into, guessed from the friendships alone."""

from lab.circles.baselines import BASELINES, clique_percolation, components, no_circles, one_circle
from lab.circles.ego import EgoNetwork, EgoSpec, ego_network
from lab.circles.finding import find_circles
from lab.circles.metric import Pair, edit_distance, matching, nothing
from lab.circles.recipe import OPTIONAL, STEPS, Recipe, Stage, stages

__all__ = [
    "BASELINES",
    "OPTIONAL",
    "STEPS",
    "EgoNetwork",
    "EgoSpec",
    "Pair",
    "Recipe",
    "Stage",
    "clique_percolation",
    "components",
    "edit_distance",
    "ego_network",
    "find_circles",
    "matching",
    "no_circles",
    "nothing",
    "one_circle",
    "stages",
]
