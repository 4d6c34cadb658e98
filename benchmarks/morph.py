"""A morph of 16 frames beside stock diffusers called once per frame: ``python -m benchmarks.morph``.

Three contenders take turns in one process, and the median of the rounds counts: stock diffusers with 50 PNDM
steps and guidance, ours making the same pictures, and ours with the model's default settings. Prints a table
and one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from lab.compute import describe, generator
from lab.diffusion import MorphSpec, folder, load
from lab.diffusion.morph import embeddings
from lab.diffusion.parts import no_progress_bar

if TYPE_CHECKING:
    from torch import Tensor

PROMPTS = ("a street in a rainy city", "a rainy forest")
STOCK = {"steps": 50, "guidance": 7.5, "scheduler": "pndm"}
SEED = 42


def main() -> None:
    """Time the contenders in turns and print what came out."""
    asked = arguments()
    model = load(asked.model, asked.device)
    walk = embeddings(model, MorphSpec(PROMPTS, asked.frames))[: asked.frames]
    ours(model, walk[:1], model.defaults)  # the first call also picks kernels
    memory = peak_megabytes()
    call = stock_pipeline(model)
    rounds = [one_round(model, call, walk, asked.stock_frames) for _ in range(asked.rounds)]
    rows = {name: [median(r[name][k] for r in rounds) for k in (0, 1)] for name in rounds[0]}
    difference = max(r["difference"][0] for r in rounds)
    report(model, rows, difference, memory, asked)


def arguments() -> argparse.Namespace:
    """What the shell asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="babel")
    parser.add_argument("--device")
    parser.add_argument("--frames", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--stock-frames", type=int, default=2, help="frames that stock renders in a round")
    return parser.parse_args()


def ours(model, walk: Tensor, settings: dict) -> tuple[float, float, list[np.ndarray]]:
    """Seconds to the first frame and to the last, and the frames."""
    began, first, frames = time.perf_counter(), 0.0, []
    for frame in model.render(walk, SEED, **settings):
        first = first or time.perf_counter() - began
        frames.append(frame)
    return first, time.perf_counter() - began, frames


def stock_pipeline(model):
    """Function that renders one embedding as ``StableDiffusionPipeline`` does."""
    from diffusers import StableDiffusionPipeline
    from diffusers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    path, dtype = folder.locate(model.name), model.unet.dtype
    with no_progress_bar():
        pipeline = StableDiffusionPipeline.from_pretrained(path, dtype=dtype, local_files_only=True)
    pipeline.to(model.device)
    pipeline.set_progress_bar_config(disable=True)
    negative = model.embed([""]).to(dtype)

    def call(embedding: Tensor) -> np.ndarray:
        image = pipeline(
            prompt_embeds=embedding[None].to(dtype),
            negative_prompt_embeds=negative,
            num_inference_steps=STOCK["steps"],
            guidance_scale=STOCK["guidance"],
            generator=generator(SEED),
            output_type="np",
        ).images[0]
        return (image * 255).round().astype(np.uint8)

    call(model.embed(PROMPTS[:1])[0])
    return call


def one_round(model, call, walk: Tensor, stock_frames: int) -> dict[str, tuple]:
    """(first frame, whole walk) in seconds of each contender; stock's walk is scaled from a few frames."""
    began = time.perf_counter()
    theirs = [call(embedding) for embedding in walk[:stock_frames]]
    each = (time.perf_counter() - began) / stock_frames
    *same, frames = ours(model, walk, STOCK)
    *default, _ = ours(model, walk, model.defaults)
    difference = max(np.abs(a.astype(int) - b).max() for a, b in zip(theirs, frames, strict=False))
    return {
        "stock diffusers, a call per frame": (each, each * len(walk)),
        "ours, the same pictures": tuple(same),
        "ours, default settings": tuple(default),
        "difference": (int(difference), 0),
    }


def peak_megabytes() -> float:
    """Largest resident memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def report(model, rows: dict, difference: int, memory: float, asked: argparse.Namespace) -> None:
    """Print the table for a reader and one line for a program."""
    rows.pop("difference")
    stock = next(iter(rows.values()))[1]
    print(f"{model.name} {model.hash}, {asked.frames} frames of {model.size[0]}x{model.size[1]},")
    print(f"{describe(model.device)}, {model.rows} rows in a call, defaults {model.defaults}")
    print(f"{'':36}{'first frame':>12}{'all frames':>12}{'ratio':>8}")
    for name, (first, whole) in rows.items():
        print(f"{name:36}{first:>10.2f} s{whole:>10.2f} s{stock / whole:>8.1f}")
    print(f"largest difference to stock {difference} of 255; peak memory of ours {memory:.0f} MB")
    facts = {
        "model": model.hash,
        "device": describe(model.device),
        "rows": model.rows,
        "peak_mb": round(memory),
    }
    seconds = {name: [round(value, 3) for value in pair] for name, pair in rows.items()}
    ratios = {name: round(stock / whole, 2) for name, (_, whole) in rows.items()}
    print(json.dumps(facts | {"seconds": seconds, "ratio": ratios, "difference": difference}))


if __name__ == "__main__":
    main()
