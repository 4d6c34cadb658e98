"""How much of a run is kept, and where that ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lab.diffusion.anatomy.spec import AnatomySpec

if TYPE_CHECKING:
    from lab.diffusion.model import Model

BYTES_MOST = 256 * 2**20
SMALL_PICTURE = 256 * 256  # pixels up to which a processor decodes every step


def kept_bytes(model: Model, spec: AnatomySpec) -> int:
    """Bytes of the tensors that are kept of the steps."""
    channels, height, width = model.latent_shape
    tokens, positions = model.text.shape[0], min(height, 64) * min(width, 64)
    pixels = 3 * model.size[0] * model.size[1] if decodes_steps(model) else 0
    return spec.manner[0] * (2 * (5 * channels * height * width + tokens * positions) + pixels)


def check_size(model: Model, spec: AnatomySpec) -> None:
    """Raise ``ValueError`` if the anatomy would take more than 256 MB."""
    asked = kept_bytes(model, spec)
    if asked > BYTES_MOST:
        raise ValueError(
            f"{spec.steps} steps of {model.name} would keep {asked / 2**20:.0f} MB of tensors, the limit is "
            f"{BYTES_MOST // 2**20} MB: take at most {spec.manner[0] * BYTES_MOST // asked} steps."
        )


def decodes_steps(model: Model) -> bool:
    """Whether every step's x0 goes through the decoder.

    On a processor only those of small pictures do, and none where a safety checker has the last word.
    """
    if model.checker is not None:
        return False
    return model.device.type == "cuda" or model.size[0] * model.size[1] <= SMALL_PICTURE
