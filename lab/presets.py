"""Presets are data: `data/presets/<word>.toml`, a list of tables, each with a title, a note and values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from lab.catalog import ROOT


@dataclass(frozen=True)
class Preset:
    """Something a visitor can start from.

    Parameters
    ----------
    title, note : str
        What it is called, and what stands under that.
    values : dict
        Whatever the experiment of that word understands.
    """

    title: str
    note: str
    values: dict


@cache
def read(word: str) -> tuple[Preset, ...]:
    """The presets of an experiment, in the order of the file.

    Parameters
    ----------
    word : str
        Of the experiment; one without a file has none.
    """
    path = ROOT / "data" / "presets" / f"{word}.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8")).get("preset", []) if path.is_file() else []
    return tuple(Preset(table.pop("title"), table.pop("note", ""), table) for table in tables)
