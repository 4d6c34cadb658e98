"""``python -m lab communities``: groups of a graph, drawn or one's own; the sweep, the exhibits."""

from __future__ import annotations

import argparse
import csv
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from lab.catalog import ROOT
from lab.communities.agreement import overlap
from lab.communities.archive import as_json, kept
from lab.communities.graph_spec import GraphSpec
from lab.networks import NETWORKS, network, read_network
from lab.presets import read

GALLERY = ROOT / "data" / "gallery" / "communities"
CONTROLS = {"n": "n", "k": "k", "cin": "c_in", "cout": "c_out", "seed": "seed", "tail": "tail"}
PERCENT = {"uneven": "uneven", "isolated": "isolated"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: which graph, what to make, where."""
    add = parser.add_argument
    add("--graph", help=f"{', '.join(NETWORKS)}, or a file: edge list, CSV, GraphML; else a graph is drawn")
    for each in fields(GraphSpec):
        kind = type(each.default)
        add(f"--{each.name.replace('_', '-')}", type=kind, default=each.default, help="of the drawn graph")
    add("--method", default="auto", help="auto, or one of lab.communities.METHODS")
    add("--sweep", action="store_true", help="measure the phase diagram that ships with the library")
    add("--store", type=Path, default=Path("out/sweep"), metavar="DIR", help="keeps a sweep's results")
    add("--workers", type=int, default=1, help="processes of a sweep")
    add("--exhibits", action="store_true", help="recover anew what the presets show")
    add("--out", type=Path, default=Path("out/communities"), metavar="DIR")


def perform(arguments: argparse.Namespace) -> int:
    """Recover and write."""
    if arguments.sweep:
        return _sweep(arguments)
    if arguments.exhibits:
        return _exhibits()
    from lab.communities import recover

    adjacency, truth, names = graph(arguments)
    found = recover(adjacency, seed=0, method=arguments.method)
    arguments.out.mkdir(parents=True, exist_ok=True)
    with (arguments.out / "labels.csv").open("w", encoding="utf-8", newline="") as file:
        rows = zip(names, found.labels.tolist(), found.certainty.round(4).tolist(), strict=True)
        csv.writer(file, lineterminator="\n").writerows([("vertex", "group", "certainty"), *rows])
    result: dict[str, Any] = {"vertices": len(names), "edges": int(adjacency.nnz // 2), "k": int(found.k)}
    result["method"] = found.method
    result["evidence"] = {str(k): round(float(nats), 3) for k, nats in found.evidence.items()}
    if truth is not None:
        there = np.diff(adjacency.indptr) > 0
        result["overlap"] = round(overlap(truth[there], found.labels[there]), 4)
    (arguments.out / "result.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(f"{found.k} groups" + (f", overlap {result['overlap']}" if truth is not None else ""))
    print(arguments.out)
    return 0


def graph(arguments: argparse.Namespace):
    """Adjacency, hidden groups (or None), and names of the vertices."""
    if arguments.graph is None:
        made = GraphSpec(**{each.name: getattr(arguments, each.name) for each in fields(GraphSpec)}).draw()
        return made.adjacency, made.labels, range(len(made.labels))
    path = Path(arguments.graph)
    known = arguments.graph in NETWORKS
    given = network(arguments.graph) if known else read_network(path.read_bytes(), path.name)
    return given.adjacency, given.groups, given.names


def _sweep(arguments: argparse.Namespace) -> int:
    from lab.communities import phases
    from lab.sweeps import sweep

    points = list(phases.points())
    results: list = []
    for number, result in enumerate(sweep(phases.overlap_at, points, arguments.store, arguments.workers), 1):
        results.append(result)
        if number % 20 == 0 or number == len(points):
            print(f"{number} of {len(points)}", flush=True)
    print(phases.write(iter(results), GALLERY / "phase.json"))
    return 0


def _exhibits() -> int:
    """Recoveries of the graphs that the presets show, so that the room opens without torch."""
    from lab.communities import recover

    known = {}
    for preset in read("communities"):
        key, adjacency = exhibit(preset.values)
        known[key] = kept(recover(adjacency))
        print(f"{preset.title}: {known[key].k} groups")
    GALLERY.mkdir(parents=True, exist_ok=True)
    (GALLERY / "recoveries.json").write_text(as_json(known) + "\n", encoding="utf-8")
    print(GALLERY / "recoveries.json")
    return 0


def exhibit(values: dict):
    """Key and adjacency of a preset's graph, as the page names it."""
    if (word := values.get("graph", "drawn")) != "drawn":
        given = network(word)
        return given.key(word), given.adjacency
    told = {name: values[key] for key, name in CONTROLS.items() if key in values}
    told |= {name: values[key] / 100 for key, name in PERCENT.items() if key in values}
    told |= {name: kind(told[name]) for name, kind in (("n", int), ("tail", float)) if name in told}
    spec = GraphSpec(**told)
    return spec.key(), spec.draw().adjacency
