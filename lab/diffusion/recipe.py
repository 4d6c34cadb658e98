"""The recipe of a picture: what was asked of which model, where, and with which versions.

Enough to make the picture again, bit for bit on the same device.
"""

from __future__ import annotations

import platform
from dataclasses import asdict
from typing import TYPE_CHECKING

from lab import compute

if TYPE_CHECKING:
    from lab.diffusion.asking import Sampling
    from lab.diffusion.model import Model

PACKAGES = ("torch", "diffusers", "transformers", "numpy")


def recipe(experiment: str, model: Model, spec: Sampling) -> dict:
    """Recipe as plain data that JSON can hold.

    Parameters
    ----------
    experiment : str
        Word of the experiment.
    model : Model
    spec : Sampling
        What the model leaves open is filled in.
    """
    versions = {name: compute.version(name) for name in PACKAGES}
    return {
        "experiment": experiment,
        "spec": asdict(spec.with_defaults(model.defaults)),
        "model": {"name": model.name, "hash": model.hash},
        "device": compute.describe(model.device),
        "dtype": str(model.unet.dtype).removeprefix("torch."),
        "rows": model.rows,
        "versions": {"python": platform.python_version(), **versions},
    }
