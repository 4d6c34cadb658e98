"""Prompts to text embeddings, with one text encoder or with SDXL's two.

One embedding is a table with a row per token. SDXL also reads one vector for the whole prompt, the pooled
embedding: it is the last row, filled up with zeros, so that whatever walks, mixes or shakes an embedding does
the same to it.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor


class Text:
    """Tokenizer and text encoder, or two of each.

    Parameters
    ----------
    parts : dict
        ``tokenizer`` and ``text_encoder``; for SDXL also ``tokenizer_2`` and ``text_encoder_2``.
    device : torch.device

    Attributes
    ----------
    pooled : int
        Width of the pooled embedding; 0 where there is none.
    shape : (int, int)
        Rows and columns of one embedding.
    """

    def __init__(self, parts: dict, device: torch.device):
        names = [f"text_encoder{suffix}" for suffix in ("", "_2") if f"text_encoder{suffix}" in parts]
        self.encoders = [parts[name].to(device).eval().requires_grad_(False) for name in names]
        self.tokenizers = [parts[name.replace("text_encoder", "tokenizer")] for name in names]
        self.device = device
        self.silent = bool(parts.get("force_zeros_for_empty_prompt"))
        self.pooled = self.encoders[1].config.projection_dim if len(names) == 2 else 0
        tokens = self.tokenizers[0].model_max_length
        width = sum(encoder.config.hidden_size for encoder in self.encoders)
        self.shape = (tokens + bool(self.pooled), width)

    @torch.no_grad()
    def embed(self, prompts: Sequence[str]) -> Tensor:
        """Text embeddings of shape ``(n, tokens, width)``, float32.

        Padded to full length and not masked, since Stable Diffusion attends to all positions. One prompt at a
        time: an embedding never depends on its neighbours.
        """
        if isinstance(prompts, str):
            raise ValueError("The prompts are one text; give a list of prompts, of one if need be.")
        return torch.cat([self._embed_one(prompt) for prompt in prompts])

    def unconditional(self, negative: str) -> Tensor:
        """Embedding of the negative prompt, ``(1, tokens, width)``; SDXL takes zeros for an empty one."""
        if self.silent and not negative:
            return torch.zeros((1, *self.shape), device=self.device)
        return self.embed([negative])

    def count(self, prompt: str) -> tuple[int, int]:
        """Tokens of ``prompt`` that are read, and those that are cut off, start and end marks not counted."""
        tokenizer = self.tokenizers[0]
        count = len(tokenizer(prompt, add_special_tokens=False, verbose=False).input_ids)
        read = min(count, tokenizer.model_max_length - 2)
        return read, count - read

    def _embed_one(self, prompt: str) -> Tensor:
        if not self.pooled:
            return self.encoders[0](self._tokens(0, prompt))[0].float()  # (1, T, W)
        said = [
            encoder(self._tokens(number, prompt), output_hidden_states=True)
            for number, encoder in enumerate(self.encoders)
        ]
        rows = torch.cat([each.hidden_states[-2] for each in said], dim=-1).float()  # (1, T, W1 + W2)
        whole = torch.nn.functional.pad(said[1][0].float(), (0, self.shape[1] - self.pooled))
        return torch.cat([rows, whole[:, None]], dim=1)  # (1, T + 1, W1 + W2)

    def _tokens(self, number: int, prompt: str) -> Tensor:
        tokenizer = self.tokenizers[number]
        read = tokenizer(
            prompt,
            padding="max_length",
            max_length=tokenizer.model_max_length,
            truncation=True,
            return_tensors="pt",
        )
        return read.input_ids.to(self.device)
