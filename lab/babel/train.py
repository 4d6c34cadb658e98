"""Make babel: `python -m lab.babel.train --out FOLDER --minutes 120`.

Stages, each resumable, each skipped when its work is done: draw -> tokenizer -> judge -> autoencoder ->
denoiser -> enlargement -> export -> few steps -> report. Checkpoints and drawings stay in FOLDER;
`--export data/babel` writes the model where the app looks for it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from lab import checksums
from lab.babel.plan import Plan
from lab.babel.refinement import Refinement
from lab.babel.report import report
from lab.babel.workshop import Workshop


def make(plan: Plan) -> None:
    """Walk through the stages; what an earlier walk has done stays done."""
    workshop = Refinement(plan) if plan.begin else Workshop(plan)
    for stage in (
        workshop.draw,
        workshop.make_words,
        workshop.fit_judge,
        workshop.fit_autoencoder,
        workshop.fit_denoiser,
        workshop.fit_enlargement,
        workshop.export,
        workshop.fit_few_step,
        workshop.export_judge,
    ):
        stage()
    checksums.write(plan.export)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, make babel, measure it."""
    parser = argparse.ArgumentParser(prog="python -m lab.babel.train", description=__doc__)
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("../babel-training"),
        help="folder for drawings and checkpoints, outside the repository",
    )
    parser.add_argument(
        "--minutes", type=float, default=120, help="training time in all, drawing and report not counted"
    )
    parser.add_argument("--drawings", type=int, default=24_000)
    parser.add_argument("--passages", type=int, default=9_000, help="drawings on the way between two scenes")
    parser.add_argument("--batch", type=int, default=32, help="32 suits two CPU cores, 1024 a large GPU")
    parser.add_argument(
        "--device", default="cuda" if torch.cuda.is_available() else "cpu", choices=("cpu", "cuda", "mps")
    )
    parser.add_argument("--export", type=Path, default=Path("data/babel"))
    parser.add_argument("--judge", type=Path, default=Path("data/judge"))
    parser.add_argument("--images", type=Path, default=Path("docs/images"))
    parser.add_argument("--captions", type=int, default=512, help="captions of each split in the report")
    parser.add_argument(
        "--begin",
        type=Path,
        help="go on from an exported model: the denoiser and its few steps learn, all else stays",
    )
    plan = Plan(**vars(parser.parse_args(arguments)))
    make(plan)
    report(plan.export, plan.judge, plan.images, plan.captions)


if __name__ == "__main__":
    main()
