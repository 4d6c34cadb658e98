"""``python -m lab mix``: blends of prompts, their distances to the sources, the one least like any."""

from __future__ import annotations

import argparse

from lab.commands import frames
from lab.commands.morph import warn
from lab.diffusion import load
from lab.diffusion.mix import facts, likenesses, render_spec
from lab.diffusion.mix_spec import MEANS, MixSpec
from lab.diffusion.recipe import recipe
from lab.diffusion.simplex import corners, lattice
from lab.diffusion.spec import check_count

DIVISIONS_MOST = 20


def shares(text: str) -> tuple[float, ...]:
    """Weights of one blend, ``2,1,1``."""
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of weights like 2,1,1") from None


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of a mix; what they may be is checked by its spec."""
    add = parser.add_argument
    add("--prompt", action="append", required=True, dest="prompts", help="a source; give it 2 to 6 times")
    add("--weights", type=shares, action="append", default=[], metavar="W,W,...", help="of a blend")
    add("--divisions", type=int, default=0, metavar="N", help="all blends whose weights are multiples of 1/N")
    add("--mean", choices=MEANS, default="plain")
    frames.add_sampling(parser)


def perform(arguments: argparse.Namespace) -> int:
    """Render the blends, the sources first, and say which is least like any source."""
    prompts = tuple(arguments.prompts)
    spec = MixSpec(prompts, (), arguments.mean, **frames.sampling(arguments)).validate()
    check_count("divisions", arguments.divisions, 0, DIVISIONS_MOST)
    asked = tuple(arguments.weights) + (
        lattice(len(prompts), arguments.divisions) if arguments.divisions else ()
    )
    blends = dict.fromkeys((*corners(len(prompts)), *(asked or spec.blends())))
    spec = MixSpec(prompts, tuple(blends), arguments.mean, **frames.sampling(arguments)).validate()
    frames.check_timing(arguments)
    model = load(spec.model, arguments.device, allow_download=arguments.allow_download)
    for number, prompt in enumerate(prompts, start=1):
        warn(number, model.count_tokens(prompt)[1], model.unknown_words(prompt))
    total = len(spec.blends())
    known = recipe("mix", model, spec)
    found, seconds = frames.collected(render_spec(model, spec), arguments.out, total, known)
    whole = len(found) == total
    result = (facts(model, spec, found) if whole else known) | {"seconds": seconds}
    frames.write("mix", arguments, [blend.image for blend in found], result)
    if whole:
        tell(prompts, found, likenesses(model, spec, found))
    return 0 if whole else frames.INTERRUPTED


def tell(prompts: tuple[str, ...], blends: list, found: tuple) -> None:
    """Print the blend that is least like any source, in each measure of pictures."""
    for likeness in found:
        if likeness.measure != "text":
            best = likeness.least_like()
            weights = ", ".join(f"{weight:.2f}" for weight in blends[best].weights)
            far = likeness.nearest[best]
            print(
                f"least like any of {len(prompts)} sources by {likeness.measure}, of {len(blends)} tried: "
                f"{weights} (frames/{best:03d}.png), {far:.2f} from the nearest"
            )
