"""Cross-attention watched: what share of each position's attention goes to each token of the prompt.

The layers compute what they always compute, by the processor that they had; the probabilities are computed
beside it from the same queries and keys, so watching changes no bit of the picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
import torch.nn.functional as F
from torch import Tensor

SIDE_MOST = 64  # positions a side of the kept maps


class Watch:
    """Cross-attention of one row of a batch, gathered layer by layer.

    Parameters
    ----------
    guided : bool
        The watched row is the first of the batch's second half, the first with the prompt; else the first.
    shape : (int, int)
        Height and width of the latents.

    Attributes
    ----------
    seen : dict
        Layer to its probabilities in the last call, mean over heads, of shape (tokens, h, w), float32.
    heads : dict
        Layer to its number of heads.
    """

    def __init__(self, guided: bool, shape: tuple[int, int]):
        self.guided, self.shape = guided, shape
        self.seen: dict[str, Tensor] = {}
        self.heads: dict[str, int] = {}
        self._sums: dict[str, Tensor] = {}
        self._calls = 0

    @contextmanager
    def on(self, unet) -> Iterator[Watch]:
        """Watch the UNet's calls inside the block; its processors are as before afterwards."""
        stock = dict(unet.attn_processors)
        watched = {
            name: _Watched(processor, name.removesuffix(".processor"), self)
            if ".attn2." in name
            else processor
            for name, processor in stock.items()
        }
        unet.set_attn_processor(watched)
        try:
            yield self
        finally:
            unet.set_attn_processor(stock)

    def take(self, name: str, probabilities: Tensor) -> None:
        """Keep the probabilities (heads, positions, tokens) of a layer."""
        maps = probabilities.float().mean(0).T  # (T, positions)
        height = round((maps.shape[1] * self.shape[0] / self.shape[1]) ** 0.5)
        self.seen[name] = maps.unflatten(1, (height, -1))  # (T, h, w)
        self.heads[name] = len(probabilities)

    def step(self) -> Tensor:
        """Mean over the layers of the last call, at the finest one's size: (tokens, h, w), sums to 1."""
        finest = max((maps.shape[1:] for maps in self.seen.values()), key=lambda shape: shape[0] * shape[1])
        size = tuple(min(side, SIDE_MOST) for side in finest)
        brought = [
            F.interpolate(maps[None], size, mode="bilinear", align_corners=False)[0]
            for maps in self.seen.values()
        ]
        for name, maps in self.seen.items():
            self._sums[name] = self._sums.get(name, 0) + maps
        self._calls += 1
        return torch.stack(brought).mean(0)

    def layers(self) -> dict[str, Tensor]:
        """Mean over the steps of each layer's maps, at its own resolution."""
        return {name: total / self._calls for name, total in self._sums.items()}


class _Watched:
    """A layer's own processor, and the probabilities beside it."""

    def __init__(self, stock, name: str, watch: Watch):
        self.stock, self.name, self.watch = stock, name, watch

    def __call__(self, attn, hidden_states, encoder_hidden_states=None, *args, **words):
        out = self.stock(attn, hidden_states, encoder_hidden_states, *args, **words)
        row = len(hidden_states) // 2 if self.watch.guided else 0
        found = probabilities(attn, hidden_states[row : row + 1], encoder_hidden_states[row : row + 1])
        self.watch.take(self.name, found)
        return out


@torch.no_grad()
def probabilities(attn, hidden_states: Tensor, encoder_hidden_states: Tensor) -> Tensor:
    """Softmax of Q K^T / sqrt(d) of one picture, of shape (heads, positions, tokens).

    Parameters
    ----------
    attn : diffusers Attention
    hidden_states : Tensor of shape (1, positions, width of the layer)
    encoder_hidden_states : Tensor of shape (1, tokens, width)
    """
    if attn.norm_cross:
        encoder_hidden_states = attn.norm_encoder_hidden_states(encoder_hidden_states)
    queries = attn.head_to_batch_dim(attn.to_q(hidden_states))  # (heads, positions, d)
    keys = attn.head_to_batch_dim(attn.to_k(encoder_hidden_states))  # (heads, T, d)
    return attn.get_attention_scores(queries.float(), keys.float())
