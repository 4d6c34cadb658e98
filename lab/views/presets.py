"""Presets: `data/presets/<word>.toml` as a row of names; choosing one sets the page's state."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import streamlit as st

from lab.catalog import ROOT


@dataclass(frozen=True)
class Preset:
    """One `[[preset]]` table: a title, a note, and whatever values the page understands."""

    title: str
    note: str
    values: dict


@cache
def read(word: str) -> tuple[Preset, ...]:
    """The presets of an experiment, in the order of the file; none without a file."""
    path = ROOT / "data" / "presets" / f"{word}.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8")).get("preset", []) if path.is_file() else []
    return tuple(
        Preset(
            table["title"],
            table.get("note", ""),
            {k: v for k, v in table.items() if k not in ("title", "note")},
        )
        for table in tables
    )


def choose(word: str, apply: Callable[[Preset], None], label: str = "Presets") -> None:
    """Show the presets' names; a click calls `apply` before the page is drawn anew."""
    presets = {preset.title: preset for preset in read(word)}
    key = f"{word} preset"

    def chosen() -> None:
        if title := st.session_state[key]:
            apply(presets[title])

    st.pills(label, list(presets), key=key, on_change=chosen)
