"""Training the autoencoder: crops first, whole pictures last, then standardised latents."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from diffusers import AutoencoderKL

from lab.babel.fitting import Fitting

KL_WEIGHT = 2e-4  # per latent number; 1e-3 killed channels in the pilot
WHOLE_FROM = 0.75  # share of the budget after which whole pictures are seen instead of crops


def to_tensor(pictures: np.ndarray, device: torch.device | str = "cpu") -> torch.Tensor:
    """Turn uint8 pictures (n, H, W, 3) into float32 (n, 3, H, W) in [-1, 1]."""
    return torch.from_numpy(pictures).to(device).permute(0, 3, 1, 2).float() / 127.5 - 1


def to_pictures(decoded: torch.Tensor) -> np.ndarray:
    """Turn float (n, 3, H, W) in [-1, 1] into uint8 pictures (n, H, W, 3)."""
    return ((decoded.float() / 2 + 0.5).clamp(0, 1) * 255).round().permute(0, 2, 3, 1).byte().cpu().numpy()


def edges(pictures: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Differences between neighbours down and across."""
    return pictures.diff(dim=-2), pictures.diff(dim=-1)


def reconstruction_loss(decoded: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """L1 + MSE + L1 of the edges: flat colours right, lines where they belong."""
    sharp = sum(F.l1_loss(a, b) for a, b in zip(edges(decoded), edges(wanted), strict=True))
    return F.l1_loss(decoded, wanted) + F.mse_loss(decoded, wanted) + sharp


def random_crops(pictures: np.ndarray, batch: int, size: int, rng: np.random.Generator) -> np.ndarray:
    """Cut `batch` squares of `size` pixels, each from a random picture."""
    top, left = (rng.integers(0, pictures.shape[1] - size + 1, batch) for _ in range(2))
    chosen = rng.integers(0, len(pictures), batch)
    return np.stack(
        [pictures[i, y : y + size, x : x + size] for i, y, x in zip(chosen, top, left, strict=True)]
    )


def train_autoencoder(
    vae: AutoencoderKL, fitting: Fitting, pictures: np.ndarray, device: str, batch: int = 16, seed: int = 0
) -> None:
    """Fit the autoencoder to uint8 pictures (n, 64, 64, 3) within the fitting's budget."""
    rng = np.random.default_rng([seed, fitting.steps])

    def step() -> tuple[torch.Tensor, int]:
        whole = fitting.seconds > WHOLE_FROM * fitting.budget
        size, count = (pictures.shape[1], batch // 2) if whole else (pictures.shape[1] // 2, batch)
        wanted = to_tensor(random_crops(pictures, count, size, rng), device).to(
            memory_format=torch.channels_last
        )
        posterior = vae.encode(wanted).latent_dist
        loss = reconstruction_loss(vae.decode(posterior.sample()).sample, wanted)
        return loss + KL_WEIGHT * posterior.kl().mean() / posterior.mean[0].numel(), count

    fitting.fit(step, "autoencoder")


@torch.no_grad()
def encode(vae: AutoencoderKL, pictures: np.ndarray, device: str, batch: int = 32) -> torch.Tensor:
    """Return the mean latents of uint8 pictures: float32 tensor (n, channels, 16, 16)."""
    parts = [
        vae.encode(to_tensor(pictures[i : i + batch], device)).latent_dist.mean.cpu()
        for i in range(0, len(pictures), batch)
    ]
    return torch.cat(parts).float()


@torch.no_grad()
def decode(vae: AutoencoderKL, latents: torch.Tensor, device: str, batch: int = 32) -> np.ndarray:
    """Return the uint8 pictures (n, H, W, 3) of latents (n, channels, 16, 16)."""
    return np.concatenate([to_pictures(vae.decode(part.to(device)).sample) for part in latents.split(batch)])


@torch.no_grad()
def standardise(vae: AutoencoderKL, latents: torch.Tensor) -> None:
    """Fold the mean and spread of each channel of these latents into `quant_conv` and `post_quant_conv`.

    Afterwards the same pictures have latents of mean 0 and standard deviation 1 in every channel and
    decode as before.
    """
    channels = latents.shape[1]
    mean, spread = latents.mean((0, 2, 3)), latents.std((0, 2, 3))
    quant, back = vae.quant_conv, vae.post_quant_conv
    mean, spread = mean.to(quant.weight.device), spread.to(quant.weight.device)
    back.bias += (back.weight[:, :, 0, 0] * mean).sum(1)
    back.weight *= spread[None, :, None, None]
    quant.weight[:channels] /= spread[:, None, None, None]
    quant.bias[:channels] = (quant.bias[:channels] - mean) / spread
    quant.bias[channels:] -= 2 * spread.log()


@torch.no_grad()
def channel_weights(vae: AutoencoderKL, latents: torch.Tensor) -> torch.Tensor:
    """How much each channel of standardised latents matters, by what it does to the pixels, mean 1.

    The square root of the mean squared change of the picture under noise on that channel alone: the loss
    counts coarse channels more than fine ones, and fine ones still. Shape (1, channels, 1, 1).
    """
    known = vae.decode(latents).sample
    found = []
    for channel in range(latents.shape[1]):
        moved = latents.clone()
        moved[:, channel] += 0.5 * torch.randn_like(moved[:, channel])
        found.append((vae.decode(moved).sample - known).square().mean().sqrt())
    effects = torch.stack(found)
    return (effects / effects.mean())[None, :, None, None]


def psnr(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Peak signal-to-noise ratio of uint8 pictures, one value in dB for each pair."""
    error = ((a.astype(np.float32) - b.astype(np.float32)) ** 2).mean((1, 2, 3))
    return 10 * np.log10(255**2 / np.maximum(error, 1e-9))


def linear_latent_rgb(latents: torch.Tensor, pictures: np.ndarray) -> torch.Tensor:
    """Fit the best affine map from latents to the colours of 16 x 16 thumbnails.

    Returns a tensor of shape (channels + 1, 3), its last row the constant; colours are in [-1, 1].
    """
    thumbnails = F.adaptive_avg_pool2d(to_tensor(pictures), latents.shape[-1])
    x = latents.permute(0, 2, 3, 1).reshape(-1, latents.shape[1])
    x = torch.cat([x, torch.ones(len(x), 1)], 1)
    return torch.linalg.lstsq(x, thumbnails.permute(0, 2, 3, 1).reshape(-1, 3)).solution
