"""The classifier names what a picture shows, attribute by attribute; with it babel is measured.

`python -m lab.babel.classifier --out FOLDER` draws and trains it, on the illustrator's drawings at their full
size and on nothing else; neither the app nor babel's training uses it. Its drawings are its own, of every
combination of attributes: babel must never see the held-out ones, what measures it must know them. It is
apart from the judge, whose embedding serves captions first and is too coarse for a face.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from lab.babel import corpus, saved
from lab.babel.autoencoder import to_tensor
from lab.babel.fitting import Fitting
from lab.babel.illustrator import SIZE, Scene
from lab.babel.plan import Plan
from lab.babel.towers import AttributeHeads, attribute_labels, attribute_loss

WIDTHS = (24, 48, 96, 128, 160)
WEIGHTS = "classifier.safetensors"
PEAK_RATE = 1e-3
SHIFT = 4  # pixels by which drawings are moved about in training
SOFTENED = 0.3  # of the batches are seen through half the pixels, as soft as a decoder may paint


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


class ClassifierNetwork(nn.Module):
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


def augmented(pictures: torch.Tensor, generator: np.random.Generator) -> torch.Tensor:
    """A batch (n, 3, H, W) moved by the same few pixels, its edges repeated; now and then softened."""
    if generator.random() < SOFTENED:
        halved = F.avg_pool2d(pictures, 2)
        pictures = F.interpolate(halved, pictures.shape[-2:], mode="bilinear", align_corners=False)
    across, down = generator.integers(0, 2 * SHIFT + 1, 2)
    padded = F.pad(pictures, (SHIFT,) * 4, mode="replicate")
    height, width = pictures.shape[-2:]
    return padded[..., down : down + height, across : across + width]


def train_classifier(
    network: ClassifierNetwork,
    fitting: Fitting,
    pictures: np.ndarray,
    scenes: list[Scene],
    device: str,
    batch: int = 32,
    seed: int = 0,
) -> None:
    """Fit the classifier to drawings, uint8 (n, 128, 128, 3), of scenes that blend nothing."""
    rng = np.random.default_rng([seed, fitting.steps])
    labels = network.attributes.encode(scenes)

    def step() -> tuple[torch.Tensor, int]:
        chosen = rng.integers(0, len(pictures), batch)
        seen = augmented(to_tensor(pictures[chosen], device), rng).contiguous(
            memory_format=torch.channels_last
        )
        wanted = {name: values[chosen].to(device) for name, values in labels.items()}
        return attribute_loss(network(seen), wanted), batch

    fitting.fit(step, "classifier")


@dataclass(frozen=True, eq=False)
class Classifier:
    """The trained classifier."""

    network: ClassifierNetwork

    @torch.no_grad()
    def correct(self, pictures: np.ndarray, scenes: list[Scene], batch: int = 64) -> dict[str, torch.Tensor]:
        """Whether each attribute of uint8 pictures (n, 128, 128, 3) is as the scene has it.

        Float tensors (n,) of 1 and 0, nan where a scene has no such attribute.
        """
        parts = [self.network(to_tensor(pictures[i : i + batch])) for i in range(0, len(pictures), batch)]
        found = {}
        for name, labels in self.network.attributes.encode(scenes).items():
            named = torch.cat([part[name] for part in parts]).argmax(-1)
            found[name] = torch.where(labels >= 0, (named == labels).float(), torch.nan)
        return found

    def save(self, folder: Path) -> None:
        """Save the weights in half precision and the attributes' values."""
        saved.save(self.network, self.network.attributes.labels, folder, WEIGHTS)


def open_classifier(folder: Path) -> Classifier:
    """Open a saved classifier on the CPU in float32; one sentence where its files are not as they were."""
    network = ClassifierNetwork(saved.open_labels(folder, WEIGHTS, "the classifier"))
    saved.restore(network, folder / WEIGHTS)
    return Classifier(network)


def make(plan: Plan) -> Classifier:
    """Draw what is not drawn yet, train for the minutes of a plan, resuming where it was stopped."""
    torch.manual_seed(0)
    torch.set_flush_denormal(True)
    split, number, folder = corpus.CLASSIFIER, plan.drawings, plan.out / "drawings"
    corpus.draw_corpus(folder, split, number)
    scenes = corpus.scenes(split, number)
    labels = attribute_labels(scenes)
    del labels["hybrid"]  # nothing is one
    network = ClassifierNetwork(labels).to(plan.device)
    fitting = Fitting(plan.out / "classifier.pt", {"classifier": (network, PEAK_RATE)}, plan.minutes, 0.998)
    pictures = corpus.pictures(folder, split, number, SIZE)
    train_classifier(network, fitting, pictures, scenes, plan.device, plan.batch)
    network.load_state_dict(fitting.averages["classifier"].module.state_dict())
    return Classifier(network.eval().requires_grad_(False))


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, train, save."""
    parser = argparse.ArgumentParser(prog="python -m lab.babel.classifier", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("../babel-training"), help="drawings, checkpoint")
    parser.add_argument("--minutes", type=float, default=30, help="training time, drawing not counted")
    parser.add_argument("--drawings", type=int, default=24_000)
    parser.add_argument("--classifier", type=Path, default=Path("data/classifier"), help="folder to save to")
    asked = parser.parse_args(arguments)
    make(Plan(asked.out, asked.minutes, asked.drawings)).save(asked.classifier)


if __name__ == "__main__":
    main()
