"""The models folder: every Stable Diffusion that lies there, by its name, without reading its weights."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = "LATENT_LIBRARY_MODELS"
SUFFIXES = (".safetensors", ".ckpt")


@dataclass(frozen=True)
class Shelved:
    """A model in the folder.

    Parameters
    ----------
    name : str
        What a spec calls it: its path below the folder.
    kind : {"folder", "file"}
    bytes : int
        What it weighs on disk.
    """

    name: str
    kind: str
    bytes: int


def name_of(text: str) -> str:
    """The name of a model that a link may ask for: babel, one on the shelf, or a hub id.

    Raises
    ------
    ValueError
        For anything else: a stranger's link opens no path of this machine.
    """
    if text == "babel" or text in {model.name for model in models()}:
        return text
    if not is_hub_id(text):
        raise ValueError(f"There is no model {text[:40]!r} in the models folder.")
    return text


def is_hub_id(text: str) -> bool:
    """Whether a text may name a model of the hub, ``owner/name``, and no path of this machine."""
    plain = re.fullmatch(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", text) is not None
    return plain and ".." not in text and not Path(text).exists()


def folder() -> Path:
    """Where models are put: ``models`` beside the code, or what LATENT_LIBRARY_MODELS names."""
    return Path(os.environ.get(VARIABLE, ROOT / "models")).expanduser()


def models() -> tuple[Shelved, ...]:
    """Models in the folder, in the order of their names; none without a folder."""
    if not folder().is_dir():
        return ()
    found = [
        Shelved(place.name, "file", place.stat().st_size)
        for place in folder().iterdir()
        if place.is_file() and place.suffix in SUFFIXES
    ]
    for index in [*folder().glob("*/model_index.json"), *folder().glob("*/*/model_index.json")]:
        place = index.parent
        weight = sum(file.stat().st_size for file in place.rglob("*.safetensors"))
        found.append(Shelved(place.relative_to(folder()).as_posix(), "folder", weight))
    return tuple(sorted(found, key=lambda model: model.name.lower()))
