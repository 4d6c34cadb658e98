"""Tables for the statistics commands: by word, from a file, or of text embeddings."""

from __future__ import annotations

import argparse
from pathlib import Path

from lab.diffusion.collection import KINDS, Collection
from lab.tables import MISSING, TABLES, Table, on_axes, read_table, table

PROMPTS = "prompts"


def configure(parser: argparse.ArgumentParser, missing: tuple[str, ...] = MISSING) -> None:
    """Add the arguments that say which table it is and how its gaps are mended."""
    usual = Collection()
    parser.add_argument(
        "--table",
        default="iris",
        help=f"a word ({', '.join(TABLES)}), a CSV or Parquet file, or prompts:{{{','.join(KINDS)}}}",
    )
    parser.add_argument("--missing", choices=missing, default="drop", help="what becomes of rows with gaps")
    parser.add_argument("--colour", metavar="COLUMN", help="text column that colours the points")
    own = parser.add_argument_group("prompts", "of prompts:path and prompts:cloud")
    own.add_argument("--prompt", action="append", default=[], help="one of the path's, or the cloud's middle")
    own.add_argument("--frames", type=int, default=usual.frames, help="rows of each leg of the path")
    own.add_argument("--count", type=int, default=usual.count, help="steps of the cloud")
    own.add_argument("--sigma", type=float, default=usual.sigma)
    own.add_argument("--pull", type=float, default=usual.pull)
    own.add_argument("--seed", type=int, default=usual.seed)
    own.add_argument("--model", default=usual.model)


def fetch(arguments: argparse.Namespace) -> Table:
    """The table that the arguments ask for, gaps and all."""
    name = arguments.table
    if name.split(":")[0] == PROMPTS:
        return _embedded(arguments)
    if name in TABLES:
        return table(name)
    path = Path(name)
    if not path.is_file():
        raise ValueError(
            f"There is no table and no file {name!r}: choose a file or one of {', '.join(TABLES)}."
        )
    return read_table(path.read_bytes(), path.name)


def is_embedded(arguments: argparse.Namespace) -> bool:
    """Whether the table holds text embeddings, whose single coordinates mean nothing."""
    return arguments.table.split(":")[0] == PROMPTS


def described(arguments: argparse.Namespace) -> Table:
    """The table, by its principal scores where it holds embeddings."""
    found = fetch(arguments)
    return on_axes(found) if is_embedded(arguments) else found


def _embedded(arguments: argparse.Namespace) -> Table:
    from lab.diffusion import load
    from lab.diffusion.tabulate import tabulate

    named = {name: getattr(arguments, name) for name in ("frames", "count", "sigma", "pull", "seed", "model")}
    kind = arguments.table.partition(":")[2] or "dictionary"
    asked = Collection(kind, tuple(arguments.prompt), **named).validate()
    *_, made = tabulate(load(asked.model), asked)
    assert isinstance(made, Table)
    return made
