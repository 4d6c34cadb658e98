"""A model in one file (``sd-v1-4.ckpt``, any ``.safetensors`` of that layout) as the parts of a pipeline.

Weights go through diffusers' own converters; configurations are read off the shapes, the tokenizer is
CLIP's, which lies in this repository. Nothing is fetched.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lab.diffusion import checkpoint, clip_words, compvis

if TYPE_CHECKING:
    import torch
    from torch import Tensor

BASE_STEPS = 875_000  # the training step in the files of Stable Diffusion 2 that predict the noise
TURBO_SIDE = 64


def read_parts(path: Path, dtype: torch.dtype) -> dict:
    """Tokenizers, text encoders, UNet, VAE and the scheduler's configuration of a single file.

    Raises
    ------
    ValueError
        One sentence, if the file cannot be read, holds code, or is of another family.
    """
    state = checkpoint.read(path)
    family, said = compvis.recognise(state, path.name), read_yaml(path)
    prediction = _prediction(path, state, family, said, state.pop("global_step", None))
    turbo = "turbo" in path.stem.lower()
    side = TURBO_SIDE if turbo else family.sides[prediction == "v_prediction"]
    try:
        parts = _built(state, family, said, said.get("image_size", side), dtype)
    except (KeyError, StopIteration, RuntimeError, ValueError) as error:
        reason = " ".join(str(error).split())[:120]
        raise ValueError(
            f"{path.name!r} looks like {family.name}, but its parts do not fit: {reason}."
        ) from None
    spacing = {"timestep_spacing": "trailing"} if turbo else {}
    return parts | {
        "scheduler": compvis.scheduler_config(prediction, said) | spacing,
        "force_zeros_for_empty_prompt": len(family.texts) == 2,
    }


def read_yaml(path: Path) -> dict:
    """Parameters in CompVis' own configuration of the same name beside a checkpoint; empty without one."""
    beside = path.with_suffix(".yaml")
    if not beside.is_file():
        return {}
    import yaml

    try:
        return dict(yaml.safe_load(beside.read_text(encoding="utf-8"))["model"]["params"])
    except (yaml.YAMLError, KeyError, TypeError, ValueError):
        raise ValueError(
            f"{beside.name!r} is no configuration of a checkpoint; mend it or take it away."
        ) from None


def _built(state: dict[str, Tensor], family: compvis.Family, said: dict, side: int, dtype) -> dict:
    import torch
    from diffusers.loaders import single_file_utils as diffusers
    from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel

    unet = compvis.unet_config(state, family, said, side)
    vae = compvis.vae_config(state, family, said, side)
    overflows = vae["force_upcast"] and dtype == torch.float16
    unet_weights = diffusers.convert_ldm_unet_checkpoint(state, unet)
    vae_weights = diffusers.convert_ldm_vae_checkpoint(state, vae)
    return {
        "unet": _filled(UNet2DConditionModel(**unet), unet_weights, "UNet", dtype),
        "vae": _filled(AutoencoderKL(**vae), vae_weights, "VAE", torch.float32 if overflows else dtype),
        **_texts(state, family, dtype),
    }


def _texts(state: dict[str, Tensor], family: compvis.Family, dtype) -> dict[str, Any]:
    """Tokenizers and text encoders under diffusers' names for them."""
    from diffusers.loaders import single_file_utils as diffusers
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    parts: dict[str, Any] = {}
    for number, prefix in enumerate(family.texts, start=1):
        suffix = "" if number == 1 else f"_{number}"
        config = CLIPTextConfig(**compvis.text_config(state, prefix, family))
        encoder = (CLIPTextModel if number == 1 else CLIPTextModelWithProjection)(config)
        open_clip = prefix in (compvis.OPEN_CLIP, compvis.OPEN_CLIP_XL)
        weights = (
            diffusers.convert_open_clip_checkpoint(encoder, state, prefix=prefix)
            if open_clip
            else diffusers.convert_ldm_clip_checkpoint(state)
        )
        if not hasattr(encoder, "text_model"):
            weights = {name.removeprefix("text_model."): weight for name, weight in weights.items()}
        parts[f"text_encoder{suffix}"] = _filled(encoder, weights, "text encoder", dtype)
        padding = "!" if open_clip else clip_words.END
        parts[f"tokenizer{suffix}"] = clip_words.tokenizer(padding, config.max_position_embeddings)
    return parts


def _filled(module: torch.nn.Module, weights: dict[str, Tensor], what: str, dtype) -> torch.nn.Module:
    """The module with all its weights from the file; what the file has beside them is left."""
    own = module.state_dict()
    missing = [name for name in own if name not in weights and not name.endswith("position_ids")]
    if missing:
        raise ValueError(f"the {what} lacks {len(missing)} of its {len(own)} weights, {missing[0]} first")
    module.load_state_dict({name: weights[name] for name in own if name in weights}, strict=False)
    return module if dtype == module.dtype else module.to(dtype)


def _prediction(path: Path, state: dict, family: compvis.Family, said: dict, step: object) -> str:
    """What the UNet predicts.

    The ``.yaml`` says it, or for SDXL an empty tensor called ``v_pred``. The files of Stable Diffusion 2 can
    be told apart by the step they were trained to, and the distilled ones by their name alone.
    """
    if "parameterization" in said or family.name != "Stable Diffusion 2":
        velocity = said.get("parameterization") == "v" or "v_pred" in state
        return "v_prediction" if velocity else "epsilon"
    told = step == BASE_STEPS or any(word in path.stem.lower() for word in ("turbo", "base"))
    return "epsilon" if told else "v_prediction"
