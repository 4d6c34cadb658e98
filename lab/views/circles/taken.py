"""What a visitor takes home from the circles room: code, command, circles, friendships."""

from __future__ import annotations

import csv
import io
import shlex
from dataclasses import fields

import numpy as np

from lab.circles import OPTIONAL, EgoSpec, Recipe
from lab.views import networks, takeaways
from lab.views.circles.knobs import ALL, Asked
from lab.views.circles.show import Guess

WORD = "circles"
FLAGS = {"time": "--time", "density": "--thin", "welcome": "--welcome"}


def offer(asked: Asked, recipe: Recipe, found: Guess) -> None:
    """Show the code and the files."""
    takeaways.code(python(asked, recipe), command(asked, recipe), WORD)
    takeaways.downloads(
        [
            takeaways.Download("Circles (CSV)", "circles.csv", "text/csv", lambda: members(asked, found)),
            takeaways.Download("Friendships (CSV)", "friends.csv", "text/csv", lambda: edges(asked)),
        ]
    )


def python(asked: Asked, recipe: Recipe) -> str:
    """Python that draws or reads the same friends and guesses the same circles."""
    truth = ""
    if asked.spec:
        drawn = f"ego = ego_network(EgoSpec({_changed(asked.spec)}))"
        fetch = f"from lab.circles import EgoSpec, ego_network\n\n{drawn}"
        graph, truth = "ego", "\nprint(edit_distance(ego.circles, circles), nothing(ego.circles))"
    else:
        fetch = (
            networks.python()
            if asked.word == networks.OWN
            else f'from lab.networks import network as shipped\n\nnetwork = shipped("{asked.word}")'
        )
        if asked.whose != ALL:
            fetch += f"\nnetwork = network.around(network.names.index({asked.whose!r}))"
        graph = "network"
    words = "Recipe, edit_distance, find_circles, nothing" if truth else "Recipe, find_circles"
    return (
        f"from lab.circles import {words}\n{fetch}\n\n"
        f"circles = find_circles({graph}, seed=0, recipe=Recipe({_changed(recipe)}))\nprint(circles){truth}"
    )


def _changed(spec: EgoSpec | Recipe) -> str:
    """Arguments that differ from the defaults."""
    differ = [each for each in fields(spec) if getattr(spec, each.name) != each.default]
    return ", ".join(f"{each.name}={getattr(spec, each.name)!r}" for each in differ)


def command(asked: Asked, recipe: Recipe) -> str:
    """The shell command that writes the same circles."""
    words = ["python", "-m", "lab", WORD]
    if asked.spec:
        for each in fields(asked.spec):
            if getattr(asked.spec, each.name) != each.default:
                words += [f"--{each.name}", str(getattr(asked.spec, each.name))]
    else:
        words += ["--graph", networks.file_name() if asked.word == networks.OWN else asked.word]
        words += [] if asked.whose == ALL else ["--whose", asked.whose]
    left_out = [step for step in OPTIONAL if step not in recipe.steps]
    words += ["--without", *left_out] if left_out else []
    for name, flag in FLAGS.items():
        if getattr(recipe, name) != getattr(Recipe, name):
            words += [flag, str(getattr(recipe, name))]
    return shlex.join([*words, "--out", f"out/{WORD}"])


def members(asked: Asked, found: Guess) -> bytes:
    """One line for each membership."""
    names = asked.ego.network.names
    rows = [
        (place + 1, names[friend]) for place, circle in enumerate(found.circles) for friend in sorted(circle)
    ]
    return _table(("circle", "member"), rows)


def edges(asked: Asked) -> bytes:
    """One line for each friendship: a file that the room reads again."""
    network = asked.ego.network
    ends = np.column_stack(network.adjacency.tocoo().coords)
    rows = [(network.names[a], network.names[b]) for a, b in ends if a < b]
    return _table(("source", "target"), rows)


def _table(header, rows) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode()
