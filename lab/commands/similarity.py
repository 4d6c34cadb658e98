"""``python -m lab similarity``: scores, axes and explained variances of a table, written to a folder."""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

from lab.commands.tables import fetch
from lab.similarity import SIMILARITIES, decompose
from lab.tables import MISSING


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: the table, how it is decomposed, where."""
    parser.add_argument("--table", default="iris", help="a word (iris, wine, ...) or a CSV or Parquet file")
    parser.add_argument("--k", type=int, default=2, help="axes to keep")
    parser.add_argument("--similarity", choices=SIMILARITIES, default="linear")
    parser.add_argument("--route", default="auto", help="auto, covariance, gram, svd or randomised")
    parser.add_argument("--standardise", action="store_true", help="give every column the variance one")
    parser.add_argument("--uncentred", action="store_true", help="leave the mean where it is")
    parser.add_argument("--missing", choices=MISSING, default="drop", help="what becomes of rows with gaps")
    parser.add_argument("--out", type=Path, default=Path("out/similarity"), metavar="DIR")


def perform(arguments: argparse.Namespace) -> int:
    """Decompose and write."""
    table = fetch(arguments.table)
    table = table.mended(list(table.columns), arguments.missing)
    table = table.standardised() if arguments.standardise else table
    found = decompose(
        table.matrix(), arguments.k, not arguments.uncentred, arguments.similarity, arguments.route
    )
    axes = [f"axis {i}" for i in range(1, arguments.k + 1)]
    arguments.out.mkdir(parents=True, exist_ok=True)
    _write(arguments.out / "scores.csv", axes, found.scores.tolist())
    named = [[name, *row] for name, row in zip(table.columns, found.axes.tolist(), strict=True)]
    _write(arguments.out / "axes.csv", ["feature", *axes], named)
    result = {
        "table": table.title,
        "samples": len(table),
        "features": len(table.columns),
        "similarity": found.similarity,
        "route": found.route,
        "explained variance": found.explained_variance.tolist(),
        "total variance": found.total_variance,
    }
    (arguments.out / "result.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(arguments.out)
    return 0


def _write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
