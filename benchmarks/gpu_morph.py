"""A 16-frame morph with Stable Diffusion 1.5's geometry on a GPU: ``python -m benchmarks.gpu_morph``.

The weights are random: time does not depend on what they say. One run prints, side by side, the measured
matrix peak of the device, stock diffusers called per frame, stock diffusers in one batch, and ours (with
``--compiled`` both batches compiled as well), and how much of the peak each reaches. ``--tiny`` runs it on a
tiny network with three frames of two steps, to see that all of it works where there is no GPU; its times say
nothing about one.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from statistics import median
from tempfile import TemporaryDirectory

import torch
from diffusers import AutoencoderKL, PNDMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel

from lab import compute
from lab.diffusion import MorphSpec, clip_words, load
from lab.diffusion.morph import embeddings

PROMPTS = ("a street in a rainy city", "a rainy forest")
SETTINGS = {
    "50 steps, guidance": {"steps": 50, "guidance": 7.5, "scheduler": "pndm"},
    "25 steps of DPM++, guidance": {"steps": 25, "guidance": 7.5, "scheduler": "dpm++2m"},
    "4 steps without guidance": {"steps": 4, "guidance": 1.0, "scheduler": "lcm"},
}
TARGETS = {"50 steps, guidance": 3.4, "25 steps of DPM++, guidance": 1.7, "4 steps without guidance": 0.35}
UNET_TFLOP, VAE_TFLOP = 0.803, 2.51  # of one call at 512x512, attention included
SEED = 42
MATRIX = 8192
TINY = {"frames": 3, "steps": 2, "rounds": 1, "matrix": 256}


def main() -> None:
    """Measure and print a table and one line of JSON."""
    asked = arguments()
    if asked.tiny:
        asked.frames, asked.rounds = TINY["frames"], TINY["rounds"]
    device = compute.choose_device(asked.device)
    if device.type != "cuda" and not asked.tiny:
        raise SystemExit(
            "There is no GPU here; --tiny shows that the benchmark works, its times mean nothing."
        )
    with TemporaryDirectory() as folder:
        pipeline(asked.tiny).save_pretrained(folder)
        model = load(folder, str(device))
        stock = StableDiffusionPipeline.from_pretrained(folder, dtype=model.unet.dtype, local_files_only=True)
    stock.to(device).set_progress_bar_config(disable=True)
    walk = embeddings(model, MorphSpec(PROMPTS, asked.frames))[: asked.frames]
    peak = matrix_peak(device, model.unet.dtype, TINY["matrix"] if asked.tiny else MATRIX)
    print(
        f"{compute.describe(device)}, {model.unet.dtype}, {model.rows} rows; matrix peak {peak:.1f} TFLOP/s"
    )
    results = {"device": compute.describe(device), "peak_tflops": round(peak, 1), "tiny": asked.tiny}
    contenders = {
        "diffusers, a call per frame": naive(stock, model),
        "diffusers, one batch": batched(stock, model),
    }
    contenders["ours"] = ours(model)
    for name, settings in SETTINGS.items():
        settings = settings | ({"steps": TINY["steps"]} if asked.tiny else {})
        seconds = {who: timed(call, walk, settings, device, asked.rounds) for who, call in contenders.items()}
        if asked.compiled:
            seconds |= compiled(stock, model, walk, settings, device, asked.rounds)
        results[name] = report(name, seconds, settings, peak, asked)
    print(json.dumps(results))


def arguments() -> argparse.Namespace:
    """What the shell asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--device")
    parser.add_argument("--frames", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tiny", action="store_true", help="a tiny network on any device")
    parser.add_argument("--compiled", action="store_true", help="also with torch.compile, theirs and ours")
    return parser.parse_args()


def pipeline(tiny: bool) -> StableDiffusionPipeline:
    """Stable Diffusion 1.5's geometry with random weights; small widths for the tiny one."""
    widths = (32, 64, 64, 64) if tiny else (320, 640, 1280, 1280)
    text = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 1, "num_attention_heads": 1}
    large = {
        "hidden_size": 768,
        "intermediate_size": 3072,
        "num_hidden_layers": 12,
        "num_attention_heads": 12,
    }
    config = CLIPTextConfig(
        vocab_size=49408, bos_token_id=49406, eos_token_id=49407, **text if tiny else large
    )
    vae_widths = (32, 32, 32, 32) if tiny else (128, 256, 512, 512)
    return StableDiffusionPipeline(
        tokenizer=clip_words.tokenizer(),
        text_encoder=CLIPTextModel(config),
        unet=UNet2DConditionModel(
            sample_size=8 if tiny else 64,
            block_out_channels=widths,
            layers_per_block=1 if tiny else 2,
            cross_attention_dim=config.hidden_size,
            attention_head_dim=8,
        ),
        vae=AutoencoderKL(
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            block_out_channels=vae_widths,
            layers_per_block=1 if tiny else 2,
            latent_channels=4,
        ),
        scheduler=PNDMScheduler(
            beta_start=0.00085,
            beta_end=0.012,
            beta_schedule="scaled_linear",
            skip_prk_steps=True,
            steps_offset=1,
        ),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )


def matrix_peak(device: torch.device, dtype: torch.dtype, side: int) -> float:
    """TFLOP/s of the best of five products of square matrices."""
    a, b = (torch.randn(side, side, device=device).to(dtype) for _ in range(2))
    seconds = []
    for _ in range(6):
        settle(device)
        began = time.perf_counter()
        for _ in range(10):
            a @ b
        settle(device)
        seconds.append((time.perf_counter() - began) / 10)
    return 2 * side**3 / min(seconds[1:]) / 1e12


def settle(device: torch.device) -> None:
    """Wait until the device has done what it was told."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def naive(stock, model) -> Callable:
    """Stock diffusers, called once for every frame."""

    def call(walk, settings):
        for embedding in walk:
            stock_call(stock, model, embedding[None], settings, compute.generator(SEED))

    return call


def batched(stock, model) -> Callable:
    """Stock diffusers, all frames in one call; each with a generator of its own for the same noise."""

    def call(walk, settings):
        stock_call(stock, model, walk, settings, [compute.generator(SEED) for _ in walk])

    return call


def stock_call(stock, model, embeddings, settings: dict, generator) -> None:
    """One call of the stock pipeline."""
    from lab.diffusion import schedulers

    stock.scheduler = schedulers.make(settings["scheduler"], model.scheduler_config, settings["steps"])
    dtype = stock.unet.dtype
    stock(
        prompt_embeds=embeddings.to(dtype),
        negative_prompt_embeds=model.embed([""]).to(dtype).expand(len(embeddings), -1, -1),
        num_inference_steps=settings["steps"],
        guidance_scale=settings["guidance"],
        generator=generator,
        output_type="np",
    )


def ours(model) -> Callable:
    """Our render: batches of one fixed shape, pictures decoded one by one."""

    def call(walk, settings):
        for _ in model.render(walk, SEED, **settings):
            pass

    return call


def compiled(stock, model, walk, settings: dict, device, rounds: int) -> dict[str, float]:
    """The batched contenders with the UNet and the decoder compiled; compiling is not timed."""
    kept = stock.unet, stock.vae.decoder, model.unet, model.vae.decoder
    try:
        for owner in (stock, model):
            owner.unet = torch.compile(owner.unet, fullgraph=True)
            owner.vae.decoder = torch.compile(owner.vae.decoder, fullgraph=True)
        return {
            "diffusers, one batch, compiled": timed(batched(stock, model), walk, settings, device, rounds),
            "ours, compiled": timed(ours(model), walk, settings, device, rounds),
        }
    finally:
        stock.unet, stock.vae.decoder, model.unet, model.vae.decoder = kept


def timed(call: Callable, walk, settings: dict, device, rounds: int) -> float:
    """Median seconds of some rounds; the first, which picks kernels, does not count."""
    seconds = []
    for _ in range(rounds + 1):
        settle(device)
        began = time.perf_counter()
        call(walk, settings)
        settle(device)
        seconds.append(time.perf_counter() - began)
    return median(seconds[1:])


def report(name: str, seconds: dict[str, float], settings: dict, peak: float, asked) -> dict:
    """Print one table; returns it as data."""
    passes = 2 if settings["guidance"] > 1 else 1
    calls = settings["steps"] + (settings["scheduler"] == "pndm")
    work = asked.frames * (calls * passes * UNET_TFLOP + VAE_TFLOP)
    best = min(time for who, time in seconds.items() if who.startswith("diffusers"))
    print(f"\n{name}, {asked.frames} frames")
    for who, time_ in seconds.items():
        share = "" if asked.tiny else f", {work / time_ / peak:.0%} of the peak"
        print(f"  {who:34}{time_:9.3f} s   {best / time_:5.2f} times the best of diffusers{share}")
    if not asked.tiny:
        print(f"  target {TARGETS[name]} s")
    return {who: round(time_, 4) for who, time_ in seconds.items()}


if __name__ == "__main__":
    main()
