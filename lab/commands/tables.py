"""Tables for the statistics commands: by word or from a file."""

from __future__ import annotations

from pathlib import Path

from lab.tables import TABLES, Table, read_table, table


def fetch(name: str) -> Table:
    """A table by its word, or a visitor's own from a CSV or Parquet file."""
    if name in TABLES:
        return table(name)
    path = Path(name)
    if not path.is_file():
        raise ValueError(
            f"There is no table and no file {name!r}: choose a file or one of {', '.join(TABLES)}."
        )
    return read_table(path.read_bytes(), path.name)
