"""Geometry of a checkpoint in the CompVis layout, read off the shapes of its weights.

Such a file says nothing about itself. Widths, depths and the place of the attention follow from the shapes;
what does not, the number of heads above all, is the family's, or stands in CompVis' own configuration, here
``said``. Sources: Rombach et al. 2022; Podell et al. 2023.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

UNET, VAE = "model.diffusion_model.", "first_stage_model."
CLIP = "cond_stage_model.transformer.text_model."
OPEN_CLIP = "cond_stage_model.model."
CLIP_XL = "conditioner.embedders.0.transformer.text_model."
OPEN_CLIP_XL = "conditioner.embedders.1.model."
GROUPS = 32
TIME_IDS = 6  # numbers in SDXL's time ids: original size, crop corner, target size


@dataclass(frozen=True)
class Family:
    """What weights do not tell: text encoders by prefix, heads, scaling, side of the latents."""

    name: str
    texts: tuple[str, ...]
    heads: int | None  # None: one per 64 channels
    scaling: float
    sides: tuple[int, int]  # for epsilon, for velocity


FAMILIES = (
    Family("Stable Diffusion 1", (CLIP,), 8, 0.18215, (64, 64)),
    Family("Stable Diffusion 2", (OPEN_CLIP,), None, 0.18215, (64, 96)),
    Family("SDXL", (CLIP_XL, OPEN_CLIP_XL), None, 0.13025, (128, 128)),
)


def recognise(state: dict[str, Tensor], name: str) -> Family:
    """Family of a checkpoint; ``ValueError`` with one sentence if it is none that is known here."""
    if UNET + "input_blocks.0.0.weight" not in state:
        raise ValueError(
            f"{name!r} holds no UNet in the layout of Stable Diffusion; "
            "adapters, text encoders and other networks alone make no pictures."
        )
    for family in FAMILIES:
        if all(any(key.startswith(prefix) for key in state) for prefix in family.texts):
            return family
    raise ValueError(
        f"{name!r} has no text encoder of a known family; known are Stable Diffusion 1, 2 and SDXL."
    )


def unet_config(state: dict[str, Tensor], family: Family, said: dict, side: int) -> dict:
    """Configuration of diffusers' UNet2DConditionModel."""
    levels = _levels(state)
    widths = [width for width, _, _ in levels]
    depths = [depth for _, _, depth in levels]
    middle = _depth(state, UNET + "middle_block.1")
    crossed = next(key for key in state if key.startswith(UNET) and key.endswith("attn2.to_k.weight"))
    linear = state[next(k for k in state if k.startswith(UNET) and k.endswith("proj_in.weight"))].ndim == 2
    return {
        "sample_size": side,
        "in_channels": state[UNET + "input_blocks.0.0.weight"].shape[1],
        "out_channels": state[UNET + "out.2.weight"].shape[0],
        "block_out_channels": widths,
        "layers_per_block": levels[0][1],
        "down_block_types": ["CrossAttnDownBlock2D" if depth else "DownBlock2D" for depth in depths],
        "up_block_types": ["CrossAttnUpBlock2D" if depth else "UpBlock2D" for depth in reversed(depths)],
        "transformer_layers_per_block": [*(depth or 1 for depth in depths[:-1]), middle],
        "cross_attention_dim": state[crossed].shape[1],
        "attention_head_dim": _heads(widths, family, said),
        "use_linear_projection": linear,
        "norm_num_groups": GROUPS,
        **_size_conditions(state),
    }


def vae_config(state: dict[str, Tensor], family: Family, said: dict, side: int) -> dict:
    """Configuration of diffusers' AutoencoderKL."""
    levels = _count(state, VAE + "encoder.down.")
    conv = [state[f"{VAE}encoder.down.{level}.block.0.conv2.weight"] for level in range(levels)]
    return {
        "in_channels": state[VAE + "encoder.conv_in.weight"].shape[1],
        "out_channels": state[VAE + "decoder.conv_out.weight"].shape[0],
        "block_out_channels": [weight.shape[0] for weight in conv],
        "down_block_types": ["DownEncoderBlock2D"] * levels,
        "up_block_types": ["UpDecoderBlock2D"] * levels,
        "layers_per_block": _count(state, VAE + "encoder.down.0.block."),
        "latent_channels": state[VAE + "decoder.conv_in.weight"].shape[1],
        "norm_num_groups": GROUPS,
        "sample_size": side * 2 ** (levels - 1),
        "scaling_factor": said.get("scale_factor", family.scaling),
        "force_upcast": family.name == "SDXL",
    }


def text_config(state: dict[str, Tensor], prefix: str, family: Family) -> dict:
    """Configuration of a CLIP text encoder; its heads are 64 wide in every family."""
    open_clip = prefix in (OPEN_CLIP, OPEN_CLIP_XL)
    table = state[prefix + ("token_embedding.weight" if open_clip else "embeddings.token_embedding.weight")]
    places = prefix + ("positional_embedding" if open_clip else "embeddings.position_embedding.weight")
    layers = _count(state, prefix + ("transformer.resblocks." if open_clip else "encoder.layers."))
    inner = "transformer.resblocks.0.mlp.c_fc.weight" if open_clip else "encoder.layers.0.mlp.fc1.weight"
    vocabulary, width = table.shape
    last_unused = family.name == "Stable Diffusion 2"  # it reads the layer before the last
    projection = state.get(prefix + "text_projection")
    return {
        "vocab_size": vocabulary,
        "hidden_size": width,
        "intermediate_size": state[prefix + inner].shape[0],
        "num_hidden_layers": layers - last_unused,
        "num_attention_heads": max(1, width // 64),
        "max_position_embeddings": state[places].shape[0],
        "hidden_act": "gelu" if open_clip else "quick_gelu",
        "projection_dim": width if projection is None else projection.shape[1],
        "bos_token_id": vocabulary - 2,
        "eos_token_id": vocabulary - 1,
        "pad_token_id": 0 if open_clip else vocabulary - 1,
    }


def scheduler_config(prediction: str, said: dict) -> dict:
    """The noise schedule all families share, and what the UNet predicts."""
    return {
        "_class_name": "PNDMScheduler",
        "num_train_timesteps": said.get("timesteps", 1000),
        "beta_start": said.get("linear_start", 0.00085),
        "beta_end": said.get("linear_end", 0.012),
        "beta_schedule": "scaled_linear",
        "prediction_type": prediction,
        "set_alpha_to_one": False,
        "skip_prk_steps": True,
        "steps_offset": 1,
        "clip_sample": False,
    }


def _levels(state: dict[str, Tensor]) -> list[tuple[int, int, int]]:
    """(width, residual blocks, depth of the transformers) of each resolution, from fine to coarse."""
    levels, blocks, width, depth = [], 0, 0, 0
    for number in range(1, _count(state, UNET + "input_blocks.")):
        block = f"{UNET}input_blocks.{number}"
        if f"{block}.0.op.weight" in state:
            levels.append((width, blocks, depth))
            blocks = depth = 0
        else:
            width = state[f"{block}.0.out_layers.3.weight"].shape[0]
            blocks, depth = blocks + 1, _depth(state, f"{block}.1")
    return [*levels, (width, blocks, depth)]


def _heads(widths: list[int], family: Family, said: dict) -> int | list[int]:
    """Heads of the attention at each resolution (diffusers calls their number ``attention_head_dim``)."""
    params = said.get("unet_config", {}).get("params", {})
    if params.get("num_heads", -1) > 0:
        return params["num_heads"]
    wide = params.get("num_head_channels", 64)
    return family.heads if family.heads else [max(1, width // wide) for width in widths]


def _size_conditions(state: dict[str, Tensor]) -> dict:
    """How SDXL is told the pooled embedding and six numbers about the size; nothing for other families."""
    label = state.get(UNET + "label_emb.0.0.weight")
    pooled = state.get(OPEN_CLIP_XL + "text_projection")
    if label is None or pooled is None:
        return {}
    return {
        "addition_embed_type": "text_time",
        "addition_time_embed_dim": (label.shape[1] - pooled.shape[1]) // TIME_IDS,
        "projection_class_embeddings_input_dim": label.shape[1],
    }


def _depth(state: dict[str, Tensor], block: str) -> int:
    return _count(state, block + ".transformer_blocks.")


def _count(state: dict[str, Tensor], prefix: str) -> int:
    """Number of children ``prefix0.``, ``prefix1.`` and so on."""
    return len({key[len(prefix) :].split(".")[0] for key in state if key.startswith(prefix)})
