"""``python -m lab multiwindow``: the plate as SVG, PDF and PNG, and the table of windows, in a folder."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from lab.commands import tables
from lab.figures import sheet
from lab.figures.multiwindow import Look, lay_out
from lab.figures.multiwindow.lattice import tidy_rows
from lab.multiwindow import BINNINGS, Densities, Windows, WindowsSpec, densities, windows
from lab.multiwindow.densities import POINTS_LIMIT
from lab.tables import MISSING

KEEP = "keep"  # rows without a panel value are in the corner alone


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: the table, the four roles, the bins, where."""
    usual = WindowsSpec()
    tables.configure(parser, (*MISSING, KEEP))
    parser.add_argument(
        "--panel", nargs=2, default=usual.panel, metavar=("RIGHT", "UP"), help="panel variables"
    )
    parser.add_argument("--plot", nargs=2, default=usual.plot, metavar=("X", "Y"), help="plot variables")
    parser.add_argument("--bins", nargs=2, type=int, default=usual.bins, metavar=("COLUMNS", "ROWS"))
    parser.add_argument("--binning", choices=BINNINGS, default=usual.binning)
    parser.add_argument("--doubled", action="store_true", help="the doubled frames Tufte objects to")
    parser.add_argument("--uncounted", action="store_true", help="leave the counts of the windows out")
    parser.add_argument("--safe", action="store_true", help="colours that are safe for the colour-blind")
    parser.add_argument("--out", type=Path, default=Path("out/multiwindow"), metavar="DIR")


def perform(arguments: argparse.Namespace) -> int:
    """Cut, draw and write."""
    spec = WindowsSpec(
        tuple(arguments.panel), tuple(arguments.plot), tuple(arguments.bins), arguments.binning
    )
    table = tables.described(arguments)
    table = table if arguments.missing == KEEP else table.mended([*spec.panel, *spec.plot], arguments.missing)
    result: Windows | Densities
    if len(table) > POINTS_LIMIT:
        result = densities(table, spec)
    else:
        result = windows(table, spec.panel, spec.plot, spec.bins, spec.binning)
    look = Look(arguments.doubled, not arguments.uncounted, arguments.safe)
    plate = lay_out(
        result,
        table,
        table.groups(arguments.colour),
        look,
        f"{table.title} through {spec.bins[0] * spec.bins[1]} windows",
    )
    arguments.out.mkdir(parents=True, exist_ok=True)
    for ending, write in (("svg", sheet.svg), ("pdf", sheet.pdf), ("png", sheet.png)):
        (arguments.out / f"multiwindow.{ending}").write_bytes(write(plate))
    with (arguments.out / "windows.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(tidy_rows(result))
    print(arguments.out)
    return 0
