"""The ego network with its circles as soft hulls: as written, and as the recipe guesses them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from lab.circles import EgoNetwork, Pair, Recipe, Stage, matching, stages
from lab.circles.layout import LEVEL, REACH, axis, hull, places
from lab.circles.outline import outlines
from lab.figures import circles as figures
from lab.views import page
from lab.views.circles.knobs import Asked

Circles = list[frozenset[int]]
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True, eq=False)
class Guess:
    """The recipe followed to its end.

    Attributes
    ----------
    stages : list of Stage
    circles : list of frozenset of int
        Largest first.
    pairs : list of Pair
        With the circles as written; empty where nobody wrote any.
    """

    stages: list[Stage]
    circles: Circles
    pairs: list[Pair]


@st.cache_data(show_spinner=False, max_entries=64)
def _guess(_ego: EgoNetwork, key: str, recipe: Recipe) -> Guess:
    steps = list(stages(_ego.adjacency, recipe))
    found = sorted(steps[-1].circles, key=lambda circle: (-len(circle), min(circle)))
    return Guess(steps, found, matching(_ego.circles, found) if _ego.circles else [])


@st.cache_data(show_spinner=False, max_entries=64)
def _spots(_ego: EgoNetwork, key: str) -> np.ndarray:
    return places(_ego.adjacency)


@st.cache_data(show_spinner=False, max_entries=512)
def _outlines(_ego: EgoNetwork, key: str, members: tuple[int, ...]) -> list[np.ndarray]:
    return outlines(hull(_spots(_ego, key), members), axis(), LEVEL)


def key_of(asked: Asked) -> str:
    """Names the network in the caches."""
    if asked.spec:
        return asked.spec.key()
    matrix = asked.ego.adjacency
    return f"{asked.word} {asked.whose} {matrix.shape[0]} {hash(matrix.indices.tobytes())}"


def guess(asked: Asked, recipe: Recipe) -> Guess:
    """What the recipe finds in the network."""
    return _guess(asked.ego, key_of(asked), recipe)


def drawings(asked: Asked, found: Guess) -> None:
    """The circles as written beside those that were guessed, in the same places."""
    count = len(asked.ego.network)
    if asked.ego.circles is None:
        told = f"{len(found.circles)} circles guessed among {count} people, drawn as soft hulls."
        _draw(asked, "found", _found_hulls(asked, found), told, f"**Guessed** among {count} people.")
        return
    left, right = st.columns(2, gap="small")
    with left:
        told = (
            f"{len(asked.ego.circles)} circles as they were written down, as soft hulls around their members."
        )
        _draw(
            asked, "truth", _true_hulls(asked), told, "**As written**: circles somebody sorted friends into."
        )
    with right:
        told = f"{len(found.circles)} circles that the recipe guessed, in the colours of their partners."
        words = "**Guessed** from the friendships alone; grey: a circle nobody wrote down."
        _draw(asked, "found", _found_hulls(asked, found), told, words)


def _draw(asked: Asked, key: str, hulls: list[figures.Hull], told: str, words: str) -> None:
    network = asked.ego.network
    matrix = network.adjacency.tocoo()
    ends = np.column_stack(matrix.coords)
    drawn = figures.draw_ego(
        _spots(asked.ego, key_of(asked)),
        ends[ends[:, 0] < ends[:, 1]],
        network.names,
        hulls,
        REACH,
        page.colours(),
        height=340 if asked.ego.circles is not None else 600,
    )
    page.figure(drawn, key, told, words)


def _true_hulls(asked: Asked) -> list[figures.Hull]:
    return [
        figures.Hull(f"circle {ROMAN[i]}", _hull(asked, circle), i, circle)
        for i, circle in enumerate(asked.ego.written)
    ]


def _found_hulls(asked: Asked, found: Guess) -> list[figures.Hull]:
    partners = {pair.found: pair.truth for pair in found.pairs if _partners(pair, found)}
    hulls = []
    for place, circle in enumerate(found.circles):
        if asked.ego.circles is None:
            title, colour = f"circle {place + 1}", place
        else:
            partner = partners.get(place)
            title = "a circle nobody wrote down" if partner is None else f"guess of circle {ROMAN[partner]}"
            colour = -1 if partner is None else partner
        hulls.append(figures.Hull(title, _hull(asked, circle), colour, circle))
    return hulls


def _partners(pair: Pair, found: Guess) -> bool:
    """Whether a guess has anything to do with the circle it is matched with."""
    if pair.truth is None or pair.found is None:
        return False
    return len(found.circles[pair.found]) > pair.wrong


def _hull(asked: Asked, circle: frozenset[int]) -> list[np.ndarray]:
    return _outlines(asked.ego, key_of(asked), tuple(sorted(circle)))
