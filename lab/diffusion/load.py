"""The border to diffusers and transformers: a folder in their format goes in, a ``Model`` comes out.

Nothing is fetched unless the caller allows it, only safetensors are read, and no code of a model is run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from lab import compute
from lab.diffusion import folder as folders

if TYPE_CHECKING:
    import torch

    from lab.diffusion.model import Model

FAMILIES = ("StableDiffusionPipeline",)
HUB_FILES = (
    "*.json",
    "*.txt",
    "text_encoder/model.safetensors",
    "text_encoder/model-*.safetensors",
    "*/diffusion_pytorch_model.safetensors",
    "*/diffusion_pytorch_model-*.safetensors",
)


def load(
    name: str = "babel",
    device: str | None = None,
    dtype: torch.dtype | None = None,
    *,
    allow_download: bool = False,
) -> Model:
    """Load a Stable Diffusion model.

    Parameters
    ----------
    name : str
        ``"babel"``, a folder in diffusers' format, or a hub id (``"owner/name"``).
    device : {"cpu", "cuda", "mps"}, optional
        The fastest device of the machine if left out.
    dtype : torch.dtype, optional
        float32 on cpu and mps, bfloat16 or float16 on cuda if left out.
    allow_download : bool
        Whether a hub id may be fetched; if not, only what an earlier call fetched is found.

    Raises
    ------
    ValueError
        If there is no such model, or it is of a family that this library does not know.
    """
    from lab.diffusion.model import Model

    place = compute.choose_device(device)
    compute.share_processors()
    folder = find(str(name), allow_download)
    check_family(folder)
    return Model(str(name), folder, read_parts(folder, dtype or compute.choose_dtype(place)), place)


def find(name: str, allow_download: bool) -> Path:
    """Folder of the model called ``name``, fetched from the hub only if that is allowed."""
    folder = folders.locate(name)
    if (folder / "model_index.json").is_file():
        return folder
    if folder.exists() or not re.fullmatch(r"[\w.-]+/[\w.-]+", name):
        raise ValueError(f"There is no model in {str(folder)!r}: a diffusers folder has a model_index.json.")
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


def check_family(folder: Path) -> None:
    """Raise ``ValueError`` unless the folder holds a pipeline of a known family."""
    family = json.loads((folder / "model_index.json").read_text(encoding="utf-8")).get("_class_name")
    if family not in FAMILIES:
        raise ValueError(f"The model in {str(folder)!r} is a {family}; known are {', '.join(FAMILIES)}.")


def read_parts(folder: Path, dtype: torch.dtype) -> dict:
    """Tokenizer, text encoder, UNet, VAE and the scheduler's configuration, as stock diffusers reads them."""
    from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
    from transformers import CLIPTextModel, CLIPTokenizer

    local = {"local_files_only": True}
    weights = local | {"use_safetensors": True, "dtype": dtype}
    whole = weights | {"low_cpu_mem_usage": False}  # without it diffusers asks for accelerate
    with no_progress_bar():
        return {
            "tokenizer": CLIPTokenizer.from_pretrained(folder / "tokenizer", **local),
            "text_encoder": CLIPTextModel.from_pretrained(folder / "text_encoder", **weights),
            "unet": UNet2DConditionModel.from_pretrained(folder / "unet", **whole),
            "vae": AutoencoderKL.from_pretrained(folder / "vae", **whole),
            "scheduler": json.loads(
                (folder / "scheduler" / "scheduler_config.json").read_text(encoding="utf-8")
            ),
        }


@contextmanager
def no_progress_bar() -> Iterator[None]:
    """Keep transformers from drawing a bar while it reads a model, and leave its setting as it was."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()
