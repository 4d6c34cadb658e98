"""The judge: a small CLIP of our own that says how well a picture agrees with a caption, and reads attributes off pictures.

It never sees a picture made by babel. Its text tower is where babel's text encoder begins, as Stable Diffusion's began in CLIP.
Source: Radford et al. 2021.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from transformers import CLIPModel, CLIPTokenizer

from lab.babel import corpus
from lab.babel.autoencoder import to_tensor
from lab.babel.fitting import Fitting
from lab.babel.illustrator import Scene, attributes
from lab.babel.tokenizer import tokenize

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


def train_judge(judge: CLIPModel, heads: AttributeHeads, tokenizer: CLIPTokenizer, fitting: Fitting, pictures: np.ndarray,
                scenes: list[Scene], device: str, batch: int = 128, seed: int = 0) -> None:
    """Fit the judge and its attribute heads to drawings and freshly worded captions."""
    rng = np.random.default_rng([seed, fitting.steps])
    labels = heads.encode(scenes)

    def step() -> tuple[torch.Tensor, int]:
        chosen = rng.integers(0, len(pictures), batch)
        ids = tokenize(tokenizer, corpus.captions([scenes[i] for i in chosen], rng)).to(device)
        seen = picture_embeddings(judge, to_tensor(pictures[chosen], device))
        loss = contrastive_loss(seen, caption_embeddings(judge, ids), judge.logit_scale)
        read = heads(seen * 8)
        wanted = {name: values[chosen].to(device) for name, values in labels.items()}
        return loss + 0.3 * sum(_known(read[n], wanted[n]) for n in read) / len(read), batch

    fitting.fit(step, "judge")


def _known(logits: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Cross-entropy over the scenes that have the attribute, zero where none has."""
    return F.cross_entropy(logits, wanted, ignore_index=-1, reduction="sum") / (wanted >= 0).sum().clamp(min=1)


@torch.no_grad()
def agreement(judge: CLIPModel, tokenizer: CLIPTokenizer, pictures: np.ndarray, captions: list[str], device: str = "cpu") -> torch.Tensor:
    """Cosine of each uint8 picture (n, 128, 128, 3) with its own caption: float tensor (n,)."""
    texts = caption_embeddings(judge, tokenize(tokenizer, captions).to(device))
    return (embed_pictures(judge, pictures, device) * texts.cpu()).sum(-1)


@torch.no_grad()
def embed_pictures(judge: CLIPModel, pictures: np.ndarray, device: str = "cpu", batch: int = 128) -> torch.Tensor:
    """Unit embeddings (n, 128) of uint8 pictures, computed in batches."""
    parts = [picture_embeddings(judge, to_tensor(pictures[i : i + batch], device)).cpu() for i in range(0, len(pictures), batch)]
    return torch.cat(parts)


@torch.no_grad()
def attribute_accuracy(judge: CLIPModel, heads: AttributeHeads, pictures: np.ndarray, scenes: list[Scene], device: str = "cpu") -> dict[str, float]:
    """Share of pictures on which each attribute is read as the scene has it (scenes without the attribute left out)."""
    read = heads(embed_pictures(judge, pictures, device).to(device) * 8)
    wanted = heads.encode(scenes)
    shares = {}
    for name, labels in wanted.items():
        known = labels >= 0
        if known.any():
            shares[name] = (read[name].argmax(-1).cpu() == labels)[known].float().mean().item()
    return shares
