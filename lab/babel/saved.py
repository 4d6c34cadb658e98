"""Networks that name attributes, in a folder: weights, the values of the attributes, checksums."""

from __future__ import annotations

import json
from pathlib import Path

from safetensors.torch import load_file, save_file
from torch import nn

from lab import checksums

LABELS = "attributes.json"


def save(network: nn.Module, labels: dict[str, list[str]], folder: Path, weights: str) -> None:
    """Write weights and labels, and the list of all files of the folder; everybody may read them."""
    folder.mkdir(parents=True, exist_ok=True)
    halves = {name: value.half().contiguous() for name, value in network.state_dict().items()}
    save_file(halves, folder / weights)
    (folder / LABELS).write_text(json.dumps(labels, indent=2) + "\n")
    checksums.write(folder)
    for path in folder.iterdir():
        path.chmod(0o644)


def open_labels(folder: Path, weights: str, owner: str) -> dict[str, list[str]]:
    """Labels of a saved network; one sentence where the owner's files are not as they were."""
    checksums.check(folder, owner)
    if not (folder / weights).is_file():
        raise ValueError(f"{owner.capitalize()} is not there; {checksums.mend(folder)}.")
    return json.loads((folder / LABELS).read_text())


def restore(network: nn.Module, file: Path) -> None:
    """Read weights into a network in float32 and freeze it."""
    network.load_state_dict({name: value.float() for name, value in load_file(file).items()})
    network.eval().requires_grad_(False)
