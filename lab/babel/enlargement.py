"""The second decoder: the same latents, read out at twice the size.

The trained autoencoder is grafted into one with another level around it. At first that level only repeats
pixels on the way out and averages them on the way in, so the larger autoencoder starts where the smaller one
stopped; then it learns the edges that 64 pixels cannot hold. The latents stay those the denoiser knows.
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from diffusers import AutoencoderKL

from lab.babel.autoencoder import reconstruction_loss, to_tensor
from lab.babel.fitting import Fitting
from lab.babel.geometry import make_autoencoder

LATENT_WEIGHT = 1.0


def enlarge(vae: AutoencoderKL) -> AutoencoderKL:
    """Graft a trained autoencoder of three levels into one of four, for pictures of twice the size."""
    large = make_autoencoder(levels=4).to(vae.device)
    inner, outer = vae.state_dict(), large.state_dict()
    outer.update({_moved(name): value for name, value in inner.items()})
    large.load_state_dict(outer)
    with torch.no_grad():
        _repeat_pixels(large.decoder.up_blocks[-2].upsamplers[0].conv)
        _average_pixels(large.encoder.down_blocks[0].downsamplers[0].conv)
    return large


def _moved(name: str) -> str:
    """Name of a small autoencoder's weight in the large one: the encoder's blocks move one level in."""
    parts = name.split(".")
    if parts[:2] == ["encoder", "down_blocks"]:
        parts[2] = str(int(parts[2]) + 1)
    return ".".join(parts)


def _repeat_pixels(conv: torch.nn.Conv2d) -> None:
    """Make the convolution after an enlargement a slight smoothing of each channel by itself."""
    kernel = torch.tensor([1.0, 2.0, 1.0]) / 4
    conv.weight.zero_()
    assert conv.bias is not None
    conv.bias.zero_()
    channels = range(conv.out_channels)
    conv.weight[channels, channels] = kernel[:, None] * kernel[None, :]


def _average_pixels(conv: torch.nn.Conv2d) -> None:
    """Make a halving convolution the mean of each channel over 2 x 2 pixels."""
    conv.weight.zero_()
    assert conv.bias is not None
    conv.bias.zero_()
    channels = range(conv.out_channels)
    for y in range(2):
        for x in range(2):
            conv.weight[channels, channels, y, x] = 0.25


def train_enlarged(
    large: AutoencoderKL,
    fitting: Fitting,
    pictures: np.ndarray,
    latents: torch.Tensor,
    device: str,
    batch: int = 4,
    seed: int = 0,
) -> None:
    """Fit the decoder to pictures (n, 128, 128, 3) and the encoder to the small one's latents."""
    rng = np.random.default_rng([seed, fitting.steps])

    def step() -> tuple[torch.Tensor, int]:
        chosen = rng.integers(0, len(latents), batch)
        wanted = to_tensor(pictures[chosen], device).to(memory_format=torch.channels_last)
        known = latents[chosen].float().to(device)
        found = large.encode(wanted).latent_dist.mean
        decoded = large.decode(known + 0.05 * torch.randn_like(known)).sample
        return reconstruction_loss(decoded, wanted) + LATENT_WEIGHT * F.mse_loss(found, known), batch

    fitting.fit(step, "enlargement")
