"""The safety checker of a model that has one: it stays on, and a covered picture is never silently black.

Stock pipelines put black where the checker objects. Here the picture becomes a coarse mosaic, and a sentence
says so. In a morph the key frames decide, since in-between pictures set off false alarms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from PIL import Image

TILES = 8  # across a covered picture


def checker_of(parts: dict, device: torch.device) -> Checker | None:
    """The checker among a model's parts, if it has one."""
    if "safety_checker" not in parts:
        return None
    return Checker(parts["safety_checker"], parts["feature_extractor"], device)


def seen(checker: Checker | None, pictures: Iterator[np.ndarray], remarks: list[str]) -> Iterator[np.ndarray]:
    """The pictures after the checker; what it objects to is covered, and a remark says so."""
    for number, picture in enumerate(pictures, start=1):
        if checker is not None and checker.objects(picture):
            remarks.append(remark(number))
            picture = covered(picture)
        yield picture


class Checker:
    """The checker that came with a model.

    Parameters
    ----------
    network : StableDiffusionSafetyChecker
    extractor : CLIPImageProcessor
    device : torch.device
    """

    def __init__(self, network, extractor, device: torch.device):
        self.network, self.extractor, self.device = network.to(device).eval(), extractor, device

    @torch.no_grad()
    def objects(self, picture: np.ndarray) -> bool:
        """Whether the checker objects to a picture of shape (H, W, 3), uint8."""
        read = self.extractor([Image.fromarray(picture)], return_tensors="pt").pixel_values
        seen = read.to(self.device, self.network.dtype)
        return bool(self.network(images=[np.zeros((1, 1, 3))], clip_input=seen)[1][0])


def covered(picture: np.ndarray, tiles: int = TILES) -> np.ndarray:
    """The picture as a mosaic of ``tiles`` across, of the same shape."""
    height, width = picture.shape[:2]
    small = Image.fromarray(picture).resize((tiles, tiles), Image.Resampling.BOX)
    return np.asarray(small.resize((width, height), Image.Resampling.NEAREST))


def remark(number: int) -> str:
    """One sentence about a picture that the checker objected to, counted from 1."""
    return f"The model's safety checker objected to picture {number}: shown as a mosaic."


def remark_on_keys(keys: Sequence[int]) -> str:
    """One sentence about the key prompts, counted from 0, whose pictures the checker objected to."""
    listed = ", ".join(str(key + 1) for key in keys)
    which, beside = ("prompts", "them") if len(keys) > 1 else ("prompt", "it")
    return (
        f"The model's safety checker objected to {which} {listed}: "
        f"frames beside {beside} are shown as mosaics."
    )
