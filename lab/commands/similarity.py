"""``python -m lab similarity``: a step of the derivation, its plate and its numbers, in a folder."""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

from lab.commands import tables
from lab.figures import sheet
from lab.figures.plate import plate
from lab.figures.similarity import draw, on_paper
from lab.similarity import SIMILARITIES, decompose, steps
from lab.similarity.listing import listing
from lab.tables import Table, cities, table
from lab.tables.made import oval

STEPS = ("direction", "matrix", "duality", "centring", "kernels", "distances", "real")
VIEWS = ("biplot", "plane", "space")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: the step, the table, how it is decomposed, where."""
    parser.add_argument("--step", choices=STEPS, default="real", help="of the derivation on the page")
    tables.configure(parser)
    parser.add_argument("--columns", nargs="+", metavar="COLUMN", help="columns to use; all by default")
    parser.add_argument("--standardise", action="store_true", help="give every column the variance one")
    parser.add_argument("--k", type=int, default=2, help="axes to keep")
    parser.add_argument("--similarity", choices=SIMILARITIES, default="linear")
    parser.add_argument("--gamma", type=float, help="of the polynomial and the Gaussian similarity")
    parser.add_argument("--degree", type=int, help="of the polynomial similarity")
    parser.add_argument("--route", default="auto", help="auto, covariance, gram, svd or randomised")
    parser.add_argument("--uncentred", action="store_true", help="leave the mean where it is")
    parser.add_argument("--angle", type=float, default=90, help="of step direction, in degrees")
    parser.add_argument("--distance", type=float, default=4, help="of the mean, of step centring")
    parser.add_argument("--toward", type=float, default=120, help="where the mean lies, in degrees")
    parser.add_argument("--view", choices=VIEWS, default="biplot", help="of the scores, of step real")
    parser.add_argument("--sample", type=int, help="which digit is rebuilt")
    parser.add_argument("--out", type=Path, default=Path("out/similarity"), metavar="DIR")


def perform(arguments: argparse.Namespace) -> int:
    """Answer the step's question and write the answer."""
    if arguments.step == "real" and (
        arguments.similarity != "linear" or arguments.route != "auto" or arguments.uncentred
    ):
        return _decompose(arguments)
    result, used = answer(arguments)
    figures = draw(result, used, colour=arguments.colour, view=arguments.view, sample=arguments.sample)
    title = used.title if used else "PCA via similarity"
    arguments.out.mkdir(parents=True, exist_ok=True)
    _plates(arguments.out / arguments.step, plate(on_paper(figures), title))
    labels = used.labels(arguments.colour) if used else None
    _write(arguments.out / f"{arguments.step}.csv", listing(result, labels))
    if arguments.step == "real":
        _tell(arguments.out, used, result.found, arguments.k)
    print(arguments.out)
    return 0


def answer(arguments: argparse.Namespace):
    """The step's result, and the table it is about (None for the oval cloud and the map)."""
    if arguments.step == "direction":
        return steps.turn(oval(), arguments.angle), None
    if arguments.step == "centring":
        return steps.displace(oval(), arguments.distance, arguments.toward), None
    if arguments.step == "distances":
        return steps.chart(*cities()), None
    if arguments.step == "kernels":
        rings = table("rings")
        return steps.bend(rings.matrix(), arguments.similarity, **_kernel(arguments)), rings
    used = _samples(arguments)
    if arguments.step == "duality":
        return steps.meet(used.matrix()), used
    verb = steps.compare if arguments.step == "matrix" else steps.analyse
    return verb(used.matrix(), arguments.k), used


def _kernel(arguments):
    names = {"polynomial": ("gamma", "degree"), "rbf": ("gamma",)}.get(arguments.similarity, ())
    return {name: getattr(arguments, name) for name in names if getattr(arguments, name) is not None}


def _samples(arguments) -> Table:
    used = tables.fetch(arguments)
    used = used.mended(arguments.columns or list(used.columns), arguments.missing)
    return used.standardised() if arguments.standardise else used


def _decompose(arguments) -> int:
    """Scores and axes alone, by a chosen similarity and route."""
    used = _samples(arguments)
    how = (not arguments.uncentred, arguments.similarity, arguments.route)
    found = decompose(used.matrix(), arguments.k, *how, **_kernel(arguments))
    arguments.out.mkdir(parents=True, exist_ok=True)
    _tell(arguments.out, used, found, arguments.k)
    print(arguments.out)
    return 0


def _tell(out, used, found, k):
    """Scores, axes and spectrum of a decomposition as two tables and one JSON file."""
    axes = [f"axis {i}" for i in range(1, k + 1)]
    _write(out / "scores.csv", [axes, *found.scores[:, :k].tolist()])
    named = [[name, *row] for name, row in zip(used.columns, found.axes[:, :k].tolist(), strict=True)]
    _write(out / "axes.csv", [["feature", *axes], *named])
    result = {
        "table": used.title,
        "samples": len(used),
        "features": len(used.columns),
        "similarity": found.similarity,
        "route": found.route,
        "explained variance": found.explained_variance[:k].tolist(),
        "total variance": found.total_variance,
    }
    (out / "result.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def _plates(stem, set_):
    for ending, write in (("svg", sheet.svg), ("pdf", sheet.pdf), ("png", sheet.png)):
        stem.with_suffix(f".{ending}").write_bytes(write(set_))


def _write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
