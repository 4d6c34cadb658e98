"""``python -m lab morph``: frames, an animated WebP and the recipe, written to a folder."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from lab import exports
from lab.diffusion import Frame, MorphSpec, load
from lab.diffusion.bisection import halved
from lab.diffusion.morph import plan, render_spec
from lab.diffusion.recipe import recipe
from lab.diffusion.smoothness import measure
from lab.diffusion.spec import EASINGS, INTERPOLATIONS, LOOPS, SCHEDULERS, SPACINGS, check_count
from lab.diffusion.store import Store, cache_folder

INTERRUPTED = 130
SUFFIXES = ("webp", "gif", "mp4", "zip")


def frame_counts(text: str) -> int | tuple[int, ...]:
    """Frames of every segment, ``16``, or of each, ``8,16,8``."""
    try:
        counts = tuple(int(count) for count in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is neither a number nor a list like 8,16,8") from None
    return counts if len(counts) > 1 else counts[0]


def numbers(text: str) -> tuple[int, ...]:
    """Whole numbers with commas between them."""
    try:
        return tuple(int(number) for number in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of whole numbers like 7,8,9") from None


def places(text: str) -> tuple[str, ...]:
    """Places with commas between them; what they may be is checked by the spec."""
    return tuple(place.strip() for place in text.split(","))


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of a morph; what they may be is checked by its spec."""
    add = parser.add_argument
    spec = MorphSpec(())
    add("--prompt", action="append", required=True, dest="prompts", help="key prompt; give it twice or more")
    add("--out", type=Path, required=True, metavar="DIR", help="folder for the files")
    add("--frames", type=frame_counts, default=spec.frames, metavar="N", help="of every segment, or 8,16,8")
    add("--loop", choices=LOOPS, default=spec.loop)
    add("--seed", type=int, default=spec.seed)
    add("--steps", type=int, help="denoising steps; the model's own number if left out")
    add("--guidance", type=float, help="guidance scale; the model's own if left out")
    add("--scheduler", choices=SCHEDULERS, help="the model's own if left out")
    add("--negative", default=spec.negative, help="prompt of what the pictures should not show")
    add("--interpolation", choices=INTERPOLATIONS, default=spec.interpolation)
    add("--easing", choices=EASINGS, default=spec.easing, help="pace between two key prompts")
    add("--spacing", choices=SPACINGS, default=spec.spacing, help="even: by a pilot pass of previews")
    add("--seeds", type=numbers, default=(), metavar="N,N", help="noise of each key prompt, walked as well")
    add("--hold", type=int, default=spec.hold, metavar="N", help="show the first and last frame N times more")
    add("--added", type=places, default=(), metavar="S:T", help="further places, 0:5/32,1:1/2")
    add("--bisect", type=int, default=0, metavar="N", help="add a frame at the largest step, N times")
    add("--afresh", action="store_true", help="render all, also what the store of frames has")
    add("--model", default=spec.model, help="babel, a name in models/, a folder, a file, or a hub id")
    add("--device", help="cpu, cuda or mps; the fastest there is if left out")
    add("--allow-download", action="store_true", help="fetch a hub id that is not on this machine")
    add("--also", action="append", choices=SUFFIXES[1:], default=[], help="one more file of the film")
    add("--milliseconds", type=int, default=exports.MILLISECONDS, help="how long the film shows a frame")


def perform(arguments: argparse.Namespace) -> int:
    """Render the morph; an interrupted one keeps its finished frames."""
    asked = vars(arguments)
    names = [field.name for field in fields(MorphSpec)]
    spec = MorphSpec(**{name: asked[name] for name in names} | {"prompts": tuple(arguments.prompts)})
    spec.validate()
    check_count("milliseconds of a frame", arguments.milliseconds, 10, 10_000)
    folder = empty_folder(arguments.out / "frames")
    check_count("rounds of bisecting", arguments.bisect, 0, 64)
    model = load(spec.model, arguments.device, allow_download=arguments.allow_download)
    store = Store(None if arguments.afresh else cache_folder())
    for number, prompt in enumerate(spec.prompts, start=1):
        warn(number, model.count_tokens(prompt)[1], model.unknown_words(prompt))
    began, frames = time.perf_counter(), []
    for _ in range(arguments.bisect):
        images = [frame.image for frame in render_spec(model, spec, store=store)]
        spec = halved(spec, images)
    model.remarks.clear()
    known = recipe("morph", model, spec)
    try:
        for frame in told(render_spec(model, spec, store=store), len(plan(spec)[1])):
            (folder / f"{frame.index:03d}.png").write_bytes(exports.png(frame.image, known))
            frames.append(frame)
    except KeyboardInterrupt:
        print("\nInterrupted; the finished frames are kept.", file=sys.stderr)
    seconds = round(time.perf_counter() - began, 3)
    write_film(arguments, frames, known | {"seconds": seconds, "frames": listed(frames)})
    smooth = measure([frame.image for frame in frames], closed=spec.loop != "none")
    for remark in [*model.remarks, f"The largest step is {smooth.ratio:.1f} times the mean."]:
        print(remark)
    return 0 if len(frames) == len(plan(spec)[1]) else INTERRUPTED


def empty_folder(folder: Path) -> Path:
    """Folder for frames, without those of an earlier morph."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("[0-9][0-9][0-9]*.png"):
        old.unlink()
    return folder


def warn(number: int | str, cut: int, unknown: list[str]) -> None:
    """Say what the model will not read of a prompt."""
    if cut:
        print(f"Prompt {number}: the last {cut} tokens are cut off.", file=sys.stderr)
    if unknown:
        print(f"Prompt {number}: the model was never taught {', '.join(unknown)}.", file=sys.stderr)


def told(frames: Iterator[Frame], total: int) -> Iterator[Frame]:
    """The same frames, counted on a terminal as they finish."""
    for frame in frames:
        if sys.stderr.isatty():
            end = "\n" if frame.index + 1 == total else "\r"
            print(f"frame {frame.index + 1} of {total}", end=end, file=sys.stderr, flush=True)
        yield frame


def listed(frames: list[Frame]) -> list[dict]:
    """What ``result.json`` says of each frame."""
    return [{"file": f"frames/{f.index:03d}.png", "segment": f.segment, "t": f.t} for f in frames]


def write_film(arguments: argparse.Namespace, frames: list[Frame], result: dict) -> None:
    """Write ``result.json``, ``morph.webp`` and the other films that were asked for."""
    folder = arguments.out
    (folder / "result.json").write_text(json.dumps(result, indent=1), encoding="utf-8")
    images = [frame.image for frame in frames]
    for suffix in dict.fromkeys([SUFFIXES[0], *arguments.also]) if images else ():
        timing = {} if suffix == "zip" else {"milliseconds": arguments.milliseconds}
        (folder / f"morph.{suffix}").write_bytes(getattr(exports, suffix)(images, result, **timing))
    print(f"{len(frames)} frames in {folder}")
