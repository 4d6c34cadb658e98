"""``python -m lab variations``: the start and its variations, a film of them, the walk's spread."""

from __future__ import annotations

import argparse
import re

from lab.commands import frames
from lab.commands.morph import warn
from lab.diffusion import load
from lab.diffusion.variations import facts, render_spec
from lab.diffusion.variations_spec import Pick, VariationsSpec


def pick(text: str) -> Pick:
    """A pick as the page's link writes it: step, seed, sigma and pull, ``5,42,0.02,0.5``."""
    parts = re.split(r",\s*", text.strip())
    try:
        step, seed, sigma, pull = (
            kind(part) for kind, part in zip((int, int, float, float), parts, strict=True)
        )
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no pick; write step, seed, sigma and pull as in 5,42,0.02,0.5"
        ) from None
    return Pick(step, seed, sigma, pull)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of a walk; what they may be is checked by its spec."""
    add, spec = parser.add_argument, VariationsSpec("")
    add("--prompt", required=True)
    add("--count", type=int, default=spec.count, help="variations")
    add("--sigma", type=float, default=spec.sigma, help="of the noise of a step, in the model's unit")
    add("--pull", type=float, default=spec.pull, help="share of the start in every step, 0 to 1")
    add("--walk-seed", type=int, help="of the walk's noise; the seed plus the number of picks if left out")
    add(
        "--pick",
        type=pick,
        action="append",
        default=[],
        dest="picks",
        metavar="K,SEED,SIGMA,PULL",
        help="a step that became the new start; once for each, in order",
    )
    frames.add_sampling(parser)


def perform(arguments: argparse.Namespace) -> int:
    """Render the walk; frame 000 is the start."""
    names = ("prompt", "count", "sigma", "pull", "walk_seed")
    own = {name: getattr(arguments, name) for name in names} | {"picks": tuple(arguments.picks)}
    spec = VariationsSpec(**own, **frames.sampling(arguments)).validate()
    frames.check_timing(arguments)
    model = load(spec.model, arguments.device, allow_download=arguments.allow_download)
    warn(1, model.count_tokens(spec.prompt)[1], model.unknown_words(spec.prompt))
    known, total = facts(model, spec), spec.count + 1
    found, seconds = frames.collected(render_spec(model, spec, first=0), arguments.out, total, known)
    result = known | {"seconds": seconds, "frames": [f"frames/{item.step:03d}.png" for item in found]}
    frames.write("variations", arguments, [item.image for item in found], result)
    return 0 if len(found) == total else frames.INTERRUPTED
