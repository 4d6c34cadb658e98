"""A folder in diffusers' format as the parts of a pipeline, read by diffusers' and transformers' own classes.

Weights are safetensors, all of them must be there, and no code of a model is run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

FAMILIES = ("StableDiffusionPipeline", "StableDiffusionXLPipeline", "LatentConsistencyModelPipeline")


def check_family(folder: Path) -> dict:
    """``model_index.json`` of a pipeline of a known family, or ``ValueError`` with one sentence."""
    index = read_json(folder / "model_index.json")
    family = index.get("_class_name")
    if family not in FAMILIES:
        raise ValueError(f"The model in {str(folder)!r} is a {family}; known are {', '.join(FAMILIES)}.")
    return index


def read_parts(folder: Path, dtype: torch.dtype) -> dict:
    """Tokenizers, text encoders, UNet, VAE and the scheduler's configuration, as stock diffusers reads them.

    A safety checker is read where the model has one; it is never left out in silence.
    """
    index = check_family(folder)
    with no_progress_bar():
        parts = (
            _networks(folder, index, dtype) | _texts(folder, index, dtype) | _checker(folder, index, dtype)
        )
    parts["scheduler"] = read_json(folder / "scheduler" / "scheduler_config.json")
    parts["force_zeros_for_empty_prompt"] = index.get("force_zeros_for_empty_prompt", False)
    ours, theirs = parts["unet"].config.in_channels, parts["vae"].config.latent_channels
    if ours != theirs:
        raise ValueError(
            f"The UNet in {str(folder)!r} takes {ours} channels where the latents have {theirs}; "
            "models for inpainting and upscaling have no room here."
        )
    return parts


def _networks(folder: Path, index: dict, dtype) -> dict:
    import torch
    from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel

    whole = {"low_cpu_mem_usage": False}  # without it diffusers asks for accelerate
    large = index["_class_name"] == "StableDiffusionXLPipeline"  # its VAE overflows in half precision
    overflows = large and read_json(folder / "vae" / "config.json").get("force_upcast", True)
    exact = torch.float32 if overflows and dtype == torch.float16 else dtype
    return {
        "unet": _whole(UNet2DConditionModel, folder / "unet", dtype=dtype, **whole),
        "vae": _whole(AutoencoderKL, folder / "vae", dtype=exact, **whole),
    }


def _texts(folder: Path, index: dict, dtype) -> dict:
    from transformers import CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

    parts = {}
    for suffix, kind in (("", CLIPTextModel), ("_2", CLIPTextModelWithProjection)):
        if index.get(f"text_encoder{suffix}", [None])[0]:
            place = folder / f"tokenizer{suffix}"
            parts[f"tokenizer{suffix}"] = CLIPTokenizer.from_pretrained(place, local_files_only=True)
            parts[f"text_encoder{suffix}"] = _whole(kind, folder / f"text_encoder{suffix}", dtype=dtype)
    return parts


def _checker(folder: Path, index: dict, dtype) -> dict:
    """Safety checker and what prepares pictures for it; nothing where the model has none."""
    if not index.get("safety_checker", [None])[0]:
        return {}
    from diffusers.pipelines.stable_diffusion.safety_checker import StableDiffusionSafetyChecker
    from transformers import CLIPImageProcessor

    return {
        "safety_checker": _whole(StableDiffusionSafetyChecker, folder / "safety_checker", dtype=dtype),
        "feature_extractor": CLIPImageProcessor.from_pretrained(
            folder / "feature_extractor", local_files_only=True
        ),
    }


def _whole(kind: Any, place: Path, **how):
    """A network with all of its weights, or ``ValueError`` with one sentence."""
    from safetensors import SafetensorError

    try:
        network, report = kind.from_pretrained(
            place, local_files_only=True, use_safetensors=True, output_loading_info=True, **how
        )
    except (OSError, SafetensorError, RuntimeError, ValueError) as error:
        reason = " ".join(str(error).split())[:100]
        raise ValueError(
            f"The weights in {str(place)!r} cannot be read as safetensors ({reason}); fetch the model again."
        ) from None
    if missing := report["missing_keys"]:
        raise ValueError(
            f"The weights in {str(place)!r} lack {len(missing)} tensors, {min(missing)} first; "
            "fetch the model again."
        )
    return network


def read_json(path: Path) -> dict:
    """Contents of a small file of a model, or ``ValueError`` with one sentence."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ValueError(f"The model has no {str(path)!r}; fetch it again.") from None
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise ValueError(f"{str(path)!r} is no JSON; fetch the model again.") from None


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
