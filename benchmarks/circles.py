"""Circles found in 50 drawn ego networks beside every baseline: ``python -m benchmarks.circles``.

One line a method: mean edit distance (Kaggle's metric, lower is better), its share of what "no circles"
costs, milliseconds, and on how many networks it beats that. The recipe is shown whole, with each step left
out, and after each step. The networks differ in size, density, overlap, nesting and noise; ``--first`` takes
other seeds.
"""

import argparse
import os
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np  # noqa: E402

from lab.circles import (  # noqa: E402
    BASELINES,
    OPTIONAL,
    STEPS,
    EgoSpec,
    Recipe,
    edit_distance,
    ego_network,
    stages,
)


def drawn(first: int, count: int) -> list[EgoSpec]:
    """Specs of different networks, from an easy one to one that nobody can sort."""
    rng = np.random.default_rng(first)
    return [
        EgoSpec(
            friends=int(rng.integers(30, 160)),
            circles=int(rng.integers(3, 9)),
            overlap=rng.uniform(0, 0.4),
            nested=rng.uniform(0, 0.4),
            loners=rng.uniform(0.1, 0.4),
            forgotten=rng.uniform(0, 0.2),
            density=rng.uniform(0.25, 0.7),
            strangers=rng.uniform(0.005, 0.03),
            seed=first + number,
        )
        for number in range(count)
    ]


def measure(networks, method):
    """Edit distance on every network, and the mean milliseconds."""
    begun = time.process_time()
    found = [method(each.adjacency) for each in networks]
    spent = (time.process_time() - begun) / len(networks)
    return [
        edit_distance(each.circles, guess) for each, guess in zip(networks, found, strict=True)
    ], spent * 1e3


def recipe_of(**choices):
    """A method that follows the recipe with these choices to its end."""
    return lambda adjacency: [stage.circles for stage in stages(adjacency, Recipe(**choices))][-1]


def main():
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--first", type=int, default=1000, help="seed of the first network")
    parser.add_argument("--count", type=int, default=50)
    asked = parser.parse_args()
    networks = [ego_network(spec) for spec in drawn(asked.first, asked.count)]
    methods = {title: method for title, method in BASELINES.values()} | {"the recipe": recipe_of()}
    methods |= {
        f"without “{STEPS[step]}”": recipe_of(steps=tuple(s for s in OPTIONAL if s != step))
        for step in OPTIONAL
    }
    none = None
    print(f"{asked.count} ego networks, seeds from {asked.first}\n{'':<34}edits  of none      ms  wins")
    for title, method in methods.items():
        scores, milliseconds = measure(networks, method)
        none = none or scores
        wins = sum(a < b for a, b in zip(scores, none, strict=True))
        share = np.mean(scores) / np.mean(none)
        print(f"{title:<34}{np.mean(scores):5.1f}  {share:7.2f}  {milliseconds:6.1f}  {wins:4d}")
    print("\nafter each step")
    after = {step: [] for step in STEPS}
    for each in networks:
        for stage in stages(each.adjacency):
            after[stage.step].append(edit_distance(each.circles, stage.circles))
    for step, scores in after.items():
        print(f"{STEPS[step]:<34}{np.mean(scores):5.1f}")


if __name__ == "__main__":
    main()
