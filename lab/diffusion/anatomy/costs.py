"""What the parts of a model cost: parameters, multiply-adds of one call, seconds of this run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import torch
from torch import nn


@contextmanager
def counted(*modules: nn.Module) -> Iterator[dict[nn.Module, int]]:
    """Count the multiply-adds of linear layers, convolutions and attention inside the block.

    Yields a number for each layer, that of its first call: what a watcher asks of it afterwards is no part of
    the model's work. Norms, activations and sums, a percent or so, are left out.
    """
    counts: dict[nn.Module, int] = {}

    def note(count, layer, inputs, words, out):
        counts.setdefault(layer, count(layer, inputs, words, out))

    hooks = [
        layer.register_forward_hook(partial(note, count), with_kwargs=True)
        for module in modules
        for layer in module.modules()
        if (count := _counter(layer))
    ]
    try:
        yield counts
    finally:
        for hook in hooks:
            hook.remove()


def _counter(layer: nn.Module):
    if isinstance(layer, nn.Linear):
        return _linear
    if isinstance(layer, nn.Conv2d):
        return _convolution
    return {"Attention": _attention, "CLIPAttention": _attention}.get(type(layer).__name__)


def _linear(layer, inputs, words, out) -> int:
    return out.numel() * layer.in_features


def _convolution(layer, inputs, words, out) -> int:
    return out.numel() * layer.weight[0].numel()


def _attention(layer, inputs, words, out) -> int:
    """Q K^T and P V: two products of positions times tokens times width each."""
    asked = inputs[0] if inputs else words["hidden_states"]
    context = words.get("encoder_hidden_states")
    positions = asked.flatten(2).shape[2] if asked.ndim == 4 else asked.shape[1]
    tokens = positions if context is None else context.shape[1]
    width = getattr(layer, "inner_dim", None) or layer.embed_dim
    return 2 * len(asked) * positions * tokens * width


class Clock:
    """Seconds of named parts; waits for a GPU before it reads the time."""

    def __init__(self, device: torch.device):
        self.device = device
        self.seconds: dict[str, float] = {}

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        """Add the time of the block to a part's."""
        began = self._now()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + self._now() - began

    @contextmanager
    def calls(self, name: str, module: nn.Module) -> Iterator[None]:
        """Add the time of the module's calls inside the block to a part's."""
        began: list[float] = []
        before = module.register_forward_pre_hook(lambda *_: began.append(self._now()))
        after = module.register_forward_hook(lambda *_: self._add(name, began.pop()))
        try:
            yield
        finally:
            before.remove()
            after.remove()

    def _add(self, name: str, began: float) -> None:
        self.seconds[name] = self.seconds.get(name, 0.0) + self._now() - began

    def _now(self) -> float:
        if self.device.type == "cuda":
            torch.cuda.synchronize(self.device)
        return time.perf_counter()


def parameters(*modules: nn.Module) -> int:
    """Numbers that were learnt in these modules, those used twice counted once."""
    return sum({id(weight): weight.numel() for module in modules for weight in module.parameters()}.values())
