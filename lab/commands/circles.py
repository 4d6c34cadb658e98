"""``python -m lab circles``: circles of an ego network, drawn or one's own, and what each step scores."""

from __future__ import annotations

import argparse
import csv
import json
from dataclasses import MISSING, fields
from pathlib import Path

from lab.circles import (
    BASELINES,
    OPTIONAL,
    EgoNetwork,
    EgoSpec,
    Recipe,
    edit_distance,
    ego_network,
    nothing,
    stages,
)
from lab.networks import NETWORKS, network, read_network


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: whose friends, which steps, where."""
    add = parser.add_argument
    add("--graph", help=f"{', '.join(NETWORKS)}, or a file: edge list, CSV, GraphML; else friends are drawn")
    add("--whose", help="whose friends in that graph; the whole graph by default")
    for each in fields(EgoSpec):
        assert each.default is not MISSING
        add(f"--{each.name}", type=type(each.default), default=each.default, help="of the drawn network")
    add("--without", nargs="+", choices=OPTIONAL, default=[], help="steps to leave out")
    add("--time", type=float, default=Recipe.time, help="of the smooth powers")
    add("--thin", type=float, default=Recipe.density, help="least density of a circle")
    add("--welcome", type=float, default=Recipe.welcome, help="share of a circle one must know to join it")
    add("--out", type=Path, default=Path("out/circles"), metavar="DIR")


def perform(arguments: argparse.Namespace) -> int:
    """Guess the circles and write them."""
    ego = friends(arguments)
    steps = tuple(step for step in OPTIONAL if step not in arguments.without)
    recipe = Recipe(steps, arguments.time, arguments.thin, welcome=arguments.welcome)
    followed = list(stages(ego.adjacency, recipe))
    found = sorted(followed[-1].circles, key=lambda circle: (-len(circle), min(circle)))
    arguments.out.mkdir(parents=True, exist_ok=True)
    names = ego.network.names
    with (arguments.out / "circles.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [(place, names[friend]) for place, circle in enumerate(found, 1) for friend in sorted(circle)]
        csv.writer(file, lineterminator="\n").writerows([("circle", "member"), *rows])
    result = {"friends": len(names), "circles": [len(circle) for circle in found]}
    if ego.circles is not None:
        result["guess nothing"] = nothing(ego.circles)
        result["after each step"] = {s.step: edit_distance(ego.circles, s.circles) for s in followed}
        result["rivals"] = {
            title: edit_distance(ego.circles, method(ego.adjacency)) for title, method in BASELINES.values()
        }
        print(f"{edit_distance(ego.circles, found)} edits; guessing nothing costs {result['guess nothing']}")
    (arguments.out / "result.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(arguments.out)
    return 0


def friends(arguments: argparse.Namespace) -> EgoNetwork:
    """The ego network that the arguments name."""
    if arguments.graph is None:
        return ego_network(EgoSpec(**{each.name: getattr(arguments, each.name) for each in fields(EgoSpec)}))
    path = Path(arguments.graph)
    whole = (
        network(arguments.graph)
        if arguments.graph in NETWORKS
        else read_network(path.read_bytes(), path.name)
    )
    if arguments.whose is None:
        return EgoNetwork(whole, None)
    if arguments.whose not in whole.names:
        raise ValueError(f"Nobody is called {arguments.whose!r} in {whole.title}: choose one of its names.")
    return EgoNetwork(whole.around(whole.names.index(arguments.whose)), None)
