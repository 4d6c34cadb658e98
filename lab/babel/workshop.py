"""The stages of babel's training over one folder of drawings and checkpoints, each resumable."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from transformers import CLIPTokenizer

from lab.babel import corpus, geometry
from lab.babel.autoencoder import channel_weights, encode, standardise, train_autoencoder
from lab.babel.denoiser import Known, train_denoiser
from lab.babel.distillation import train_few_step
from lab.babel.emphasis import middle
from lab.babel.enlargement import enlarge, train_enlarged
from lab.babel.export import export
from lab.babel.fitting import Fitting
from lab.babel.illustrator import SIZE, WORDS
from lab.babel.judge import Judge, train_judge
from lab.babel.lowrank import attach, save_adapter
from lab.babel.material import Material
from lab.babel.plan import PEAK_RATES, SHARES, Plan
from lab.babel.tokenizer import learn_merges, make_tokenizer, save_tokenizer
from lab.babel.towers import JudgeNetwork, attribute_labels
from lab.babel.wording import Wording
from lab.diffusion.adapter import FILE


class Workshop(Material):
    """The stages of a training over one folder; networks are made when first asked for."""

    shares, rates = SHARES, PEAK_RATES
    side = geometry.PICTURE_SIZE  # pixels at which the autoencoder sees pictures

    def __init__(self, plan: Plan):
        super().__init__(plan)
        torch.manual_seed(0)
        torch.set_flush_denormal(True)

    @cached_property
    def pictures(self) -> np.ndarray:
        """The drawings of the scenes, uint8 (n, side, side, 3)."""
        return self.drawn(self.side)

    @cached_property
    def tokenizer(self) -> CLIPTokenizer:
        """The tokenizer learnt in an earlier stage."""
        return CLIPTokenizer.from_pretrained(self.plan.out / "tokenizer")

    @cached_property
    def judge(self) -> JudgeNetwork:
        """The judge."""
        labels = attribute_labels(self.scenes[:4000])
        return JudgeNetwork(self.tokenizer, labels).to(self.plan.device)

    @cached_property
    def vae(self) -> geometry.AutoencoderKL:
        """The autoencoder."""
        return geometry.make_autoencoder().to(self.plan.device, memory_format=torch.channels_last)

    @cached_property
    def unet(self) -> geometry.UNet2DConditionModel:
        """The denoiser."""
        return geometry.make_unet().to(self.plan.device, memory_format=torch.channels_last)

    @cached_property
    def text(self) -> geometry.CLIPTextModel:
        """The text encoder; it starts as the judge's text tower."""
        made = geometry.make_text_encoder(self.tokenizer)
        made.load_state_dict(self.judge.captions.text.state_dict())
        return made.to(self.plan.device)  # type: ignore[arg-type]

    def fitting(self, stage: str, decay: float = 0.9995, **modules: tuple[torch.nn.Module, float]) -> Fitting:
        """The resumable fitting of one stage, with its share of the minutes."""
        return Fitting(self.plan.out / f"{stage}.pt", modules, self.shares[stage] * self.plan.minutes, decay)

    def make_words(self) -> None:
        """Learn the byte pairs from two wordings of 20 000 scenes."""
        folder = self.plan.out / "tokenizer"
        if folder.exists():
            return
        some = self.scenes[:20_000]
        words = [w for seed in range(2) for w in corpus.captions(some, np.random.default_rng(seed))]
        merges = learn_merges(words)
        save_tokenizer(make_tokenizer(merges), merges, folder)

    def fit_judge(self) -> None:
        """Train the judge and its attribute heads."""
        fitting = self.fitting("judge", decay=0.998, judge=(self.judge, self.rates["judge"]))
        train_judge(self.judge, self.tokenizer, fitting, self.pictures, self.scenes, self.plan.device)
        self.judge.load_state_dict(fitting.averages["judge"].module.state_dict())
        self.judge.eval().requires_grad_(False)

    def fit_autoencoder(self) -> None:
        """Train the autoencoder, standardise its latents, encode every drawing once."""
        fitting = self.fitting("autoencoder", decay=0.998, vae=(self.vae, self.rates["autoencoder"]))
        train_autoencoder(self.vae, fitting, self.pictures, self.plan.device)
        self.vae.load_state_dict(fitting.averages["vae"].module.state_dict())
        self.vae.eval().requires_grad_(False)
        standardise(self.vae, encode(self.vae, self.pictures[:2000], self.plan.device))

    @cached_property
    def latents(self) -> torch.Tensor:
        """Latents of the drawings, float16 (n, 12, 16, 16), encoded once."""
        return self._encoded("latents.npy", lambda: self.pictures)

    @cached_property
    def passage_latents(self) -> torch.Tensor:
        """Latents of the passages, float16 (m, 12, 16, 16), encoded once."""
        return self._encoded("passage_latents.npy", lambda: self.drawn(self.side, passages=True))

    def _encoded(self, name: str, drawn: Callable[[], np.ndarray]) -> torch.Tensor:
        path = self.plan.out / name
        if not path.exists():
            np.save(path, encode(self.vae, drawn(), self.plan.device).half().numpy())
        return torch.from_numpy(np.load(path))

    @cached_property
    def weights(self) -> torch.Tensor:
        """How much each number of the latents counts, (1, channels, 16, 16)."""
        some = self.latents[:64].float().to(self.plan.device)
        return channel_weights(self.vae, some).cpu() * middle(some.shape[-1])

    def fit_denoiser(self) -> None:
        """Train UNet and text encoder."""
        unet, text = (self.unet, self.rates["denoiser"]), (self.text, self.rates["text"])
        fitting = self.fitting("denoiser", unet=unet, text=text)
        known = Known(self.latents, self.scenes, self.passage_latents, self.passages)
        self.__dict__.pop("pictures", None)  # 2 GB no longer needed
        parts = self.unet, self.text, self.tokenizer, geometry.make_scheduler()

        def preview() -> None:
            self.adopt(fitting).export(self.plan.out / "preview")

        where = self.plan.device, self.plan.batch
        train_denoiser(parts, fitting, known, self.weights, *where, preview=preview)
        self.adopt(fitting)

    def fit_enlargement(self) -> None:
        """Graft the autoencoder into one for 128 x 128 pictures and train that on the same latents."""
        large = enlarge(self.vae).to(memory_format=torch.channels_last).requires_grad_(True)
        fitting = self.fitting("enlargement", decay=0.998, vae=(large, self.rates["enlargement"]))
        train_enlarged(large, fitting, self.drawn(SIZE), self.latents, self.plan.device)
        self.vae = fitting.averages["vae"].module

    def fit_few_step(self) -> None:
        """Teach a low-rank adapter of the averaged denoiser to do its work in few steps."""
        teacher, text = self.averaged["unet"], self.averaged["text"]
        student = deepcopy(teacher)
        fitting = self.fitting(
            "few_step", decay=0.99, changes=(self.changes(student), self.rates["few_step"])
        )
        words = Wording(self.scenes, self.tokenizer, text)
        train_few_step(teacher, student, words, fitting, self.weights)
        changes = cast(torch.nn.ModuleDict, fitting.averages["changes"].module)
        save_adapter(changes, teacher, self.plan.export / FILE)

    def changes(self, student: geometry.UNet2DConditionModel) -> torch.nn.ModuleDict:
        """The adapter to train, put onto the student."""
        return attach(student)

    def adopt(self, fitting: Fitting) -> Workshop:
        """Keep the averaged weights for export."""
        self.averaged: dict[str, Any] = {name: average.module for name, average in fitting.averages.items()}
        return self

    def export(self, folder: Path | None = None) -> None:
        """Write the pipeline, the tokenizer and the list of known words."""
        folder = folder or self.plan.export
        export(
            folder,
            deepcopy(self.vae),
            deepcopy(self.averaged["unet"]),
            deepcopy(self.averaged["text"]),
            self.tokenizer,
        )
        for name in ("vocab.json", "merges.txt"):
            (folder / "tokenizer" / name).write_bytes((self.plan.out / "tokenizer" / name).read_bytes())
        (folder / "words.txt").write_text("\n".join(sorted(WORDS)) + "\n")

    def export_judge(self) -> None:
        """Write the judge where the report looks for it."""
        Judge(self.judge, self.tokenizer).save(self.plan.judge)
