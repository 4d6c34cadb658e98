"""Pictures made by stock diffusers with babel's folder, for measuring: no code of the app takes part."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from diffusers import DPMSolverMultistepScheduler, LCMScheduler, StableDiffusionPipeline
from tqdm import tqdm

GUIDANCE = 2.5


@dataclass(frozen=True)
class Setting:
    """A sampler, its steps and its guidance; the lcm sampler wants the few-step adapter."""

    name: str
    solver: str
    steps: int
    guidance: float = GUIDANCE


DEFAULT = Setting("lcm 2", "lcm", 2, 1.0)
LONGEST = Setting("pndm 50", "pndm", 50)
SETTINGS = (
    LONGEST,
    Setting("dpm++2m 20", "dpm", 20),
    Setting("dpm++2m 10", "dpm", 10),
    Setting("lcm 8", "lcm", 8, 1.0),
    Setting("lcm 4", "lcm", 4, 1.0),
    DEFAULT,
    Setting("lcm 1", "lcm", 1, 1.0),
)


class Painter:
    """Two stock pipelines over one folder: as it is, and with the few-step adapter."""

    def __init__(self, folder: Path, device: str = "cpu"):
        self.plain, self.few_step = (
            StableDiffusionPipeline.from_pretrained(folder, local_files_only=True).to(device) for _ in "ab"
        )
        self.few_step.load_lora_weights(folder / "few_step", local_files_only=True)
        self.few_step.fuse_lora()
        self.few_step.scheduler = LCMScheduler.from_config(self.few_step.scheduler.config)
        for pipeline in (self.plain, self.few_step):
            pipeline.set_progress_bar_config(disable=True)
        self.pndm = self.plain.scheduler
        self.dpm = DPMSolverMultistepScheduler.from_config(self.pndm.config)

    def paint(self, captions: list[str], setting: Setting = DEFAULT, batch: int = 16) -> np.ndarray:
        """Make one picture per caption, picture i from seed i: uint8 (n, H, W, 3)."""
        pipeline = self.few_step if setting.solver == "lcm" else self.plain
        if setting.solver != "lcm":
            pipeline.scheduler = {"pndm": self.pndm, "dpm": self.dpm}[setting.solver]
        made = []
        for start in tqdm(range(0, len(captions), batch), desc=setting.name, mininterval=10):
            words = captions[start : start + batch]
            out = pipeline(
                words,
                num_inference_steps=setting.steps,
                guidance_scale=setting.guidance,
                generator=[torch.Generator("cpu").manual_seed(start + i) for i in range(len(words))],
                output_type="np",
            ).images
            made.append((out * 255).round().astype(np.uint8))
        return np.concatenate(made)
