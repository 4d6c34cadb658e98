"""The shapes of babel's three networks, in the words of diffusers and transformers.

Pictures of 64 x 64, latents of 16 x 16 with 12 channels (Stable Diffusion 1.x: 512 x 512, 64 x 64 with 4),
text embeddings of 32 tokens and width 128.
"""

from __future__ import annotations

import warnings

from diffusers import AutoencoderKL, PNDMScheduler, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

PICTURE_SIZE, CHANNELS, LATENT_SIZE, WIDTH = 64, 12, 16, 128


def text_config(tokenizer: CLIPTokenizer) -> CLIPTextConfig:
    """Three layers of width 128 over 32 positions."""
    return CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=WIDTH,
        intermediate_size=4 * WIDTH,
        num_hidden_layers=3,
        num_attention_heads=4,
        max_position_embeddings=tokenizer.model_max_length,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        projection_dim=WIDTH,
    )


def make_text_encoder(tokenizer: CLIPTokenizer) -> CLIPTextModel:
    """Text encoder: token ids (n, 32) -> embeddings (n, 32, 128)."""
    return CLIPTextModel(text_config(tokenizer))


def make_autoencoder(levels: int = 3) -> AutoencoderKL:
    """Autoencoder: (n, 3, 64, 64) in [-1, 1] <-> latents (n, 12, 16, 16); residual branches zero at first.

    With four levels instead of three the pictures are 128 x 128 and the latents as before.
    """
    vae = AutoencoderKL(
        block_out_channels={3: (16, 32, 64), 4: (16, 16, 32, 64)}[levels],
        down_block_types=("DownEncoderBlock2D",) * levels,
        up_block_types=("UpDecoderBlock2D",) * levels,
        latent_channels=CHANNELS,
        layers_per_block=1,
        norm_num_groups=8,
        sample_size=LATENT_SIZE * 2 ** (levels - 1),
        mid_block_add_attention=False,
        scaling_factor=1.0,
    )
    for name, parameter in vae.named_parameters():
        if ".conv2." in name:
            parameter.data.zero_()
    return vae


def make_unet() -> UNet2DConditionModel:
    """Denoiser over 16 x 16 latents, cross-attention at 8 x 8 and 4 x 4 (`attention_head_dim` = heads)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return UNet2DConditionModel(
            sample_size=LATENT_SIZE,
            in_channels=CHANNELS,
            out_channels=CHANNELS,
            block_out_channels=(64, 96, 192),
            layers_per_block=1,
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
            cross_attention_dim=WIDTH,
            attention_head_dim=4,
            norm_num_groups=16,
        )


def make_scheduler() -> PNDMScheduler:
    """PNDM (the posts' PLMS) over 1000 steps of v-prediction.

    The schedule ends nearly in pure noise, so that dark and bright pictures can be made.
    """
    return PNDMScheduler(
        num_train_timesteps=1000,
        beta_start=0.00085,
        beta_end=0.02,
        beta_schedule="scaled_linear",
        prediction_type="v_prediction",
        skip_prk_steps=True,
        set_alpha_to_one=False,
        steps_offset=1,
    )
