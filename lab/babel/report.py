"""What babel can do, measured: `python -m lab.babel.report` writes the numbers and the grids again.

Agreement with captions, attributes, few steps against many, reconstruction, copying, continuity of walks.
Captions and drawings come from splits never trained on. The yardstick of every number is the same number on
the illustrator's own drawings of the same scenes.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image

from lab import checksums
from lab.babel import corpus
from lab.babel.autoencoder import decode, encode, linear_latent_rgb, psnr
from lab.babel.classifier import Classifier, open_classifier
from lab.babel.geometry import PICTURE_SIZE
from lab.babel.illustrator import SIZE, VIEWS, Passage, Scene, draw, draw_passage, view, whole_caption
from lab.babel.judge import Judge, open_judge
from lab.babel.measures import continuity, frechet, nearest
from lab.babel.painting import DEFAULT, SETTINGS, Painter
from lab.catalog import ROOT
from lab.diffusion import load, morph

GRID = 48  # pictures of a grid in the documents
WALKS, WALK_FRAMES = 32, 15
CLASSIFIER = ROOT / "data/classifier"
KNOWN = 2000  # training drawings among which copies are sought, at most; four for each picture


def sheet(pictures: np.ndarray, columns: int) -> Image.Image:
    """Lay uint8 pictures (n, H, W, 3) out in rows of `columns`."""
    n, h, w, _ = pictures.shape
    rows = -(-n // columns)
    page = np.full((rows * columns, h, w, 3), 255, np.uint8)
    page[:n] = pictures
    return Image.fromarray(
        page.reshape(rows, columns, h, w, 3).swapaxes(1, 2).reshape(rows * h, columns * w, 3)
    )


@dataclass(frozen=True, eq=False)
class Split:
    """Unseen scenes with a caption that says everything, the drawing and babel's picture of each."""

    scenes: list[Scene]
    captions: list[str]
    drawn: np.ndarray
    made: np.ndarray


def open_split(painter: Painter, name: str, number: int) -> Split:
    """Draw and paint the first `number` unblended scenes of a split."""
    scenes = corpus.unblended_scenes(name, number)
    rng = np.random.default_rng(7)
    captions = [whole_caption(scene, rng) for scene in scenes]
    made = painter.paint(captions)
    return Split(scenes, captions, draw_all(scenes, made.shape[1]), made)


def draw_all(scenes: list[Scene], size: int) -> np.ndarray:
    """Draw scenes at babel's size: uint8 (n, size, size, 3)."""
    return corpus.shrink(np.stack([draw(scene, SIZE) for scene in scenes]), size)


def accuracy(classifier: Classifier, pictures: np.ndarray, scenes: list[Scene]) -> dict[str, float]:
    """Share of pictures on which each attribute is as the scene has it; of people also by their distance."""
    correct = classifier.correct(pictures, scenes)
    for distance in VIEWS[1:]:
        here = [i for i, scene in enumerate(scenes) if view(scene) == distance]
        correct[f"person, {distance}"] = correct["person"][here]
    return {name: each.nanmean().item() for name, each in correct.items() if not each.isnan().all()}


def measure(judge: Judge, classifier: Classifier, split: Split) -> dict:
    """Measure babel's pictures beside the drawings of the same scenes."""
    ours, own = (
        judge.agreement(pictures, split.captions).mean().item() for pictures in (split.made, split.drawn)
    )
    read = {
        who: accuracy(classifier, pictures, split.scenes)
        for who, pictures in (("babel", split.made), ("illustrator", split.drawn))
    }
    distance = frechet(judge.embed_pictures(split.made), judge.embed_pictures(split.drawn))
    return {
        "captions": len(split.captions),
        "agreement": {"babel": ours, "illustrator": own, "ratio": ours / own},
        "attributes read": read,
        "frechet": distance,
    }


def by_setting(judge: Judge, painter: Painter, split: Split, number: int = 64) -> dict[str, float]:
    """Caption agreement by sampler and number of steps, on the same captions and seeds."""
    captions = split.captions[:number]
    return {
        setting.name: judge.agreement(painter.paint(captions, setting), captions).mean().item()
        for setting in SETTINGS
    }


def copying(judge: Judge, split: Split) -> dict[str, float]:
    """Is it copying? Median cosine to the nearest of some training drawings."""
    known = corpus.scenes("train", min(KNOWN, 4 * len(split.scenes)))
    training = judge.embed_pictures(draw_all(known, PICTURE_SIZE))
    sides = (("babel", split.made), ("unseen drawings", split.drawn))
    return {
        who: nearest(judge.embed_pictures(pictures), training)[0].median().item() for who, pictures in sides
    }


def walks(judge: Judge, folder: Path, split: Split) -> dict[str, dict[str, float]]:
    """Continuity of walks between prompts of different places, at the defaults, as they are and re-timed.

    The yardstick is the illustrator's own way between the same scenes.
    """
    model = load(str(folder), "cpu")
    different = [i for i, (a, b) in enumerate(pairwise(split.scenes)) if a.place_a != b.place_a][:WALKS]
    pairs = [tuple(split.captions[i : i + 2]) for i in different]
    shares = np.linspace(0, 1, WALK_FRAMES + 1)
    ways = (split.scenes[i : i + 2] for i in different)
    drawn = [np.stack([draw_passage(Passage(a, b, t)) for t in shares]) for a, b in ways]
    found = {"drawn by the illustrator": continuity(judge, drawn)}
    for spacing in ("equal in t", "equal in the eye"):
        timing = "equal" if spacing == "equal in t" else "even"
        films = (morph(model, pair, frames=WALK_FRAMES, loop="none", spacing=timing) for pair in pairs)
        found[spacing] = continuity(judge, [np.stack([f.image for f in film]) for film in films])
    return found


def write_facts(folder: Path, latent_rgb: list[list[float]]) -> None:
    """Put the defaults and the linear preview among the facts of the model; the others stay."""
    path = folder / "latent_library.json"
    known = json.loads(path.read_text()) if path.is_file() else {}
    facts = {
        "steps": DEFAULT.steps,
        "guidance": DEFAULT.guidance,
        "scheduler": DEFAULT.solver,
        "latent_rgb": [[round(x, 5) for x in row] for row in latent_rgb],
    }
    path.write_text(json.dumps(known | facts, indent=2) + "\n")
    checksums.write(folder)


def report(model: Path, judge_folder: Path, images: Path, number: int = 512) -> dict:
    """Write `report.json` and `latent_library.json` beside the weights, the grids into `images`."""
    painter, judge, classifier = Painter(model), open_judge(judge_folder), open_classifier(CLASSIFIER)
    valid, held_out = (open_split(painter, name, number) for name in ("valid", "held_out"))
    some = valid.drawn[:160]
    latents = encode(painter.plain.vae, some, "cpu")
    decoded = decode(painter.plain.vae, latents, "cpu")
    write_facts(model, linear_latent_rgb(latents, some).tolist())
    numbers = {
        "autoencoder psnr (dB)": float(psnr(some, decoded).mean()),
        "unseen scenes": measure(judge, classifier, valid),
        "held-out combinations": measure(judge, classifier, held_out),
        "agreement by setting": by_setting(judge, painter, valid),
        "median cosine to the nearest training drawing": copying(judge, valid),
        "walks between places": walks(judge, model, valid),
    }
    (model / "report.json").write_text(json.dumps(numbers, indent=2) + "\n")
    write_grids(images, valid, held_out, decoded)
    return numbers


def write_grids(images: Path, valid: Split, held_out: Split, decoded: np.ndarray) -> None:
    """Save what was made beside what was drawn."""
    images.mkdir(parents=True, exist_ok=True)
    sheet(valid.made[:GRID], 8).save(images / "babel_unseen.png")
    sheet(valid.drawn[:GRID], 8).save(images / "babel_unseen_drawn.png")
    sheet(held_out.made[: GRID // 2], 8).save(images / "babel_held_out.png")
    sheet(np.concatenate([valid.drawn[:8], decoded[:8]]), 8).save(images / "babel_autoencoder.png")


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m lab.babel.report", description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("data/babel"))
    parser.add_argument("--judge", type=Path, default=Path("data/judge"))
    parser.add_argument("--images", type=Path, default=Path("docs/images"))
    parser.add_argument("--number", type=int, default=512, help="captions of each split")
    asked = parser.parse_args(arguments)
    print(json.dumps(report(asked.model, asked.judge, asked.images, asked.number), indent=2))


if __name__ == "__main__":
    main()
