"""What babel can do, measured: agreement with captions, attributes, reconstruction, copying, and grids to look at.

Pictures are made with stock `StableDiffusionPipeline`; captions and drawings come from splits never trained on. The yardstick
of every number is the same number on the illustrator's own drawings of the same scenes.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from diffusers import DPMSolverMultistepScheduler, StableDiffusionPipeline
from PIL import Image
from tqdm import tqdm

from lab.babel import corpus
from lab.babel.autoencoder import decode, encode, linear_latent_rgb, psnr
from lab.babel.judge import agreement, attribute_accuracy, embed_pictures

STEPS, GUIDANCE = 10, 2.5
SETTINGS = {"pndm 50": ("pndm", 50), "dpm++2m 20": ("dpm", 20), "dpm++2m 10": ("dpm", 10), "dpm++2m 8": ("dpm", 8), "dpm++2m 6": ("dpm", 6)}


def open_pipeline(folder: Path, device: str) -> StableDiffusionPipeline:
    """Open the exported model with stock diffusers."""
    pipeline = StableDiffusionPipeline.from_pretrained(folder, local_files_only=True).to(device)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def paint(pipeline: StableDiffusionPipeline, captions: list[str], solver: str = "dpm", steps: int = STEPS, guidance: float = GUIDANCE,
          batch: int = 16) -> np.ndarray:
    """Make one picture per caption, picture i from seed i: uint8 (n, 128, 128, 3)."""
    first = pipeline.scheduler
    if solver == "dpm":
        pipeline.scheduler = DPMSolverMultistepScheduler.from_config(first.config)
    made = []
    for start in tqdm(range(0, len(captions), batch), desc=f"{solver} {steps}", mininterval=10):
        words = captions[start : start + batch]
        seeds = [torch.Generator("cpu").manual_seed(start + i) for i in range(len(words))]
        out = pipeline(words, num_inference_steps=steps, guidance_scale=guidance, generator=seeds, output_type="np").images
        made.append((out * 255).round().astype(np.uint8))
    pipeline.scheduler = first
    return np.concatenate(made)


def sheet(pictures: np.ndarray, columns: int) -> Image.Image:
    """Lay uint8 pictures (n, H, W, 3) out in rows of `columns`."""
    n, h, w, _ = pictures.shape
    rows = -(-n // columns)
    page = np.full((rows * columns, h, w, 3), 255, np.uint8)
    page[:n] = pictures
    return Image.fromarray(page.reshape(rows, columns, h, w, 3).swapaxes(1, 2).reshape(rows * h, columns * w, 3))


def frechet(a: torch.Tensor, b: torch.Tensor) -> float:
    """Frechet distance of two clouds of embeddings (n, d) seen as Gaussians (Heusel et al. 2017, in the judge's space)."""
    from scipy.linalg import sqrtm

    a, b = a.double().numpy(), b.double().numpy()
    ca, cb = np.cov(a.T), np.cov(b.T)
    return float(((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(ca + cb - 2 * sqrtm(ca @ cb).real))


def nearest(made: torch.Tensor, known: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Cosine and index of the nearest known embedding for each made one."""
    best = (made @ known.T).max(1)
    return best.values, best.indices


def split_report(workshop, pipeline: StableDiffusionPipeline, split: str, number: int) -> tuple[dict, np.ndarray]:
    """Measure babel on the captions of an unseen split beside the drawings of the same scenes."""
    scenes = corpus.scenes(split, number)
    drawn = corpus.pictures(workshop.plan.out / "drawings", split, number)
    captions = corpus.captions(scenes, np.random.default_rng(7))
    made = paint(pipeline, captions)
    judge, heads, tokenizer = workshop.judge, workshop.heads, workshop.tokenizer
    ours, own = (agreement(judge, tokenizer, p, captions).mean().item() for p in (made, drawn))
    return {
        "captions": number,
        "agreement": {"babel": ours, "illustrator": own, "ratio": ours / own},
        "attributes": {"babel": attribute_accuracy(judge, heads, made, scenes), "illustrator": attribute_accuracy(judge, heads, drawn, scenes)},
        "frechet": frechet(embed_pictures(judge, made), embed_pictures(judge, drawn)),
    }, made


def by_setting(workshop, pipeline: StableDiffusionPipeline, number: int = 128) -> dict[str, float]:
    """Caption agreement by sampler and number of steps, on the same unseen captions and seeds."""
    captions = corpus.captions(corpus.scenes("valid", number), np.random.default_rng(8))
    pictures = {name: paint(pipeline, captions, *setting) for name, setting in SETTINGS.items()}
    return {name: agreement(workshop.judge, workshop.tokenizer, p, captions).mean().item() for name, p in pictures.items()}


def copying(workshop, made: np.ndarray, drawn: np.ndarray) -> dict[str, float]:
    """Is it copying? Nearness of made pictures to the training drawings, beside that of unseen drawings to them."""
    judge = workshop.judge
    known = embed_pictures(judge, workshop.pictures[:20_000])
    near = {name: nearest(embed_pictures(judge, p), known)[0].median().item() for name, p in (("babel", made), ("unseen drawings", drawn))}
    return {"median cosine to the nearest training drawing": near}


def report(workshop, images: Path = Path("docs/images"), number: int = 512) -> dict:
    """Write `report.json`, `latent_library.json` and the grids; return the numbers."""
    folder, out = workshop.plan.export, workshop.plan.out
    pipeline = open_pipeline(folder, workshop.plan.device)
    unseen = corpus.pictures(out / "drawings", "valid", number)
    decoded = decode(workshop.vae, encode(workshop.vae, unseen, workshop.plan.device), workshop.plan.device)
    valid, made = split_report(workshop, pipeline, "valid", number)
    held_out, rare = split_report(workshop, pipeline, "held_out", number)
    numbers = {
        "autoencoder psnr (dB)": float(psnr(unseen, decoded).mean()),
        "unseen scenes": valid,
        "held-out combinations": held_out,
        "agreement by setting": by_setting(workshop, pipeline),
        "copying": copying(workshop, made, unseen),
    }
    (folder / "report.json").write_text(json.dumps(numbers, indent=2) + "\n")
    images.mkdir(parents=True, exist_ok=True)
    sheet(made[:48], 8).save(images / "babel_unseen.png")
    sheet(unseen[:48], 8).save(images / "babel_unseen_drawn.png")
    sheet(rare[:24], 8).save(images / "babel_held_out.png")
    sheet(np.stack([unseen[:8], decoded[:8]]).reshape(-1, *unseen.shape[1:]), 8).save(images / "babel_autoencoder.png")
    write_settings(workshop, folder, unseen)
    return numbers


def write_settings(workshop, folder: Path, pictures: np.ndarray) -> None:
    """Write what the app should know of this model: good settings, and the linear map from latents to colours."""
    linear = linear_latent_rgb(encode(workshop.vae, pictures, workshop.plan.device), pictures)
    settings = {"steps": STEPS, "guidance": GUIDANCE, "scheduler": "dpm++2m", "latent_rgb": [[round(x, 5) for x in row] for row in linear.tolist()]}
    (folder / "latent_library.json").write_text(json.dumps(settings, indent=2) + "\n")
