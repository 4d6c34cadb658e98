"""The classifier names what a picture shows, attribute by attribute; with it babel is measured.

`python -m lab.babel.classifier --out FOLDER` draws and trains it, on the illustrator's drawings at their full
size and on nothing else; neither the app nor babel's training uses it. It is apart from the judge, whose
embedding serves captions first and is too coarse for a face.
"""

from __future__ import annotations

import argparse
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
from lab.babel.illustrator import SIZE, Scene, half_hour
from lab.babel.material import Material
from lab.babel.plan import Plan
from lab.babel.towers import AttributeHeads, attribute_labels, attribute_loss

WIDTHS = (24, 48, 96, 128, 160)
WEIGHTS, LABELS = "classifier.safetensors", "attributes.json"
PEAK_RATE = 1e-3
SHIFT = 4  # pixels by which drawings are moved about in training
SOFTENED = 0.3  # of the batches are seen through half the pixels, as soft as a decoder may paint
BLENDED = {
    "place": lambda scene: scene.mix,
    "weather": lambda scene: scene.weather_mix,
    "person": lambda scene: scene.person_mix,
    "time": lambda scene: half_hour(scene) % 1,
}  # where a scene has two values of an attribute, neither is taught


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


def taught(heads: AttributeHeads, scenes: list[Scene]) -> dict[str, torch.Tensor]:
    """Labels (n,) of every attribute of scenes, -1 where a scene has none or a blend of two."""
    labels = heads.encode(scenes)
    for name, mixed in BLENDED.items():
        labels[name][torch.tensor([bool(mixed(scene)) for scene in scenes])] = -1
    return labels


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
    """Fit the classifier to drawings, uint8 (n, 128, 128, 3), of scenes."""
    rng = np.random.default_rng([seed, fitting.steps])
    labels = taught(network.attributes, scenes)

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
    def accuracy(self, pictures: np.ndarray, scenes: list[Scene], batch: int = 64) -> dict[str, float]:
        """Share of uint8 pictures (n, 128, 128, 3) on which each attribute is as the scene has it."""
        parts = [self.network(to_tensor(pictures[i : i + batch])) for i in range(0, len(pictures), batch)]
        shares = {}
        for name, labels in self.network.attributes.encode(scenes).items():
            named, known = torch.cat([part[name] for part in parts]).argmax(-1), labels >= 0
            if known.any():
                shares[name] = (named == labels)[known].float().mean().item()
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


def open_classifier(folder: Path) -> Classifier:
    """Open a saved classifier on the CPU in float32; one sentence where its files are not as they were."""
    checksums.check(folder, "the classifier")
    if not (folder / WEIGHTS).is_file():
        raise ValueError(f"The classifier is not there; {checksums.mend(folder)}.")
    network = ClassifierNetwork(json.loads((folder / LABELS).read_text()))
    network.load_state_dict({name: value.float() for name, value in load_file(folder / WEIGHTS).items()})
    return Classifier(network.eval().requires_grad_(False))


def make(plan: Plan) -> Classifier:
    """Draw what is not drawn yet, train for the minutes of a plan, resuming where it was stopped."""
    torch.manual_seed(0)
    torch.set_flush_denormal(True)
    material = Material(plan)
    material.draw()
    labels = attribute_labels(material.scenes[:4000])
    del labels["hybrid"]  # measured are scenes without blends
    network = ClassifierNetwork(labels).to(plan.device)
    fitting = Fitting(plan.out / "classifier.pt", {"classifier": (network, PEAK_RATE)}, plan.minutes, 0.998)
    train_classifier(network, fitting, material.drawn(SIZE), material.scenes, plan.device, plan.batch)
    network.load_state_dict(fitting.averages["classifier"].module.state_dict())
    return Classifier(network.eval().requires_grad_(False))


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, train, save."""
    parser = argparse.ArgumentParser(prog="python -m lab.babel.classifier", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("../babel-training"), help="drawings, checkpoint")
    parser.add_argument("--minutes", type=float, default=20, help="training time, drawing not counted")
    parser.add_argument("--drawings", type=int, default=24_000)
    parser.add_argument("--classifier", type=Path, default=Path("data/classifier"), help="folder to save to")
    asked = parser.parse_args(arguments)
    make(Plan(asked.out, asked.minutes, asked.drawings, passages=0)).save(asked.classifier)


if __name__ == "__main__":
    main()
