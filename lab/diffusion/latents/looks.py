"""The looks at latents: minus a picture, any expression, blends, noise. Each needs a loaded model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch

from lab import compute
from lab.diffusion import autoencoder, paths, schedulers
from lab.diffusion.difference import compare
from lab.diffusion.latents import calculator
from lab.diffusion.latents.colours import colours
from lab.diffusion.latents.expression import parse
from lab.diffusion.latents.memory import Memory
from lab.diffusion.latents.results import Answer, Between, Mirror, Negative, Noised, Result, Source
from lab.diffusion.latents.sources import denoised, gather, tensor
from lab.diffusion.latents.spec import LatentsSpec, brought
from lab.diffusion.latents.syntax import Node, channels_named

if TYPE_CHECKING:
    from lab.diffusion.model import Model

GREY = (127.5, 127.5, 127.5)
STRANGE = 4.0  # standard deviations beyond which the decoder has seen next to nothing


def render_spec(
    model: Model,
    spec: LatentsSpec,
    own: Mapping[str, np.ndarray] | None = None,
    memory: Memory | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Source | Result]:
    """The pictures of a spec, then what its view finds; parameters left open are the model's defaults.

    Parameters
    ----------
    own : mapping of str to ndarray of shape (H, W, 3), uint8
        Pictures that were brought, by digest, at the model's size.
    memory : Memory, optional
        Of latents drawn before.
    cancelled, progress : callable
        As in :meth:`lab.diffusion.model.Model.render`.
    """
    spec = spec.validate().with_defaults(model.defaults).validate()
    sources = gather(model, spec, own or {}, Memory() if memory is None else memory, cancelled, progress)
    yield from sources
    if len(sources) < len(spec.pictures) or cancelled():
        return
    if spec.view == "negative":
        yield negative(model, sources[0], spec.seed)
    elif spec.view == "calculator":
        yield answer(model, sources, spec.tree(), spec.seed)
    elif spec.view == "colours":
        yield colours(sources, shipped_map(model))
    elif spec.view == "blend":
        yield from blend(model, spec, sources[:2], cancelled, progress)
    elif spec.view == "noise":
        yield from noised(model, sources[0], spec.count, spec.seed)


def shipped_map(model: Model) -> list[list[float]] | None:
    """The linear map from latents to colours that lies beside the weights, if one does."""
    from lab.diffusion import folder

    return folder.facts(model.folder).get("latent_rgb")


def answer(model: Model, sources: Sequence[Source], tree: Node, seed: int = 42) -> Answer:
    """Calculate an expression on the latents and on the pixels of pictures, and compare the answers."""
    latents = {source.letter: tensor(source.latents, model) for source in sources}
    pixels = {source.letter: autoencoder.to_tensor(source.image) for source in sources}
    factor = next(iter(pixels.values())).shape[-1] // model.latent_shape[-1]
    signal = schedulers.make("ddim", model.scheduler_config, 1).alphas_cumprod
    found = calculator.calculate(tree, calculator.Space(latents, 1, factor, signal, seed))
    image, strange = model.decode(found), beyond(found, sources)
    asked = channels_named(tree)
    if asked and asked[-1] > 2:
        reason = f"Pixels have the channels 0, 1 and 2 (red, green, blue) and no {asked[-1]}."
        return Answer(str(tree), image, None, reason, strange=strange)
    shown = autoencoder.to_picture(
        calculator.calculate(tree, calculator.Space(pixels, factor, factor, signal, seed))
    )
    there = model.encode(shown)
    distance = float((found - there).norm() / there.norm().clamp_min(1e-12))
    floor = compare(model.decode(there), shown)
    return Answer(str(tree), image, shown, "", compare(image, shown), floor, distance, strange)


def beyond(found: torch.Tensor, sources: Sequence[Source]) -> float:
    """Share of latents further than four standard deviations from the mean of the pictures' latents."""
    every = np.stack([source.latents for source in sources])
    centre = torch.from_numpy(every.mean((0, 2, 3))).to(found.device)[:, None, None]
    spread = torch.from_numpy(every.std((0, 2, 3))).to(found.device)[:, None, None]
    return float(((found - centre).abs() > STRANGE * spread).float().mean())


def negative(model: Model, source: Source, seed: int = 42) -> Negative:
    """Minus the latents of a picture, held against its negatives about three colours."""
    minus = answer(model, [source], parse(f"-{source.letter}", (source.letter,)), seed)
    zero = model.decode(torch.zeros(model.latent_shape, device=model.device))
    centres = {"middle grey": GREY}
    if (known := shipped_map(model)) and len(known) == model.latent_shape[0] + 1:
        centres["the mean colour of the training pictures"] = tuple((np.array(known[-1]) + 1) * 127.5)
    centres["what latents of nothing but 0 decode to"] = tuple(zero.mean((0, 1)))
    mirrors = []
    for title, colour in centres.items():
        image = np.rint((2 * np.array(colour) - source.image).clip(0, 255)).astype(np.uint8)
        red, green, blue = map(float, colour)
        mirrors.append(Mirror(title, (red, green, blue), image, compare(minus.image, image)))
    mirrors.sort(key=lambda mirror: mirror.difference.mean)
    return Negative(minus, zero, tuple(mirrors), straight(source.image, minus.image))


def straight(before: np.ndarray, after: np.ndarray) -> float:
    """R^2 of the best straight map, 3 x 3 and a constant, from the colours of one picture to another's."""
    x = np.concatenate([before.reshape(-1, 3), np.ones((before.size // 3, 1))], axis=1).astype(np.float64)
    y = after.reshape(-1, 3).astype(np.float64)
    rest = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    spread = ((y - y.mean(0)) ** 2).sum()
    return float(1 - (rest**2).sum() / spread) if spread > 0 else float("nan")


def blend(
    model: Model, spec: LatentsSpec, sources: Sequence[Source], cancelled, progress
) -> Iterator[Between]:
    """Places between two pictures: by latents, by pixels, and drawn anew from embeddings between the two."""
    first, second = sources
    start, end = (tensor(source.latents, model) for source in sources)
    inner = [index / (spec.count - 1) for index in range(1, spec.count - 1)]
    morph: list[np.ndarray | None] = [None] * spec.count
    if not any(brought(source.picture) for source in sources):
        a, b = model.embed([first.picture, second.picture])
        between = torch.stack([paths.lerp(a, b, t) for t in inner])
        found = [model.decode(latents) for latents in denoised(model, spec, between, cancelled, progress)]
        if len(found) < len(inner):
            return
        morph = [first.image, *found, second.image]
    for t, drawn in zip([0.0, *inner, 1.0], morph, strict=True):
        latents = model.decode(paths.lerp(start, end, t))
        pixels = np.rint((1 - t) * first.image + t * second.image.astype(np.float64)).astype(np.uint8)
        news = None if drawn is None else compare(drawn, pixels)
        yield Between(t, latents, pixels, drawn, compare(latents, pixels), news)


def noised(model: Model, source: Source, count: int, seed: int) -> Iterator[Noised]:
    """A picture under more and more noise: the same levels on its latents and on its pixels."""
    signal = schedulers.make("ddim", model.scheduler_config, 1).alphas_cumprod
    spaces = tensor(source.latents, model), autoencoder.to_tensor(source.image)
    noise = [torch.randn(x.shape, generator=compute.generator(seed)).to(x.device) for x in spaces]
    for level in (index / (count - 1) for index in range(count)):
        latents, pixels = (
            calculator.diffused(x, each, level, signal) for x, each in zip(spaces, noise, strict=True)
        )
        decoded, step = model.decode(latents), calculator.timestep(level, len(signal))
        kept = 1.0 if step < 0 else float(signal[step].sqrt())
        difference = compare(decoded, source.image)
        yield Noised(level, step, kept, decoded, autoencoder.to_picture(pixels), difference)
