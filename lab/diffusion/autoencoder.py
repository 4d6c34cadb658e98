"""Pictures to latents and back: what the VAE takes, what it gives, and nothing drawn at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

if TYPE_CHECKING:
    from lab.diffusion.model import Model


@torch.no_grad()
def encode(model: Model, picture: np.ndarray) -> Tensor:
    """Latents ``(channels, height, width)``, float32, of a uint8 picture ``(H, W, 3)`` of the model's size.

    The mean of the posterior times the scaling factor: what :meth:`Model.decode` turns back into the picture,
    up to what the autoencoder loses.

    Raises
    ------
    ValueError
        If the picture is not uint8 or not of the model's size.
    """
    width, height = model.size
    if picture.shape != (height, width, 3) or picture.dtype != np.uint8:
        raise ValueError(
            f"The picture is {picture.dtype} of shape {picture.shape}, but {model.name} takes uint8 of shape "
            f"({height}, {width}, 3)."
        )
    pixels = to_tensor(picture)[None].to(model.device, model.vae.dtype)  # (1, 3, H, W)
    return model.vae.encode(pixels).latent_dist.mean[0].float() * model.vae.config.scaling_factor


def to_tensor(picture: np.ndarray) -> Tensor:
    """Pixels 0 to 255 of shape ``(H, W, 3)`` as float32 ``(3, H, W)`` from -1 to 1, as the VAE sees them."""
    return torch.from_numpy(np.array(picture)).permute(2, 0, 1).float() / 127.5 - 1


def to_picture(pixels: Tensor) -> np.ndarray:
    """Float ``(3, H, W)`` as uint8 ``(H, W, 3)``; what is beyond -1 and 1 is cut."""
    return pixels.float().div(2).add(0.5).clamp(0, 1).mul(255).round().byte().permute(1, 2, 0).cpu().numpy()
