"""What babel can do, measured: `python -m lab.babel.report` writes the numbers and the grids again.

Agreement with captions, attributes, reconstruction, copying. Pictures are made with stock
`StableDiffusionPipeline`; captions and drawings come from splits never trained on. The yardstick of every
number is the same number on the illustrator's own drawings of the same scenes.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from diffusers import DPMSolverMultistepScheduler, StableDiffusionPipeline
from PIL import Image
from tqdm import tqdm

from lab.babel import corpus
from lab.babel.autoencoder import decode, encode, linear_latent_rgb, psnr
from lab.babel.geometry import PICTURE_SIZE
from lab.babel.illustrator import SIZE, Scene, draw
from lab.babel.judge import Judge, open_judge

STEPS, GUIDANCE = 10, 2.5
SETTINGS = {
    "pndm 50": ("pndm", 50),
    "dpm++2m 20": ("dpm", 20),
    "dpm++2m 10": ("dpm", 10),
    "dpm++2m 8": ("dpm", 8),
    "dpm++2m 6": ("dpm", 6),
}


def open_pipeline(folder: Path, device: str) -> StableDiffusionPipeline:
    """Open the exported model with stock diffusers."""
    pipeline = StableDiffusionPipeline.from_pretrained(folder, local_files_only=True).to(device)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def paint(
    pipeline: StableDiffusionPipeline,
    captions: list[str],
    solver: str = "dpm",
    steps: int = STEPS,
    guidance: float = GUIDANCE,
    batch: int = 16,
) -> np.ndarray:
    """Make one picture per caption, picture i from seed i: uint8 (n, H, W, 3)."""
    first = pipeline.scheduler
    if solver == "dpm":
        pipeline.scheduler = DPMSolverMultistepScheduler.from_config(first.config)
    made = []
    for start in tqdm(range(0, len(captions), batch), desc=f"{solver} {steps}", mininterval=10):
        words = captions[start : start + batch]
        seeds = [torch.Generator("cpu").manual_seed(start + i) for i in range(len(words))]
        out = pipeline(
            words, num_inference_steps=steps, guidance_scale=guidance, generator=seeds, output_type="np"
        ).images
        made.append((out * 255).round().astype(np.uint8))
    pipeline.scheduler = first
    return np.concatenate(made)


def sheet(pictures: np.ndarray, columns: int) -> Image.Image:
    """Lay uint8 pictures (n, H, W, 3) out in rows of `columns`."""
    n, h, w, _ = pictures.shape
    rows = -(-n // columns)
    page = np.full((rows * columns, h, w, 3), 255, np.uint8)
    page[:n] = pictures
    return Image.fromarray(
        page.reshape(rows, columns, h, w, 3).swapaxes(1, 2).reshape(rows * h, columns * w, 3)
    )


def frechet(a: torch.Tensor, b: torch.Tensor) -> float:
    """Frechet distance of two clouds of embeddings (n, d) taken as Gaussians (Heusel et al. 2017)."""
    from scipy.linalg import sqrtm

    a, b = a.double().numpy(), b.double().numpy()
    ca, cb = np.cov(a.T), np.cov(b.T)
    return float(((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(ca + cb - 2 * sqrtm(ca @ cb).real))


def nearest(made: torch.Tensor, known: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Cosine and index of the nearest known embedding for each made one."""
    best = (made @ known.T).max(1)
    return best.values, best.indices


@dataclass(frozen=True, eq=False)
class Split:
    """Unseen scenes with a caption, the illustrator's drawing and babel's picture of each."""

    scenes: list[Scene]
    captions: list[str]
    drawn: np.ndarray
    made: np.ndarray


def open_split(pipeline: StableDiffusionPipeline, name: str, number: int) -> Split:
    """Draw and paint the first `number` scenes of a split."""
    scenes = corpus.scenes(name, number)
    captions = corpus.captions(scenes, np.random.default_rng(7))
    made = paint(pipeline, captions)
    return Split(scenes, captions, draw_all(scenes, made.shape[1]), made)


def draw_all(scenes: list[Scene], size: int) -> np.ndarray:
    """Draw scenes at babel's size: uint8 (n, size, size, 3)."""
    return corpus.shrink(np.stack([draw(scene, SIZE) for scene in scenes]), size)


def measure(judge: Judge, split: Split) -> dict:
    """Measure babel's pictures beside the drawings of the same scenes."""
    ours, own = (
        judge.agreement(pictures, split.captions).mean().item() for pictures in (split.made, split.drawn)
    )
    read = {
        who: judge.attribute_accuracy(pictures, split.scenes)
        for who, pictures in (("babel", split.made), ("illustrator", split.drawn))
    }
    distance = frechet(judge.embed_pictures(split.made), judge.embed_pictures(split.drawn))
    return {
        "captions": len(split.captions),
        "agreement": {"babel": ours, "illustrator": own, "ratio": ours / own},
        "attributes read": read,
        "frechet": distance,
    }


def by_setting(judge: Judge, pipeline: StableDiffusionPipeline, number: int = 32) -> dict[str, float]:
    """Caption agreement by sampler and number of steps, on the same unseen captions and seeds."""
    captions = corpus.captions(corpus.scenes("valid", number), np.random.default_rng(8))
    return {
        name: judge.agreement(paint(pipeline, captions, *setting), captions).mean().item()
        for name, setting in SETTINGS.items()
    }


def copying(judge: Judge, split: Split, known: int = 2000) -> dict[str, float]:
    """Is it copying? Median cosine to the nearest of `known` training drawings."""
    training = judge.embed_pictures(draw_all(corpus.scenes("train", known), PICTURE_SIZE))
    sides = (("babel", split.made), ("unseen drawings", split.drawn))
    return {
        who: nearest(judge.embed_pictures(pictures), training)[0].median().item() for who, pictures in sides
    }


def report(model: Path, judge_folder: Path, images: Path, number: int = 160) -> dict:
    """Write `report.json` and `latent_library.json` beside the weights, the grids into `images`."""
    pipeline, judge = open_pipeline(model, "cpu"), open_judge(judge_folder)
    valid, held_out = (open_split(pipeline, name, number) for name in ("valid", "held_out"))
    latents = encode(pipeline.vae, valid.drawn, "cpu")
    decoded = decode(pipeline.vae, latents, "cpu")
    numbers = {
        "autoencoder psnr (dB)": float(psnr(valid.drawn, decoded).mean()),
        "unseen scenes": measure(judge, valid),
        "held-out combinations": measure(judge, held_out),
        "agreement by setting": by_setting(judge, pipeline),
        "median cosine to the nearest training drawing": copying(judge, valid),
    }
    (model / "report.json").write_text(json.dumps(numbers, indent=2) + "\n")
    linear = linear_latent_rgb(latents, valid.drawn)
    settings = {
        "steps": STEPS,
        "guidance": GUIDANCE,
        "scheduler": "dpm++2m",
        "latent_rgb": [[round(x, 5) for x in row] for row in linear.tolist()],
    }
    (model / "latent_library.json").write_text(json.dumps(settings, indent=2) + "\n")
    write_grids(images, valid, held_out, decoded)
    return numbers


def write_grids(images: Path, valid: Split, held_out: Split, decoded: np.ndarray) -> None:
    """Save what was made beside what was drawn."""
    images.mkdir(parents=True, exist_ok=True)
    sheet(valid.made[:48], 8).save(images / "babel_unseen.png")
    sheet(valid.drawn[:48], 8).save(images / "babel_unseen_drawn.png")
    sheet(held_out.made[:24], 8).save(images / "babel_held_out.png")
    sheet(np.concatenate([valid.drawn[:8], decoded[:8]]), 8).save(images / "babel_autoencoder.png")


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m lab.babel.report", description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("data/babel"))
    parser.add_argument("--judge", type=Path, default=Path("data/judge"))
    parser.add_argument("--images", type=Path, default=Path("docs/images"))
    parser.add_argument("--number", type=int, default=160, help="captions of each split")
    asked = parser.parse_args(arguments)
    print(json.dumps(report(asked.model, asked.judge, asked.images, asked.number), indent=2))


if __name__ == "__main__":
    main()
