"""Colours without a decoder: the best straight map from latents to the colours of a thumbnail."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lab.diffusion.latents.results import Colours, Source


def colours(sources: Sequence[Source], shipped: Sequence[Sequence[float]] | None = None) -> Colours:
    """Fit a map to pictures by least squares, and hold it against the one that ships with the model.

    Parameters
    ----------
    sources : sequence of Source
    shipped : (channels + 1, 3) numbers, optional
        The last row the constant; colours from -1 to 1.
    """
    inputs = [features(source.latents) for source in sources]
    wanted = [thumbnail(source.image, source.latents.shape[1:]) for source in sources]
    weights = fitted(inputs, wanted)
    known = np.asarray(shipped, dtype=np.float64) if shipped is not None else None
    if known is not None and known.shape != weights.shape:
        known = None
    shape = (*sources[0].latents.shape[1:], 3)
    return Colours(
        true=tuple(painted(colour, shape) for colour in wanted),
        shipped=() if known is None else tuple(painted(x @ known, shape) for x in inputs),
        fitted=tuple(painted(x @ weights, shape) for x in inputs),
        shipped_fit=float("nan") if known is None else explained(inputs, wanted, known),
        fitted_fit=explained(inputs, wanted, weights),
        left_out=left_out(inputs, wanted),
        weights=weights,
    )


def features(latents: np.ndarray) -> np.ndarray:
    """Latents ``(channels, h, w)`` as rows of channels and a 1: ``(h * w, channels + 1)``."""
    rows = latents.reshape(len(latents), -1).T.astype(np.float64)
    return np.concatenate([rows, np.ones((len(rows), 1))], axis=1)


def thumbnail(image: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Mean colours of a picture's tiles, one a latent position: ``(h * w, 3)`` from -1 to 1."""
    height, width = shape
    tall, wide = image.shape[0] // height, image.shape[1] // width
    tiles = image[: height * tall, : width * wide].reshape(height, tall, width, wide, 3)
    return tiles.mean((1, 3)).reshape(-1, 3) / 127.5 - 1


def fitted(inputs: Sequence[np.ndarray], wanted: Sequence[np.ndarray]) -> np.ndarray:
    """Least-squares map from all inputs to all colours, ``(channels + 1, 3)``."""
    return np.linalg.lstsq(np.concatenate(inputs), np.concatenate(wanted), rcond=None)[0]


def explained(inputs: Sequence[np.ndarray], wanted: Sequence[np.ndarray], weights: np.ndarray) -> float:
    """R^2: the share of the colours' variance, each colour about its own mean, that the map explains."""
    x, y = np.concatenate(inputs), np.concatenate(wanted)
    spread = ((y - y.mean(0)) ** 2).sum()
    return float(1 - ((x @ weights - y) ** 2).sum() / spread) if spread > 0 else float("nan")


def left_out(inputs: Sequence[np.ndarray], wanted: Sequence[np.ndarray]) -> float:
    """Mean R^2 on each picture of the map fitted to all others; NaN for a single picture."""
    if len(inputs) < 2:
        return float("nan")
    fits = []
    for index in range(len(inputs)):
        others = [*range(index), *range(index + 1, len(inputs))]
        weights = fitted([inputs[i] for i in others], [wanted[i] for i in others])
        fits.append(explained([inputs[index]], [wanted[index]], weights))
    return float(np.mean(fits))


def painted(colours: np.ndarray, shape: tuple[int, int, int]) -> np.ndarray:
    """Colours from -1 to 1 as a uint8 picture; what is beyond is cut."""
    return np.rint((colours.clip(-1, 1) + 1) * 127.5).astype(np.uint8).reshape(shape)
