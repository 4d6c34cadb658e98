"""Going on from a model that was exported, where its checkpoints are gone.

Words, judge, autoencoder and with it the latents stay as they are; the denoiser and its text encoder learn
on, and then the few steps.
"""

from __future__ import annotations

import shutil
from functools import cached_property
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextModel

from lab.babel.illustrator import SIZE
from lab.babel.judge import open_judge
from lab.babel.lowrank import restore_adapter
from lab.babel.plan import PEAK_RATES, Plan
from lab.babel.towers import JudgeNetwork
from lab.babel.workshop import Workshop
from lab.diffusion.adapter import FILE as ADAPTER

FACTS = "latent_library.json"


class Refinement(Workshop):
    """The same stages, of which those that are done do nothing."""

    shares = {"denoiser": 0.65, "few_step": 0.35}
    side = SIZE  # the second decoder's
    # half of a first training's, a quarter for the text
    rates = PEAK_RATES | {"denoiser": 4e-4, "text": 1e-4, "few_step": 5e-4}

    def __init__(self, plan: Plan):
        super().__init__(plan)
        assert plan.begin is not None
        self.begin: Path = plan.begin

    @cached_property
    def judge(self) -> JudgeNetwork:
        """The judge as it was exported."""
        return open_judge(self.plan.judge).network.to(self.plan.device)

    @cached_property
    def vae(self) -> AutoencoderKL:
        """The autoencoder, second decoder included."""
        return self._known(AutoencoderKL, "vae").requires_grad_(False)

    @cached_property
    def unet(self) -> UNet2DConditionModel:
        """The denoiser to go on with."""
        return self._known(UNet2DConditionModel, "unet")

    @cached_property
    def text(self) -> CLIPTextModel:
        """The text encoder to go on with."""
        return self._known(CLIPTextModel, "text_encoder")

    def changes(self, student: UNet2DConditionModel) -> torch.nn.ModuleDict:
        """The adapter to go on with."""
        changes = super().changes(student)
        if (self.begin / ADAPTER).is_file():
            restore_adapter(changes, self.begin / ADAPTER)
        return changes

    def _known(self, kind, part: str):
        found = kind.from_pretrained(self.begin / part, local_files_only=True, dtype=torch.float32)
        return found.to(self.plan.device)

    def make_words(self) -> None:
        """Take the words along."""
        shutil.copytree(self.begin / "tokenizer", self.plan.out / "tokenizer", dirs_exist_ok=True)

    def fit_judge(self) -> None:
        """The judge stays as it is."""

    def fit_autoencoder(self) -> None:
        """The autoencoder stays as it is."""

    def fit_enlargement(self) -> None:
        """So does its second decoder."""

    def export(self, folder: Path | None = None) -> None:
        """Write the pipeline; what was found out about the model by hand goes along."""
        folder = folder or self.plan.export
        super().export(folder)
        if (self.begin / FACTS).is_file():
            shutil.copy(self.begin / FACTS, folder / FACTS)

    def export_judge(self) -> None:
        """And where the judge lies."""
