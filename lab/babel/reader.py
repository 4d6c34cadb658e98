"""The reader: names what a picture shows, attribute by attribute, and with it measures babel.

It is trained on the illustrator's drawings at their full size and sees nothing else; neither the app nor
babel's training uses it. It is apart from the judge, whose embedding serves captions first and is too coarse
for a face: read by the judge, one drawn person of four was somebody else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import nn

from lab import checksums
from lab.babel.autoencoder import to_tensor
from lab.babel.fitting import Fitting
from lab.babel.illustrator import Scene, unblended
from lab.babel.towers import AttributeHeads, attribute_loss

WIDTHS = (24, 48, 96, 128, 160)
WEIGHTS, LABELS = "reader.safetensors", "attributes.json"
SHIFT = 4  # pixels by which drawings are moved about in training


class Block(nn.Module):
    """Halve the picture, then look at it once more beside itself."""

    def __init__(self, before: int, after: int):
        super().__init__()
        self.halve = nn.Sequential(nn.Conv2d(before, after, 3, 2, 1), nn.GroupNorm(8, after), nn.SiLU())
        self.look = nn.Sequential(nn.Conv2d(after, after, 3, 1, 1), nn.GroupNorm(8, after), nn.SiLU())

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        """(n, before, h, w) -> (n, after, h / 2, w / 2)."""
        halved = self.halve(pictures)
        return halved + self.look(halved)


class ReaderNetwork(nn.Module):
    """Five blocks from 128 x 128 pixels to 4 x 4 places, then one linear classifier per attribute."""

    def __init__(self, labels: dict[str, list[str]]):
        super().__init__()
        pairs = zip((3, *WIDTHS[:-1]), WIDTHS, strict=True)
        self.blocks = nn.Sequential(*(Block(a, b) for a, b in pairs))
        self.forget = nn.Dropout(0.2)
        self.attributes = AttributeHeads(labels, WIDTHS[-1] * 4 * 4)

    def forward(self, pictures: torch.Tensor) -> dict[str, torch.Tensor]:
        """Logits (n, values) of every attribute of pictures (n, 3, 128, 128) in [-1, 1]."""
        return self.attributes(self.forget(self.blocks(pictures).flatten(1)))


def moved(pictures: torch.Tensor, generator: np.random.Generator) -> torch.Tensor:
    """All pictures (n, 3, H, W) of a batch moved by the same few pixels, their edges repeated."""
    across, down = generator.integers(0, 2 * SHIFT + 1, 2)
    padded = F.pad(pictures, (SHIFT,) * 4, mode="replicate")
    return padded[..., down : down + pictures.shape[-2], across : across + pictures.shape[-1]]


def train_reader(
    network: ReaderNetwork,
    fitting: Fitting,
    pictures: np.ndarray,
    scenes: list[Scene],
    device: str,
    batch: int = 32,
    seed: int = 0,
) -> None:
    """Fit the reader to drawings, uint8 (n, 128, 128, 3), of scenes; of blends the heavier part counts."""
    rng = np.random.default_rng([seed, fitting.steps])
    labels = network.attributes.encode(scenes)
    of_one = torch.tensor([scene == unblended(scene) for scene in scenes])
    labels = {name: torch.where(of_one, values, -1) for name, values in labels.items()}

    def step() -> tuple[torch.Tensor, int]:
        chosen = rng.integers(0, len(pictures), batch)
        seen = moved(to_tensor(pictures[chosen], device), rng).contiguous(memory_format=torch.channels_last)
        wanted = {name: values[chosen].to(device) for name, values in labels.items()}
        return attribute_loss(network(seen), wanted), batch

    fitting.fit(step, "reader")


@dataclass(frozen=True, eq=False)
class Reader:
    """The trained reader."""

    network: ReaderNetwork

    @torch.no_grad()
    def accuracy(self, pictures: np.ndarray, scenes: list[Scene], batch: int = 64) -> dict[str, float]:
        """Share of uint8 pictures (n, 128, 128, 3) on which each attribute is read as the scene has it."""
        parts = [self.network(to_tensor(pictures[i : i + batch])) for i in range(0, len(pictures), batch)]
        shares = {}
        for name, labels in self.network.attributes.encode(scenes).items():
            read, known = torch.cat([part[name] for part in parts]).argmax(-1), labels >= 0
            if known.any():
                shares[name] = (read == labels)[known].float().mean().item()
        return shares

    def save(self, folder: Path) -> None:
        """Save the weights in half precision and the attributes' values."""
        folder.mkdir(parents=True, exist_ok=True)
        weights = {name: value.half().contiguous() for name, value in self.network.state_dict().items()}
        save_file(weights, folder / WEIGHTS)
        (folder / LABELS).write_text(json.dumps(self.network.attributes.labels, indent=2) + "\n")
        checksums.write(folder)
        for path in folder.iterdir():
            path.chmod(0o644)


def open_reader(folder: Path) -> Reader:
    """Open a saved reader on the CPU in float32; one sentence where its files are not as they were."""
    checksums.check(folder, "the reader")
    if not (folder / WEIGHTS).is_file():
        raise ValueError(f"The reader is not there; {checksums.mend(folder)}.")
    network = ReaderNetwork(json.loads((folder / LABELS).read_text()))
    network.load_state_dict({name: value.float() for name, value in load_file(folder / WEIGHTS).items()})
    return Reader(network.eval().requires_grad_(False))
