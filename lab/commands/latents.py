"""``python -m lab latents``: pictures, a look at their latents, and what was found, written to a folder."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from lab import exports
from lab.commands import frames
from lab.commands.morph import warn
from lab.diffusion import load, uploads
from lab.diffusion.latents import VIEWS, LatentsSpec
from lab.diffusion.latents.spec import LETTERS, OWN, brought, check_pictures
from lab.diffusion.recipe import recipe
from lab.diffusion.replay import tell_own
from lab.fingerprints import fingerprint

PLAIN = LatentsSpec(())


class Picture(argparse.Action):
    """Collects prompts and files in the order in which they are given: the order of their letters."""

    def __call__(self, parser, namespace, values, option_string=None):  # noqa: D102
        namespace.pictures = [*(namespace.pictures or []), (self.const, values)]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of a look; what they may be is checked by its spec."""
    add = parser.add_argument
    one: dict[str, Any] = {"action": Picture, "dest": "pictures", "default": None}
    add("--picture", const="prompt", metavar="PROMPT", help="a picture to draw; a to f, in this order", **one)
    add("--file", const="file", metavar="FILE", help="a picture of your own", **one)
    add("--view", choices=VIEWS, default=PLAIN.view)
    add(
        "--expression",
        default=PLAIN.expression,
        help="of the calculator; --expression=-a for a minus in front",
    )
    add("--count", type=int, default=PLAIN.count, help="pictures of a blend or of a row of noise")
    frames.add_sampling(parser)


def perform(arguments: argparse.Namespace) -> int:
    """Draw, calculate, write every picture as PNG and say the numbers."""
    from lab.diffusion.latents import looks, parcel

    asked = arguments.pictures or []
    check_pictures(tuple(value for _, value in asked))
    read = {
        place: uploads.read_picture(small(Path(value)), value)
        for place, (kind, value) in enumerate(asked)
        if kind == "file"
    }
    model = load(arguments.model, arguments.device, allow_download=arguments.allow_download)
    fitted = {place: uploads.fit(picture, model.size) for place, picture in read.items()}
    own = {fingerprint(picture): picture for picture in fitted.values()}
    names = {place: OWN + fingerprint(picture) for place, picture in fitted.items()}
    pictures = tuple(names.get(place, value) for place, (_, value) in enumerate(asked))
    how = {name: getattr(arguments, name) for name in ("view", "expression", "count")}
    spec = LatentsSpec(pictures, **how, **frames.sampling(arguments)).validate()
    for letter, picture in zip(LETTERS, pictures, strict=False):
        if not brought(picture):
            warn(letter, model.count_tokens(picture)[1], model.unknown_words(picture))
    found = list(looks.render_spec(model, spec, own))
    known = recipe("latents", model, spec) | ({"own": tell_own(own)} if own else {})
    write(arguments, parcel.images(found), known, parcel.pack(found, []))
    return 0


def small(path: Path) -> bytes:
    """Bytes of a file, one more than the limit at most."""
    with path.open("rb") as stream:
        return stream.read(uploads.BYTES_MOST + 1)


def write(arguments: argparse.Namespace, images: list, known: dict, found: object) -> None:
    """Write every picture, the recipe and what was found, and the films that were asked for."""
    folder = arguments.out / "frames"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("[0-9][0-9][0-9]*.png"):
        old.unlink()
    for index, image in enumerate(images):
        (folder / f"{index:03d}.png").write_bytes(exports.png(image, known))
    result = json.dumps(known | {"found": found}, indent=1)
    (arguments.out / "result.json").write_text(result, encoding="utf-8")
    for suffix in dict.fromkeys(arguments.also):
        timing = {} if suffix == "zip" else {"milliseconds": arguments.milliseconds}
        body = getattr(exports, suffix)(images, known, **timing)
        (arguments.out / f"latents.{suffix}").write_bytes(body)
    for line in told(found):
        print(line)
    print(f"{len(images)} pictures in {arguments.out}")


def told(found: object) -> list[str]:
    """One line for each difference that was measured."""
    if isinstance(found, list):
        return [line for each in found for line in told(each)]
    if not isinstance(found, dict):
        return []
    lines = [
        f"{found.get('kind')} {name}: PSNR {spoken(each['psnr'])} dB, mean difference {each['mean']:.1f}"
        for name, each in found.items()
        if isinstance(each, dict) and each.get("kind") == "Difference"
    ]
    return lines + [line for each in found.values() if isinstance(each, dict | list) for line in told(each)]


def spoken(psnr: object) -> str:
    """A PSNR in words; infinite ones are packed as text."""
    return "inf" if isinstance(psnr, dict) else f"{psnr:.1f}"
