"""Small previews straight from latents: a fixed linear map from channels to colours, no decoder.

Stable Diffusion's latents are close to the picture already, so that one linear map for all places gives a
recognisable picture of one pixel per place. babel's map lies beside its weights; for a model without one it
is fitted once, by least squares, to what its own decoder makes of smooth random latents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from lab.compute import generator
from lab.diffusion import folder as folders

if TYPE_CHECKING:
    from lab.diffusion.model import Model

SEED = 7  # of the latents that a map is fitted to
COARSE = 4  # they are drawn on a grid so many times coarser and enlarged, as pictures vary slowly


def rgb_map(model: Model) -> Tensor:
    """Linear map of shape ``(channels + 1, 3)`` from latents to colours in -1 .. 1; the last row is added."""
    if "_rgb_map" not in (known := vars(model)):
        shipped = folders.facts(model.folder).get("latent_rgb")
        known["_rgb_map"] = fitted(model) if shipped is None else torch.tensor(shipped)
    return known["_rgb_map"]


def small(model: Model, latents: Tensor) -> np.ndarray:
    """Pictures ``(n, height, width, 3)``, uint8, of clean latents ``(n, channels, height, width)``."""
    weights = rgb_map(model).to(latents)
    colours = torch.einsum("nchw,cr->nhwr", latents, weights[:-1]) + weights[-1]
    return colours.div(2).add(0.5).clamp(0, 1).mul(255).round().byte().cpu().numpy()


def fitted(model: Model) -> Tensor:
    """The map that is nearest to the model's decoder in least squares."""
    channels, height, width = model.latent_shape
    coarse = (1, channels, max(2, height // COARSE), max(2, width // COARSE))
    drawn = torch.randn(coarse, generator=generator(SEED))
    latents = torch.nn.functional.interpolate(drawn, (height, width), mode="bicubic")[0]  # (C, H, W)
    image = torch.from_numpy(model.decode(latents.to(model.device)).copy()).permute(2, 0, 1).float()
    target = torch.nn.functional.adaptive_avg_pool2d(image / 127.5 - 1, (height, width))
    known = torch.cat([latents, torch.ones(1, height, width)]).flatten(1).T  # (H W, C + 1)
    return torch.linalg.lstsq(known, target.flatten(1).T).solution
