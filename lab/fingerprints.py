"""Fingerprints of pictures: what a file keeps of its frames as they were, whatever its format does."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

FINGERPRINTS = "sha256"  # the recipe's list of them, one for each frame in the order of showing


def fingerprint(image: np.ndarray) -> str:
    """Sixteen digits that name a picture by its size and pixels (SHA-256)."""
    shape = "x".join(map(str, image.shape)).encode()
    return hashlib.sha256(shape + np.ascontiguousarray(image).tobytes()).hexdigest()[:16]


def signed(recipe: dict, images: Sequence[np.ndarray]) -> dict:
    """The recipe with the fingerprints of its frames, unless it has some: a frame keeps those of its film."""
    return {FINGERPRINTS: [fingerprint(image) for image in images], **recipe}
