"""Low-rank changes of a network's weights that can be trained and saved by themselves (E. Hu et al. 2022)."""

from __future__ import annotations

from pathlib import Path

import torch
from diffusers import UNet2DConditionModel
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn.utils import parametrize

from lab.diffusion.adapter import DOWN, PREFIX, UP

RANK = 32


class LowRank(nn.Module):
    """The change ``up @ down`` of one weight; zero at first.

    Parameters
    ----------
    weight : Tensor
        Of a linear layer or a convolution; flattened to (outputs, the rest).
    rank : int
    """

    def __init__(self, weight: Tensor, rank: int):
        super().__init__()
        rows, columns = weight.flatten(1).shape
        rank = min(rank, rows, columns)
        self.down = nn.Parameter(torch.randn(rank, columns) / columns**0.5)
        self.up = nn.Parameter(torch.zeros(rows, rank))

    def forward(self, weight: Tensor) -> Tensor:
        """The weight with its change."""
        changed = weight + (self.up @ self.down).view_as(weight)
        return changed.contiguous(memory_format=torch.channels_last) if weight.ndim == 4 else changed


def attach(unet: UNet2DConditionModel, rank: int = RANK) -> nn.ModuleDict:
    """Put a low-rank change onto every weight matrix of a UNet, which is frozen; returns the changes.

    Names are the modules' own with ``/`` for the dot.
    """
    unet.requires_grad_(False)
    changes = nn.ModuleDict()
    for name, module in list(unet.named_modules()):
        if isinstance(module, nn.Linear | nn.Conv2d):
            change = LowRank(module.weight, rank)
            parametrize.register_parametrization(module, "weight", change)
            changes[name.replace(".", "/")] = change
    return changes


@torch.no_grad()
def restore_adapter(changes: nn.ModuleDict, path: Path) -> None:
    """Go on from the changes in a file that ``save_adapter`` wrote."""
    weights = load_file(path)
    for key, change in changes.items():
        assert isinstance(change, LowRank)
        for part, end in ((change.down, DOWN), (change.up, UP)):
            part.copy_(weights[PREFIX + key.replace("/", ".") + end].view_as(part))


def save_adapter(changes: nn.ModuleDict, unet: UNet2DConditionModel, path: Path) -> None:
    """Write the changes in half precision as diffusers' ``load_lora_weights`` reads them."""
    modules = dict(unet.named_modules())
    weights = {}
    for key, change in changes.items():
        assert isinstance(change, LowRank)
        name, down, up = key.replace("/", "."), change.down.detach(), change.up.detach()
        if isinstance(modules[name], nn.Conv2d):
            inputs, size = modules[name].in_channels, modules[name].kernel_size
            down, up = down.view(-1, inputs, *size), up[:, :, None, None]
        weights[PREFIX + name + DOWN] = down.half().contiguous()
        weights[PREFIX + name + UP] = up.half().contiguous()
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(weights, path, metadata={"format": "pt"})
    path.chmod(0o644)
