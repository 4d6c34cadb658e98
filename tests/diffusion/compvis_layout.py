"""A pipeline's weights under the names that CompVis, and Stability for SDXL, gave them."""

from __future__ import annotations

import re

import torch
from diffusers import DiffusionPipeline

RESNET = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "time_emb_proj": "emb_layers.1",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "conv_shortcut": "skip_connection",
}
UNET_ENDS = {
    "conv_in": "input_blocks.0.0",
    "time_embedding.linear_1": "time_embed.0",
    "time_embedding.linear_2": "time_embed.2",
    "add_embedding.linear_1": "label_emb.0.0",
    "add_embedding.linear_2": "label_emb.0.2",
    "conv_norm_out": "out.0",
    "conv_out": "out.2",
}
OPEN_CLIP = {
    "embeddings.token_embedding": "token_embedding",
    "embeddings.position_embedding.weight": "positional_embedding",
    "final_layer_norm": "ln_final",
    "encoder.layers": "transformer.resblocks",
    "layer_norm1": "ln_1",
    "layer_norm2": "ln_2",
    "mlp.fc1": "mlp.c_fc",
    "mlp.fc2": "mlp.c_proj",
    "self_attn.out_proj": "attn.out_proj",
}


def renamed(text: str, names: dict[str, str]) -> str:
    for old, new in names.items():
        text = text.replace(old, new)
    return text


def unet_name(name: str, layers: int, attended: set[int]) -> str:
    """Name of a UNet's weight; blocks are counted through, a sampler is a block or its last layer."""
    for old, new in UNET_ENDS.items():
        if name.startswith(old + "."):
            return new + name[len(old) :]
    if found := re.match(r"mid_block\.(resnets|attentions)\.(\d)\.(.*)", name):
        kind, number, rest = found.groups()
        place = 1 if kind == "attentions" else 2 * int(number)
        return f"middle_block.{place}.{rest if kind == 'attentions' else renamed(rest, RESNET)}"
    way, block, kind, number, rest = re.match(r"(down|up)_blocks\.(\d)\.(\w+)\.(\d)\.(.*)", name).groups()
    place = int(block) * (layers + 1) + int(number) + (way == "down")
    side = {"down": "input_blocks", "up": "output_blocks"}[way]
    if kind == "downsamplers":
        return f"{side}.{(int(block) + 1) * (layers + 1)}.0.{rest.replace('conv', 'op')}"
    if kind == "upsamplers":
        return f"{side}.{place + layers}.{2 if int(block) in attended else 1}.{rest}"
    return f"{side}.{place}." + (f"1.{rest}" if kind == "attentions" else f"0.{renamed(rest, RESNET)}")


def vae_entry(name: str, weight: torch.Tensor, levels: int) -> tuple[str, torch.Tensor]:
    """Name and weight of the VAE; its attention was a convolution, its way up was counted down."""
    if "attentions" in name:
        attention = {"mid_block.attentions.0": "mid.attn_1", "group_norm": "norm", "to_out.0": "proj_out"}
        name = renamed(name, attention | {"to_q": "q", "to_k": "k", "to_v": "v"})
        return name, weight[:, :, None, None] if weight.ndim == 2 else weight
    name = re.sub(r"mid_block\.resnets\.(\d)", lambda m: f"mid.block_{int(m[1]) + 1}", name)
    name = re.sub(r"down_blocks\.(\d)", r"down.\1", name)
    name = re.sub(r"up_blocks\.(\d)", lambda m: f"up.{levels - 1 - int(m[1])}", name)
    samplers = {"resnets": "block", "downsamplers.0": "downsample", "upsamplers.0": "upsample"}
    return renamed(name, samplers | {"conv_norm_out": "norm_out", "conv_shortcut": "nin_shortcut"}), weight


def open_clip(encoder: torch.nn.Module, prefix: str) -> dict[str, torch.Tensor]:
    """Weights of a text encoder as OpenCLIP names them: query, key and value in one."""
    weights = {name.removeprefix("text_model."): value for name, value in encoder.state_dict().items()}
    entries = {}
    for name, value in weights.items():
        if "self_attn.q_proj" in name:
            parts = [weights[name.replace("q_proj", f"{letter}_proj")] for letter in "qkv"]
            entries[name.replace("self_attn.q_proj.", "attn.in_proj_")] = torch.cat(parts)
        elif name == "text_projection.weight":
            entries["text_projection"] = value.T.contiguous()
        elif not re.search("self_attn.[kv]_proj", name):
            entries[name] = value
    return {prefix + renamed(name, OPEN_CLIP): value for name, value in entries.items()}


def clip(encoder: torch.nn.Module, prefix: str) -> dict[str, torch.Tensor]:
    """Weights of a text encoder as transformers named them then."""
    return {f"{prefix}text_model.{n.removeprefix('text_model.')}": v for n, v in encoder.state_dict().items()}


def texts(pipeline: DiffusionPipeline) -> dict[str, torch.Tensor]:
    """Text encoders of a pipeline; Stable Diffusion 2's has a last layer that nobody reads."""
    if hasattr(pipeline, "text_encoder_2"):
        first = clip(pipeline.text_encoder, "conditioner.embedders.0.transformer.")
        return first | open_clip(pipeline.text_encoder_2, "conditioner.embedders.1.model.")
    if pipeline.text_encoder.config.hidden_act == "quick_gelu":
        return clip(pipeline.text_encoder, "cond_stage_model.transformer.")
    weights = open_clip(pipeline.text_encoder, "cond_stage_model.model.")
    last = pipeline.text_encoder.config.num_hidden_layers
    unread = {n.replace(f".{last - 1}.", f".{last}."): torch.ones_like(v) for n, v in weights.items()}
    return unread | weights


def state_of(pipeline: DiffusionPipeline) -> dict[str, torch.Tensor]:
    """All weights of a pipeline in the layout of a single file."""
    config = pipeline.unet.config
    attended = {number for number, kind in enumerate(config.up_block_types) if kind.startswith("Cross")}
    names = pipeline.unet.state_dict()
    state = {
        "model.diffusion_model." + unet_name(name, config.layers_per_block, attended): weight
        for name, weight in names.items()
    }
    levels = len(pipeline.vae.config.block_out_channels)
    for name, weight in pipeline.vae.state_dict().items():
        name, weight = vae_entry(name, weight, levels)
        state[f"first_stage_model.{name}"] = weight
    return {name: weight.contiguous() for name, weight in (state | texts(pipeline)).items()}
