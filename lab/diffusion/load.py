"""The border to diffusers and transformers: a folder or a file goes in, a ``Model`` comes out.

Nothing is fetched unless the caller allows it, only safetensors and torch's weights-only pickles are read,
and no code of a model is run.
"""

from __future__ import annotations

import re
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from lab import checksums, compute
from lab.diffusion import folder as folders

if TYPE_CHECKING:
    import torch

    from lab.diffusion.model import Model

HUB_FILES = (
    "*.json",
    "*.txt",
    "text_encoder*/model.safetensors",
    "text_encoder*/model-*.safetensors",
    "safety_checker/model.safetensors",
    "*/diffusion_pytorch_model.safetensors",
    "*/diffusion_pytorch_model-*.safetensors",
)


def load(
    name: str = "babel",
    device: str | None = None,
    dtype: torch.dtype | None = None,
    *,
    allow_download: bool = False,
    compiled: bool = False,
) -> Model:
    """Load a Stable Diffusion model: 1.x, 2.x, SDXL, and what was distilled from them (Turbo, LCM).

    Parameters
    ----------
    name : str
        ``"babel"``, a folder in diffusers' format, a single file (``sd-v1-4.ckpt``, ``.safetensors``) in the
        CompVis layout, either of them by its name alone if it lies in the models folder, or a hub id
        (``"owner/name"``).
    device : {"cpu", "cuda", "mps"}, optional
        The fastest device of the machine if left out.
    dtype : torch.dtype, optional
        float32 on cpu and mps, bfloat16 or float16 on cuda if left out.
    allow_download : bool
        Whether a hub id may be fetched; if not, only what an earlier call fetched is found.
    compiled : bool
        Whether UNet and decoder are compiled for the one shape that all their calls have: a first render of
        minutes, faster ones after it. On cuda alone.

    Raises
    ------
    ValueError
        One sentence, if there is no such model, it cannot be read, or it is of a family that this library
        does not know.
    """
    from lab.diffusion import lean, parts, single
    from lab.diffusion.model import Model

    place = compute.choose_device(device)
    compute.share_processors()
    if compiled and place.type != "cuda":
        raise ValueError(f"Networks are compiled on cuda alone, not on {place.type}; leave compiled=False.")
    where = find(str(name), allow_download)
    read = single.read_parts if where.is_file() else parts.read_parts
    with nullcontext() if compiled else lean.imports():
        networks = read(where, dtype or compute.choose_dtype(place))
    model = Model(str(name), where, networks, place)
    for network in (model.unet, model.vae.decoder) if compiled else ():
        network.compile(dynamic=False)
    return model


def find(name: str, allow_download: bool) -> Path:
    """Folder or file of the model called ``name``, fetched from the hub only if that is allowed.

    A folder with a list of checksums is compared with it first.
    """
    place = folders.locate(name)
    checksums.check(place, Path(name).name)
    if place.is_file() or (place / "model_index.json").is_file():
        return place
    if name == "babel":
        raise ValueError(f"babel is not there, its folder is missing or empty; {checksums.mend(place)}.")
    if place.exists() or not re.fullmatch(r"[\w.-]+/[\w.-]+", name):
        raise ValueError(f"There is no model in {str(place)!r}: a diffusers folder has a model_index.json.")
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(
            snapshot_download(name, allow_patterns=list(HUB_FILES), local_files_only=not allow_download)
        )
    except LocalEntryNotFoundError:
        mend = "the hub cannot be reached" if allow_download else "pass allow_download=True to fetch it"
        raise ValueError(f"The model {name!r} is not on this machine; {mend}.") from None
    except (HfHubHTTPError, HFValidationError):
        raise ValueError(f"The hub has no model {name!r} that one may fetch.") from None
