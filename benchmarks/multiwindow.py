"""Multiwindow plots of tables of growing length, drawn to the end: ``python benchmarks/multiwindow.py``.

Beside seaborn's FacetGrid on the lengths it survives, where seaborn is installed. Ours includes the cut, the
figure and its JSON, which is all that the server sends; FacetGrid includes drawing to PNG, its only output.
"""

import argparse
import importlib.util
import io
import time

import numpy as np

from lab.figures.multiwindow import Look, draw
from lab.figures.style import LIGHT
from lab.multiwindow import WindowsSpec, densities, windows
from lab.multiwindow.densities import POINTS_LIMIT
from lab.tables import Table

ROWS = (150, 1_000, 10_000, 100_000, 1_000_000, 10_000_000)
SEABORN_LIMIT = 10_000
SPEC = WindowsSpec(("a", "b"), ("c", "d"), (4, 4))


def table(n, rng):
    """Four correlated columns of n numbers."""
    common = rng.standard_normal(n)
    return Table("noise", {name: common + rng.standard_normal(n) for name in "abcd"})


def ours(numbers, device):
    """Cut and draw; points or densities as the page chooses."""
    if len(numbers) > POINTS_LIMIT:
        result = densities(numbers, SPEC, device=device)
    else:
        result = windows(numbers, SPEC.panel, SPEC.plot, SPEC.bins)
    return draw(result, numbers, numbers.groups(), LIGHT, Look()).to_json()


def theirs(numbers):
    """The same cut by seaborn's FacetGrid."""
    import matplotlib.pyplot as plt
    import pandas as pd
    import seaborn as sns

    frame = pd.DataFrame(numbers.columns)
    for name in SPEC.panel:
        frame[f"{name} bin"] = pd.cut(frame[name], 4, labels=False)
    grid = sns.FacetGrid(frame, col="a bin", row="b bin", margin_titles=True, height=1.5)
    grid.map(plt.scatter, "c", "d", s=4)
    grid.savefig(io.BytesIO(), format="png")
    plt.close(grid.figure)


def seconds(call, repeats=3):
    """Shortest of a few calls."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="*", default=ROWS)
    parser.add_argument("--device", default="cpu", help="where densities are counted: cpu, cuda")
    asked = parser.parse_args()
    peer = importlib.util.find_spec("seaborn") is not None
    print(f"{'rows':>12} {'ours s':>8} {'FacetGrid s':>12} {'ratio':>7}")
    for n in asked.rows:
        numbers = table(n, np.random.default_rng(0))
        mine = seconds(lambda numbers=numbers: ours(numbers, asked.device))
        other = seconds(lambda numbers=numbers: theirs(numbers), 1) if peer and n <= SEABORN_LIMIT else None
        beside = f"{other:12.3f} {mine / other:7.3f}" if other else f"{'-':>12} {'-':>7}"
        print(f"{n:>12,} {mine:8.3f} {beside}", flush=True)


if __name__ == "__main__":
    main()
