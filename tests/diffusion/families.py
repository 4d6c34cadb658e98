"""A real pipeline of each family, tiny and randomly initialised, with the families' own traits.

Heads, activations, schedulers and the layers that are read are those of the published models; only widths and
depths are small. All of them speak CLIP's own vocabulary.
"""

from __future__ import annotations

from pathlib import Path

import torch
from diffusers import (
    AutoencoderKL,
    DiffusionPipeline,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    LatentConsistencyModelPipeline,
    LCMScheduler,
    PNDMScheduler,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

from lab.diffusion import clip_words

TOKENS, SIDE = 12, 8
SCHEDULE = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear", "steps_offset": 1}
WITHOUT_CHECKER = {"safety_checker": None, "feature_extractor": None, "requires_safety_checker": False}


def text(width: int, layers: int, activation: str, projected: bool = False):
    """CLIP text encoder over the whole vocabulary, heads of 64 channels."""
    config = CLIPTextConfig(
        vocab_size=49408,
        hidden_size=width,
        intermediate_size=2 * width,
        num_hidden_layers=layers,
        num_attention_heads=width // 64,
        max_position_embeddings=TOKENS,
        hidden_act=activation,
        projection_dim=width,
        bos_token_id=49406,
        eos_token_id=49407,
        pad_token_id=0 if activation == "gelu" else 49407,
    )
    return (CLIPTextModelWithProjection if projected else CLIPTextModel)(config)


def unet(width: int, **traits) -> UNet2DConditionModel:
    """Two levels, cross-attention strong enough to be seen."""
    kinds = traits.pop("kinds", ("CrossAttn", ""))
    model = UNet2DConditionModel(
        sample_size=SIDE,
        in_channels=4,
        out_channels=4,
        block_out_channels=(32, 64),
        layers_per_block=1,
        down_block_types=tuple(f"{kind}DownBlock2D" for kind in kinds),
        up_block_types=tuple(f"{kind}UpBlock2D" for kind in reversed(kinds)),
        cross_attention_dim=width,
        **traits,
    )
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "attn2.to_" in name and name.endswith("weight"):
                weight.mul_(4)
    return model


def vae(scaling: float) -> AutoencoderKL:
    """Autoencoder with four latent channels and one halving."""
    model = AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2,
        block_out_channels=(32, 64),
        latent_channels=4,
        sample_size=2 * SIDE,
        scaling_factor=scaling,
    )
    with torch.no_grad():
        model.decoder.conv_out.weight.mul_(4)
    return model


def sd1() -> DiffusionPipeline:
    """Stable Diffusion 1.x: eight heads, CLIP ViT-L's traits, noise predicted."""
    return StableDiffusionPipeline(
        vae=vae(0.18215),
        text_encoder=text(64, 2, "quick_gelu"),
        tokenizer=clip_words.tokenizer(length=TOKENS),
        unet=unet(64, attention_head_dim=8),
        scheduler=PNDMScheduler(**SCHEDULE, skip_prk_steps=True),
        **WITHOUT_CHECKER,
    )


def sd2(scheduler=None) -> DiffusionPipeline:
    """Stable Diffusion 2.x: heads of 64 channels, OpenCLIP's traits, velocity predicted."""
    velocity = PNDMScheduler(**SCHEDULE, skip_prk_steps=True, prediction_type="v_prediction")
    return StableDiffusionPipeline(
        vae=vae(0.18215),
        text_encoder=text(128, 2, "gelu"),
        tokenizer=clip_words.tokenizer("!", TOKENS),
        unet=unet(128, attention_head_dim=(1, 1), use_linear_projection=True),
        scheduler=scheduler or velocity,
        **WITHOUT_CHECKER,
    )


def turbo() -> DiffusionPipeline:
    """SD-Turbo: Stable Diffusion 2's network, noise predicted, steps counted from the noisy end."""
    return sd2(EulerDiscreteScheduler(**SCHEDULE, timestep_spacing="trailing"))


def lcm() -> DiffusionPipeline:
    """Latent consistency model distilled with its guidance, which it reads as a vector."""
    return LatentConsistencyModelPipeline(
        vae=vae(0.18215),
        text_encoder=text(64, 2, "quick_gelu"),
        tokenizer=clip_words.tokenizer(length=TOKENS),
        unet=unet(64, attention_head_dim=8, time_cond_proj_dim=32),
        scheduler=LCMScheduler(**SCHEDULE),
        **WITHOUT_CHECKER,
    )


def sdxl(scheduler=None) -> DiffusionPipeline:
    """SDXL: two text encoders, pooled embedding, size numbers, deeper transformers where it is coarse."""
    return StableDiffusionXLPipeline(
        vae=vae(0.13025),
        text_encoder=text(64, 2, "quick_gelu"),
        text_encoder_2=text(128, 3, "gelu", projected=True),
        tokenizer=clip_words.tokenizer(length=TOKENS),
        tokenizer_2=clip_words.tokenizer("!", TOKENS),
        unet=unet(
            192,
            kinds=("", "CrossAttn"),
            attention_head_dim=(1, 1),
            use_linear_projection=True,
            transformer_layers_per_block=(1, 2),
            addition_embed_type="text_time",
            addition_time_embed_dim=8,
            projection_class_embeddings_input_dim=128 + 6 * 8,
        ),
        scheduler=scheduler or EulerDiscreteScheduler(**SCHEDULE),
        add_watermarker=False,
    )


def sdxl_turbo() -> DiffusionPipeline:
    """SDXL-Turbo: the same with ancestral Euler, steps counted from the noisy end."""
    return sdxl(EulerAncestralDiscreteScheduler(**SCHEDULE, timestep_spacing="trailing"))


FAMILIES = {make.__name__: make for make in (sd1, sd2, turbo, lcm, sdxl, sdxl_turbo)}


def build(name: str, folder: Path) -> DiffusionPipeline:
    """Make a pipeline of a family, the same at every call, and save it."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(7)
        pipeline = FAMILIES[name]()
    pipeline.set_progress_bar_config(disable=True)
    pipeline.save_pretrained(folder)
    return pipeline
