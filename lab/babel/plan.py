"""What is asked of a training, and how its minutes are shared out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

SHARES = {"judge": 0.05, "autoencoder": 0.17, "denoiser": 0.55, "enlargement": 0.13, "few_step": 0.1}
PEAK_RATES = {
    "judge": 1e-3,
    "autoencoder": 2e-3,
    "denoiser": 8e-4,
    "text": 4e-4,
    "enlargement": 1e-3,
    "few_step": 1e-3,
}


@dataclass(frozen=True)
class Plan:
    """What is asked of a training: where, how long, how many drawings, on which device, how measured."""

    out: Path
    minutes: float = 120
    drawings: int = 24_000
    passages: int = 9_000
    device: str = "cpu"
    batch: int = 32
    export: Path = field(default=Path("data/babel"))
    judge: Path = field(default=Path("data/judge"))
    images: Path = field(default=Path("docs/images"))
    captions: int = 512
    begin: Path | None = None
