"""Plates of graphs for the gallery that ships: matrices before and after, friends in their circles."""

from __future__ import annotations

import numpy as np

from lab.circles import EgoNetwork, EgoSpec, Recipe, ego_network, matching, stages
from lab.circles.layout import LEVEL, REACH, axis, hull, places
from lab.circles.outline import outlines
from lab.communities.graph_spec import GraphSpec
from lab.communities.ordering import by_groups, edge_ends, matched, shuffled
from lab.figures import communities as figures
from lab.figures.circles import tint
from lab.figures.sheet import Dots, Line, Mark, Picture, Sheet, Text
from lab.figures.style import LIGHT

WIDTH, MARGIN, GAP, TOP = 504.0, 24.0, 14.0, 44.0
SEED = 2
Circles = list[frozenset[int]]


def triptych() -> Sheet:
    """Four blocks as they were planted, shuffled, and recovered without being counted."""
    from lab.communities import recover  # which asks for torch

    graph = GraphSpec().draw()
    found = recover(graph.adjacency, seed=0).labels
    ends, side = edge_ends(graph.adjacency), (WIDTH - 2 * MARGIN - 2 * GAP) / 3
    panels = (
        ("planted", by_groups(graph.adjacency, graph.labels), graph.labels),
        ("shuffled", shuffled(len(graph.labels), 1), None),
        ("recovered", by_groups(graph.adjacency, found), matched(graph.labels, found)),
    )
    marks: list[Mark] = [Text(MARGIN, 28, "Four groups, recovered without being counted", LIGHT.ink, 14)]
    for index, (title, place, group) in enumerate(panels):
        x = MARGIN + index * (side + GAP)
        marks.append(Picture(x, TOP, side, side, figures.matrix_picture(ends, place, LIGHT, group)))
        marks.append(Text(x, TOP + side + 13, title, LIGHT.faint, 9, italic=True))
    return Sheet(WIDTH, TOP + side + 26, LIGHT.paper, "Four groups", tuple(marks))


def friends() -> Sheet:
    """Friends in the circles that were written down, and in those that were guessed from friendships."""
    ego = ego_network(EgoSpec(seed=SEED))
    guessed = list(stages(ego.adjacency, Recipe()))[-1].circles
    known = ego.written
    colours = {pair.found: pair.truth for pair in matching(known, guessed)}
    side = (WIDTH - 2 * MARGIN - GAP) / 2
    marks: list[Mark] = [Text(MARGIN, 28, "Circles, written and guessed", LIGHT.ink, 14)]
    written = [(circle, number) for number, circle in enumerate(known)]
    found = [(circle, _colour(colours.get(number))) for number, circle in enumerate(guessed)]
    for index, (title, circles) in enumerate((("as written", written), ("guessed", found))):
        x = MARGIN + index * (side + GAP)
        marks += _drawn(ego, circles, x, TOP, side)
        marks.append(Text(x, TOP + side + 13, title, LIGHT.faint, 9, italic=True))
    return Sheet(WIDTH, TOP + side + 26, LIGHT.paper, "Circles", tuple(marks))


def _colour(partner: int | None) -> int:
    return -1 if partner is None else partner


def _drawn(
    ego: EgoNetwork, circles: list[tuple[frozenset[int], int]], x: float, y: float, side: float
) -> list:
    """Friendships, outlines and friends in a square."""
    spots = places(ego.adjacency)
    scale = np.array([side, -side]) / (2 * REACH)
    middle = np.array([x + side / 2, y + side / 2])
    ends = edge_ends(ego.adjacency)
    marks: list = [
        Line(spots[pair] * scale + middle, LIGHT.line, 0.35) for pair in ends[ends[:, 0] < ends[:, 1]]
    ]
    first = np.full(len(spots), -1)
    for circle, colour in sorted(circles, key=lambda each: -len(each[0])):
        rings = outlines(hull(spots, tuple(sorted(circle))), axis(), LEVEL)
        marks += [Line(ring * scale + middle, tint(LIGHT, colour), 1.1) for ring in rings]
        first[list(circle)] = colour
    for colour in np.unique(first).tolist():
        there = spots[first == colour] * scale + middle
        marks.append(Dots(there, tint(LIGHT, colour), 2.0))
    return marks
