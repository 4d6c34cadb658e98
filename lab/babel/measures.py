"""What a picture model is measured by: agreement, attributes, distances of clouds, copying, continuity."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import torch

from lab.babel.autoencoder import edges, to_tensor
from lab.babel.judge import Judge
from lab.diffusion.smoothness import measure


def frechet(a: torch.Tensor, b: torch.Tensor) -> float:
    """Frechet distance of two clouds of embeddings (n, d) taken as Gaussians (Heusel et al. 2017)."""
    from scipy.linalg import sqrtm

    x, y = a.double().numpy(), b.double().numpy()
    ca, cb = np.cov(x.T), np.cov(y.T)
    return float(((x.mean(0) - y.mean(0)) ** 2).sum() + np.trace(ca + cb - 2 * sqrtm(ca @ cb).real))


def nearest(made: torch.Tensor, known: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Cosine and index of the nearest known embedding for each made one."""
    best = (made @ known.T).max(1)
    return best.values, best.indices


def sharpness(pictures: np.ndarray) -> np.ndarray:
    """Mean absolute difference of neighbouring pixels of uint8 pictures (n, H, W, 3): float (n,), in 0..2."""
    return torch.stack([side.abs().mean((1, 2, 3)) for side in edges(to_tensor(pictures))]).sum(0).numpy()


def step_lengths(judge: Judge, pictures: np.ndarray) -> np.ndarray:
    """How far each picture of a walk (n, H, W, 3) is from the next, in the judge's space: float (n - 1,)."""
    return judge.embed_pictures(pictures).diff(dim=0).norm(dim=-1).numpy()


def continuity(judge: Judge, walks: Sequence[np.ndarray]) -> dict[str, float]:
    """How evenly walks go, and whether their middles stay sharp.

    Parameters
    ----------
    judge : Judge
    walks : sequence of ndarray of shape (frames, H, W, 3), uint8
        Each from one prompt to another, both ends included.

    Returns
    -------
    dict
        By two distances, as the meter under a film sees the pictures and in the judge's space: the median
        over the walks of the largest step over the mean step, and the shares of walks where it is at most 2
        and at most 3. Then the median sharpness of the inner frames over that of the two ends.
    """
    worst = {
        "seen": np.array([measure(list(walk)).ratio for walk in walks]),
        "judged": np.array(
            [each.max() / max(each.mean(), 1e-9) for each in map(partial(step_lengths, judge), walks)]
        ),
    }
    blur = [sharpness(walk) for walk in walks]
    inner = np.array([each[1:-1].mean() / each[[0, -1]].mean() for each in blur])
    return {
        "walks": len(walks),
        **{f"largest step / mean step, {by}, median": float(np.median(v)) for by, v in worst.items()},
        **{
            f"share of walks at most {n}, {by}": float((v <= n).mean())
            for by, v in worst.items()
            for n in (2, 3)
        },
        "sharpness of inner frames / ends, median": float(np.median(inner)),
    }
