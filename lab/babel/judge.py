"""The judge: a small CLIP of our own that compares pictures with captions.

It never sees a picture made by babel. Its text tower is where babel's text encoder begins, as Stable
Diffusion's began in CLIP. Source: Radford et al. 2021.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from transformers import CLIPTokenizer

from lab.babel import corpus, saved
from lab.babel.autoencoder import to_tensor
from lab.babel.fitting import Fitting
from lab.babel.illustrator import Scene
from lab.babel.tokenizer import tokenize
from lab.babel.towers import JudgeNetwork, attribute_loss

WEIGHTS = "judge.safetensors"
SPREAD = (
    8.0  # unit embeddings are stretched by this, so that the weights of the linear heads stay of order one
)
SMOOTHING = 0.1  # keeps the text tower soft: embeddings sharpened to a loss near zero walk badly


def contrastive_loss(pictures: torch.Tensor, captions: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:
    """CLIP's symmetric cross-entropy over a batch of unit embeddings (n, width), with smoothed labels."""
    logits = scale.exp().clamp(max=50) * pictures @ captions.T
    own = torch.arange(len(logits), device=logits.device)
    pictures_to_captions = F.cross_entropy(logits, own, label_smoothing=SMOOTHING)
    return (pictures_to_captions + F.cross_entropy(logits.T, own, label_smoothing=SMOOTHING)) / 2


def train_judge(
    network: JudgeNetwork,
    tokenizer: CLIPTokenizer,
    fitting: Fitting,
    pictures: np.ndarray,
    scenes: list[Scene],
    device: str,
    batch: int = 64,
    seed: int = 0,
) -> None:
    """Fit the judge to drawings and freshly worded captions."""
    rng = np.random.default_rng([seed, fitting.steps])
    labels = network.attributes.encode(scenes)

    def step() -> tuple[torch.Tensor, int]:
        chosen = rng.integers(0, len(pictures), batch)
        ids = tokenize(tokenizer, corpus.captions([scenes[i] for i in chosen], rng)).to(device)
        seen = network.pictures(to_tensor(pictures[chosen], device))
        loss = contrastive_loss(seen, network.captions(ids), network.scale)
        read = network.attributes(seen * SPREAD)
        wanted = {name: values[chosen].to(device) for name, values in labels.items()}
        return loss + attribute_loss(read, wanted), batch

    fitting.fit(step, "judge")


@dataclass(frozen=True, eq=False)
class Judge:
    """The trained judge with its tokenizer."""

    network: JudgeNetwork
    tokenizer: CLIPTokenizer

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.network.scale.device

    @torch.no_grad()
    def embed_pictures(self, pictures: np.ndarray, batch: int = 128) -> torch.Tensor:
        """Unit embeddings (n, 128) of uint8 pictures (n, H, W, 3), computed in batches."""
        parts = (to_tensor(pictures[i : i + batch], self.device) for i in range(0, len(pictures), batch))
        return torch.cat([self.network.pictures(part).cpu() for part in parts])

    @torch.no_grad()
    def embed_captions(self, captions: list[str]) -> torch.Tensor:
        """Unit embeddings (n, 128) of captions."""
        return self.network.captions(tokenize(self.tokenizer, captions).to(self.device)).cpu()

    def agreement(self, pictures: np.ndarray, captions: list[str]) -> torch.Tensor:
        """Cosine of each uint8 picture (n, H, W, 3) with its own caption: float tensor (n,)."""
        return (self.embed_pictures(pictures) * self.embed_captions(captions)).sum(-1)

    def save(self, folder: Path) -> None:
        """Save weights in half precision, the attributes' values, and the tokenizer."""
        self.tokenizer.save_pretrained(folder)
        saved.save(self.network, self.network.attributes.labels, folder, WEIGHTS)


def open_judge(folder: Path) -> Judge:
    """Open a saved judge on the CPU in float32; one sentence where its files are not as they were."""
    labels = saved.open_labels(folder, WEIGHTS, "the judge")
    tokenizer = CLIPTokenizer.from_pretrained(folder, local_files_only=True)
    network = JudgeNetwork(tokenizer, labels)
    saved.restore(network, folder / WEIGHTS)
    return Judge(network, tokenizer)
