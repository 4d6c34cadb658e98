"""Real Stable Diffusion pipelines, tiny and randomly initialised, saved in diffusers' format.

Every part is the architecture's own class. The weights are scaled so that pictures depend on the prompt
and fill their range: a test that compares grey with grey would prove nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import streamlit as st
import torch
from diffusers import AutoencoderKL, PNDMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer
from transformers.convert_slow_tokenizer import bytes_to_unicode

TOKENS, WIDTH, CHANNELS, SIDE = 16, 32, 4, 8


def tokenizer() -> CLIPTokenizer:
    """Byte-level CLIP tokenizer: 256 bytes, the same with the end-of-word mark, merges, two specials."""
    letters = list(bytes_to_unicode().values())
    merges = [("c", "a"), ("ca", "t</w>"), ("d", "o"), ("do", "g</w>"), ("a", "n"), ("an", "d</w>")]
    words = letters + [letter + "</w>" for letter in letters] + ["".join(pair) for pair in merges]
    vocab = {word: number for number, word in enumerate([*words, "<|startoftext|>", "<|endoftext|>"])}
    return CLIPTokenizer(vocab=vocab, merges=merges, model_max_length=TOKENS)


def text_encoder(words: CLIPTokenizer) -> CLIPTextModel:
    """Two layers of CLIP text encoder over the vocabulary of ``words``."""
    end = words.convert_tokens_to_ids("<|endoftext|>")
    config = CLIPTextConfig(
        vocab_size=len(words),
        hidden_size=WIDTH,
        intermediate_size=2 * WIDTH,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=TOKENS,
        bos_token_id=end - 1,
        eos_token_id=end,
        pad_token_id=end,
    )
    return CLIPTextModel(config)


def unet() -> UNet2DConditionModel:
    """Two levels, the lower one with cross-attention, which is made strong enough to be seen."""
    model = UNet2DConditionModel(
        sample_size=SIDE,
        in_channels=CHANNELS,
        out_channels=CHANNELS,
        block_out_channels=(32, 64),
        layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=WIDTH,
        attention_head_dim=2,
        norm_num_groups=8,
    )
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "attn2.to_" in name and name.endswith("weight"):
                weight.mul_(4)
    return model


def vae() -> AutoencoderKL:
    """Autoencoder with four latent channels and one halving; the last convolution fills the range."""
    model = AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2,
        block_out_channels=(16, 32),
        latent_channels=CHANNELS,
        norm_num_groups=8,
        sample_size=2 * SIDE,
    )
    with torch.no_grad():
        model.decoder.conv_out.weight.mul_(4)
    return model


def scheduler(prediction_type: str) -> PNDMScheduler:
    """The scheduler of Stable Diffusion 1.x, or of 2.x where it predicts the velocity."""
    return PNDMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        skip_prk_steps=True,
        steps_offset=1,
        prediction_type=prediction_type,
    )


def build(folder: Path, prediction_type: str = "epsilon", facts: dict | None = None) -> Path:
    """Save a tiny pipeline to ``folder`` and return the folder."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(7)
        words = tokenizer()
        pipeline = StableDiffusionPipeline(
            vae=vae(),
            text_encoder=text_encoder(words),
            tokenizer=words,
            unet=unet(),
            scheduler=scheduler(prediction_type),
            safety_checker=None,
            feature_extractor=None,
            requires_safety_checker=False,
        )
    pipeline.save_pretrained(folder)
    if facts:
        (folder / "latent_library.json").write_text(json.dumps(facts), encoding="utf-8")
    return folder


@contextmanager
def in_babels_place(folder: Path, facts: dict, words: str = "") -> Iterator[Path]:
    """Build a tiny pipeline that the house takes for babel as long as the body runs.

    ``words`` are those it knows, separated by spaces; none: it does not say. No other model stays resident
    under babel's name, neither before nor after.
    """
    build(folder, facts=facts)
    if words:
        (folder / "words.txt").write_text("\n".join(words.split()) + "\n", encoding="utf-8")
    st.cache_resource.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LATENT_LIBRARY_BABEL", str(folder))
        yield folder
    st.cache_resource.clear()
