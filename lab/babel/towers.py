"""The judge's networks: a picture tower of convolutions, a caption tower as in CLIP, attribute heads."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn
from transformers import CLIPTokenizer

from lab.babel.geometry import PICTURE_SIZE, WIDTH, make_text_encoder
from lab.babel.illustrator import Scene, attributes


class AttributeHeads(nn.Module):
    """One linear classifier per attribute on the judge's picture embedding.

    Parameters
    ----------
    labels : dict[str, list[str]]
        The values each attribute may take.
    """

    def __init__(self, labels: dict[str, list[str]], width: int):
        super().__init__()
        self.labels = labels
        self.heads = nn.ModuleDict({name: nn.Linear(width, len(values)) for name, values in labels.items()})

    def forward(self, embedding: torch.Tensor) -> dict[str, torch.Tensor]:
        """Return the logits (n, values) of every attribute."""
        return {name: head(embedding) for name, head in self.heads.items()}

    def encode(self, scenes: list[Scene]) -> dict[str, torch.Tensor]:
        """Return the labels of scenes as integers, -1 where a scene has no such attribute."""
        found = [attributes(s) for s in scenes]
        index = {name: {v: i for i, v in enumerate(values)} for name, values in self.labels.items()}
        return {
            name: torch.tensor([index[name].get(a.get(name, ""), -1) for a in found]) for name in self.labels
        }


def attribute_labels(scenes: list[Scene]) -> dict[str, list[str]]:
    """Collect the values that each attribute takes among scenes, sorted."""
    values: dict[str, set[str]] = {}
    for found in map(attributes, scenes):
        for name, value in found.items():
            values.setdefault(name, set()).add(value)
    return {name: sorted(seen) for name, seen in sorted(values.items())}


def attribute_loss(read: dict[str, torch.Tensor], wanted: dict[str, torch.Tensor]) -> torch.Tensor:
    """Mean over the attributes of the cross-entropy among the pictures that have them (label not -1)."""
    each = [
        F.cross_entropy(logits, wanted[name], ignore_index=-1, reduction="sum")
        / (wanted[name] >= 0).sum().clamp(min=1)
        for name, logits in read.items()
    ]
    return torch.stack(each).mean()


class PictureTower(nn.Module):
    """Convolutions over a picture seen at 64 x 64; the place of things is kept until the last layer.

    The activations after each halving serve as a perceptual description of the picture.
    """

    def __init__(self, channels: tuple[int, ...] = (32, 64, 128, 192)):
        super().__init__()
        pairs = zip((3, *channels[:-1]), channels, strict=True)
        self.halvings = nn.ModuleList(
            nn.Sequential(nn.Conv2d(a, b, 3, 2, 1), nn.GroupNorm(8, b), nn.SiLU()) for a, b in pairs
        )
        self.project = nn.Linear(channels[-1] * 4 * 4, WIDTH)

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        """Embed pictures (n, 3, H, W) in [-1, 1] as unit vectors (n, 128)."""
        x = F.adaptive_avg_pool2d(pictures, PICTURE_SIZE)
        for halve in self.halvings:
            x = halve(x)
        return F.normalize(self.project(x.flatten(1)), dim=-1)


class CaptionTower(nn.Module):
    """A CLIP text encoder of babel's own shape and a projection."""

    def __init__(self, tokenizer: CLIPTokenizer):
        super().__init__()
        self.text = make_text_encoder(tokenizer)
        self.project = nn.Linear(WIDTH, WIDTH, bias=False)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Embed token ids (n, 32) as unit vectors (n, 128)."""
        return F.normalize(self.project(self.text(input_ids=ids).pooler_output), dim=-1)


class JudgeNetwork(nn.Module):
    """Both towers, the temperature of their comparison, and the attribute heads."""

    def __init__(self, tokenizer: CLIPTokenizer, labels: dict[str, list[str]]):
        super().__init__()
        self.pictures, self.captions = PictureTower(), CaptionTower(tokenizer)
        self.scale = nn.Parameter(torch.tensor(2.66))
        self.attributes = AttributeHeads(labels, WIDTH)
