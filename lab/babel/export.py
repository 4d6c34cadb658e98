"""Writes babel as a folder that stock `StableDiffusionPipeline.from_pretrained` reads, in fp16."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from diffusers import AutoencoderKL, StableDiffusionPipeline, UNet2DConditionModel
from transformers import CLIPTextModel, CLIPTokenizer

from lab.babel.geometry import make_scheduler


def _amend(path: Path, **settings: object) -> None:
    """Change entries of a saved configuration: half-precision files must still load as float32 models."""
    path.write_text(json.dumps(json.loads(path.read_text()) | settings, indent=2, sort_keys=True) + "\n")


def _forget(path: Path, entry: str) -> None:
    """Drop an entry of a saved configuration."""
    kept = {name: value for name, value in json.loads(path.read_text()).items() if name != entry}
    path.write_text(json.dumps(kept, indent=2) + "\n")


def export(
    folder: Path,
    vae: AutoencoderKL,
    unet: UNet2DConditionModel,
    text: CLIPTextModel,
    tokenizer: CLIPTokenizer,
) -> None:
    """Save the pipeline in half precision (about 23 MB), no file larger than 12 MB.

    It has no safety checker, since every picture it ever saw was drawn by the illustrator.
    """
    pipeline = StableDiffusionPipeline(
        vae=vae,
        unet=unet,
        text_encoder=text,
        tokenizer=tokenizer,
        scheduler=make_scheduler(),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.to(torch.float16).save_pretrained(folder, safe_serialization=True)
    (folder / "unet" / "diffusion_pytorch_model.safetensors").unlink()  # the pipeline knows no shards
    pipeline.unet.save_pretrained(folder / "unet", max_shard_size="12MB")
    for part in ("unet", "vae"):
        _forget(folder / part / "config.json", "_name_or_path")  # where the weights were read from
    _amend(folder / "scheduler" / "scheduler_config.json", clip_sample=False)
    _amend(folder / "text_encoder" / "config.json", dtype="float32")
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
