"""Low-rank adapters: a small file that changes the weights of a UNet (E. Hu et al. 2022).

Reads the file that diffusers' ``load_lora_weights`` reads, for the whole UNet at a scale of 1. What it says
is added to the weights once, so that a call of the network costs what it did before.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

FILE = Path("few_step") / "pytorch_lora_weights.safetensors"
PREFIX, DOWN, UP = "unet.", ".lora_A.weight", ".lora_B.weight"


def few_step(folder: Path) -> Path | None:
    """The adapter of a model's few-step variant, if one lies in its folder."""
    path = Path(folder) / FILE
    return path if path.is_file() else None


@torch.no_grad()
def adapted(unet: torch.nn.Module, path: Path) -> torch.nn.Module:
    """A copy of ``unet`` with the changes of an adapter added to its weights, W + BA.

    Raises
    ------
    ValueError
        If the file is broken, or changes weights that the UNet has not, or has in another shape.
    """
    try:
        changes = load_file(path, device=str(unet.device))
    except (SafetensorError, OSError) as error:
        raise ValueError(f"{path.name} cannot be read as safetensors ({error}); fetch it again.") from None
    changed = deepcopy(unet)
    modules = dict(changed.named_modules())
    for key in (key for key in changes if key.endswith(DOWN)):
        name = key.removeprefix(PREFIX).removesuffix(DOWN)
        down, up = changes[key].float().flatten(1), changes[key.removesuffix(DOWN) + UP].float().flatten(1)
        weight = getattr(modules.get(name), "weight", None)
        if weight is None or weight.flatten(1).shape != (len(up), down.shape[1]):
            raise ValueError(f"{path.name} changes {name}, which this UNet has not in that shape.")
        weight += (up @ down).view_as(weight).to(weight.dtype)
    return changed
