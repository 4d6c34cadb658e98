"""Latents as colours: the affine map that comes nearest to the decoder."""

from __future__ import annotations

import numpy as np


def fit_colours(latents: np.ndarray, picture: np.ndarray) -> np.ndarray:
    """Affine map (channels + 1, 3) from latents to colours in -1..1, by least squares on one picture."""
    channels, height, width = latents.shape
    blocks = picture.reshape(height, picture.shape[0] // height, width, picture.shape[1] // width, 3)
    colours = blocks.mean(axis=(1, 3)).reshape(-1, 3) / 127.5 - 1
    X = np.column_stack([latents.reshape(channels, -1).T.astype(np.float32), np.ones(height * width)])
    return np.linalg.lstsq(X, colours, rcond=None)[0].astype(np.float32)


def small_picture(latents: np.ndarray, colours: np.ndarray) -> np.ndarray:
    """Latents (channels, height, width) as a picture (height, width, 3), uint8, by an affine map."""
    painted = np.einsum("chw,ck->hwk", latents.astype(np.float32), colours[:-1]) + colours[-1]
    return ((painted.clip(-1, 1) + 1) * 127.5).round().astype(np.uint8)
