"""A training session that fits a budget of minutes, averages the weights, and resumes where it was stopped.

The learning rate follows the share of the budget that is spent, so a slow machine sees fewer pictures but
ends its schedule all the same. It knows nothing of pictures or captions.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import torch
from torch import nn
from tqdm import tqdm


def rate(share: float, warm: float = 0.01, hold: float = 0.6, least: float = 0.02) -> float:
    """Return the learning-rate factor at a share (0 to 1) of the budget: rise, plateau, half a cosine."""
    if share < warm:
        return max(share / warm, 0.02)
    if share < hold:
        return 1.0
    fall = min((share - hold) / (1 - hold), 1.0)
    return least + (1 - least) * (1 + math.cos(math.pi * fall)) / 2


class Averaged:
    """Exponential moving average of a module's parameters, its memory short at first."""

    def __init__(self, module: nn.Module, decay: float = 0.9995):
        self.module, self.decay, self.updates = deepcopy(module).eval().requires_grad_(False), decay, 0

    @torch.no_grad()
    def update(self, module: nn.Module) -> None:
        """Move the average towards the module's present parameters."""
        self.updates += 1
        decay = min(self.decay, self.updates / (self.updates + 20))
        mean: list[torch.Tensor] = list(self.module.parameters())
        now: list[torch.Tensor] = list(module.parameters())
        torch._foreach_lerp_(mean, now, 1 - decay)
        for a, b in zip(self.module.buffers(), module.buffers(), strict=True):
            a.copy_(b)


class Fitting:
    """One training: modules and their learning rates, optimiser, averages, seconds spent and pictures seen.

    Parameters
    ----------
    path : Path
        Checkpoint file; read when it exists, replaced whole at each save.
    modules : dict[str, tuple[nn.Module, float]]
        Module and peak learning rate by name.
    minutes : float
        Budget of wall time, resumed sessions included.
    """

    def __init__(
        self, path: Path, modules: dict[str, tuple[nn.Module, float]], minutes: float, decay: float = 0.9995
    ):
        self.path, self.budget = path, 60 * minutes
        self.modules = {name: module for name, (module, _) in modules.items()}
        self.averages = {name: Averaged(module, decay) for name, module in self.modules.items()}
        groups = [{"params": list(m.parameters()), "lr": lr, "peak": lr} for m, lr in modules.values()]
        self.optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.99), weight_decay=0.01, fused=True)
        self.seconds, self.seen, self.steps = 0.0, 0, 0
        if path.exists():
            self.restore()

    def fit(
        self,
        step: Callable[[], tuple[torch.Tensor, int]],
        label: str,
        each: Callable[[], None] | None = None,
        save_seconds: float = 300,
    ) -> None:
        """Take steps until the budget is spent; `step` returns a loss and how many pictures it saw."""
        parameters = [p for m in self.modules.values() for p in m.parameters()]
        with tqdm(
            total=round(self.budget), initial=round(self.seconds), desc=label, unit="s", mininterval=10
        ) as bar:
            last_save, level = self.seconds, None
            while self.seconds < self.budget:
                begun = time.monotonic()
                for group in self.optimiser.param_groups:
                    group["lr"] = group["peak"] * rate(self.seconds / self.budget)
                loss, seen = step()
                self.optimiser.zero_grad(set_to_none=True)
                loss.backward()
                nn.utils.clip_grad_norm_(parameters, 1.0)
                self.optimiser.step()
                for name, module in self.modules.items():
                    self.averages[name].update(module)
                level = loss.item() if level is None else 0.99 * level + 0.01 * loss.item()
                spent = time.monotonic() - begun
                self.seconds, self.seen, self.steps = self.seconds + spent, self.seen + seen, self.steps + 1
                bar.set_postfix(loss=f"{level:.4f}", seen=self.seen, refresh=False)
                bar.update(round(self.seconds) - bar.n)
                if self.seconds - last_save > save_seconds:
                    last_save = self.seconds
                    self.save()
                    if each:
                        each()
        self.save()

    def save(self) -> None:
        """Write the checkpoint beside the old one, then put it in its place."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        state = {
            "modules": {n: m.state_dict() for n, m in self.modules.items()},
            "averages": {n: (a.module.state_dict(), a.updates) for n, a in self.averages.items()},
            "optimiser": self.optimiser.state_dict(),
            "spent": (self.seconds, self.seen, self.steps),
        }
        unfinished = self.path.with_suffix(".part")
        torch.save(state, unfinished)
        unfinished.rename(self.path)

    def restore(self) -> None:
        """Read the checkpoint (tensors only)."""
        state = torch.load(self.path, weights_only=True, map_location="cpu")
        for name, module in self.modules.items():
            module.load_state_dict(state["modules"][name])
            weights, self.averages[name].updates = state["averages"][name]
            self.averages[name].module.load_state_dict(weights)
        peaks = [group["peak"] for group in self.optimiser.param_groups]
        self.optimiser.load_state_dict(state["optimiser"])
        for group, peak in zip(self.optimiser.param_groups, peaks, strict=True):
            group["peak"] = peak
        self.seconds, self.seen, self.steps = state["spent"]
