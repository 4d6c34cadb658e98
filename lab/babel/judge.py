"""The judge: a small CLIP of our own that compares pictures with captions and reads attributes off them.

It never sees a picture made by babel. Its text tower is where babel's text encoder begins, as Stable
Diffusion's began in CLIP. Source: Radford et al. 2021.
"""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors import safe_open
from safetensors.torch import save_file
from torch import nn
from transformers import CLIPModel, CLIPTokenizer

from lab.babel import corpus
from lab.babel.autoencoder import to_tensor
from lab.babel.fitting import Fitting
from lab.babel.geometry import WIDTH
from lab.babel.illustrator import Scene, attributes
from lab.babel.tokenizer import tokenize

SPREAD = (
    8.0  # unit embeddings are stretched by this before the linear heads, whose weights then stay of order one
)
SMOOTHING = 0.1  # keeps the text tower soft: embeddings sharpened to a loss near zero walk badly


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
        return {name: torch.tensor([index[name].get(a.get(name), -1) for a in found]) for name in self.labels}


def attribute_labels(scenes: list[Scene]) -> dict[str, list[str]]:
    """Collect the values that each attribute takes among scenes, sorted."""
    values: dict[str, set[str]] = {}
    for found in map(attributes, scenes):
        for name, value in found.items():
            values.setdefault(name, set()).add(value)
    return {name: sorted(seen) for name, seen in sorted(values.items())}


def picture_embeddings(judge: CLIPModel, pictures: torch.Tensor) -> torch.Tensor:
    """Unit embeddings (n, 128) of pictures (n, 3, 128, 128) in [-1, 1]."""
    pooled = judge.vision_model(pixel_values=pictures).pooler_output
    return F.normalize(judge.visual_projection(pooled), dim=-1)


def caption_embeddings(judge: CLIPModel, ids: torch.Tensor) -> torch.Tensor:
    """Unit embeddings (n, 128) of token ids (n, 32)."""
    pooled = judge.text_model(input_ids=ids).pooler_output
    return F.normalize(judge.text_projection(pooled), dim=-1)


def contrastive_loss(pictures: torch.Tensor, captions: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:
    """CLIP's symmetric cross-entropy over a batch of unit embeddings (n, width), with smoothed labels."""
    logits = scale.exp().clamp(max=50) * pictures @ captions.T
    own = torch.arange(len(logits), device=logits.device)
    return sum(F.cross_entropy(side, own, label_smoothing=SMOOTHING) for side in (logits, logits.T)) / 2


def train_judge(
    judge: CLIPModel,
    heads: AttributeHeads,
    tokenizer: CLIPTokenizer,
    fitting: Fitting,
    pictures: np.ndarray,
    scenes: list[Scene],
    device: str,
    batch: int = 128,
    seed: int = 0,
) -> None:
    """Fit the judge and its attribute heads to drawings and freshly worded captions."""
    rng = np.random.default_rng([seed, fitting.steps])
    labels = heads.encode(scenes)

    def step() -> tuple[torch.Tensor, int]:
        chosen = rng.integers(0, len(pictures), batch)
        ids = tokenize(tokenizer, corpus.captions([scenes[i] for i in chosen], rng)).to(device)
        seen = picture_embeddings(judge, to_tensor(pictures[chosen], device))
        loss = contrastive_loss(seen, caption_embeddings(judge, ids), judge.logit_scale)
        read = heads(seen * SPREAD)
        wanted = {name: values[chosen].to(device) for name, values in labels.items()}
        return loss + 0.3 * sum(_known(read[n], wanted[n]) for n in read) / len(read), batch

    fitting.fit(step, "judge")


def _known(logits: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Cross-entropy over the scenes that have the attribute, zero where none has."""
    return F.cross_entropy(logits, wanted, ignore_index=-1, reduction="sum") / (wanted >= 0).sum().clamp(
        min=1
    )


@dataclass(frozen=True, eq=False)
class Judge:
    """The trained judge with its tokenizer and attribute heads, on one device."""

    clip: CLIPModel
    heads: AttributeHeads
    tokenizer: CLIPTokenizer

    @torch.no_grad()
    def embed_pictures(self, pictures: np.ndarray, batch: int = 128) -> torch.Tensor:
        """Unit embeddings (n, 128) of uint8 pictures (n, 128, 128, 3), computed in batches."""
        device = self.clip.device
        parts = (to_tensor(pictures[i : i + batch], device) for i in range(0, len(pictures), batch))
        return torch.cat([picture_embeddings(self.clip, part).cpu() for part in parts])

    @torch.no_grad()
    def agreement(self, pictures: np.ndarray, captions: list[str]) -> torch.Tensor:
        """Cosine of each uint8 picture (n, 128, 128, 3) with its own caption: float tensor (n,)."""
        texts = caption_embeddings(self.clip, tokenize(self.tokenizer, captions).to(self.clip.device))
        return (self.embed_pictures(pictures) * texts.cpu()).sum(-1)

    @torch.no_grad()
    def attribute_accuracy(self, pictures: np.ndarray, scenes: list[Scene]) -> dict[str, float]:
        """Share of pictures on which each attribute is read as the scene has it."""
        read = self.heads(self.embed_pictures(pictures).to(self.clip.device) * SPREAD)
        shares = {}
        for name, labels in self.heads.encode(scenes).items():
            known = labels >= 0
            if known.any():
                shares[name] = (read[name].argmax(-1).cpu() == labels)[known].float().mean().item()
        return shares

    def save(self, folder: Path) -> None:
        """Save in half precision: the CLIP as transformers saves it, the heads beside it."""
        deepcopy(self.clip).half().save_pretrained(folder)
        self.tokenizer.save_pretrained(folder)
        weights = {name: value.half().contiguous() for name, value in self.heads.state_dict().items()}
        save_file(weights, folder / "heads.safetensors", metadata={"labels": json.dumps(self.heads.labels)})
        for path in folder.iterdir():
            path.chmod(0o644)


def open_judge(folder: Path) -> Judge:
    """Open a saved judge on the CPU in float32."""
    with safe_open(folder / "heads.safetensors", "pt") as file:
        heads = AttributeHeads(json.loads(file.metadata()["labels"]), WIDTH)
        heads.load_state_dict({name: file.get_tensor(name).float() for name in file.keys()})
    clip = (
        CLIPModel.from_pretrained(folder, dtype=torch.float32, local_files_only=True)
        .eval()
        .requires_grad_(False)
    )
    return Judge(
        clip, heads.requires_grad_(False), CLIPTokenizer.from_pretrained(folder, local_files_only=True)
    )
