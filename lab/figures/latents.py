"""What the latents room found, as pictures with captions, maps of channels, and two curves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from lab.diffusion.difference import Difference
from lab.diffusion.latents.results import Answer, Between, Colours, Negative, Noised, Source
from lab.figures.style import Palette, dress

MAP_PIXELS = 128  # side to which a map of a channel is enlarged, place by place


@dataclass(frozen=True, eq=False)
class Panel:
    """A picture to hang: what stands under it, and what it shows for those who do not see it."""

    title: str
    image: np.ndarray
    alt: str


def panels(result: object) -> tuple[Panel, ...]:
    """The pictures of a result that are compared side by side, the latents' one first."""
    if isinstance(result, Negative):
        return _negative(result)
    return _answer(result) if isinstance(result, Answer) else ()


def _negative(result: Negative) -> tuple[Panel, ...]:
    pixels = result.answer.pixels
    assert pixels is not None, "minus a picture is asked of pixels too"
    found = [
        Panel("−a on latents, decoded", result.answer.image, "The picture decoded from minus its latents."),
        Panel("−a on pixels", pixels, "The colour negative of the picture."),
    ]
    found += [
        Panel(f"2c − a about {mirror.title}", mirror.image, f"The negative about {mirror.title}.")
        for mirror in result.mirrors
        if not np.array_equal(mirror.image, pixels)
    ]
    return (*found, Panel("latents of nothing but 0", result.zero, "What zero latents decode to."))


def _answer(result: Answer) -> tuple[Panel, ...]:
    words = result.expression
    found = [Panel("on latents, decoded", result.image, f"The latents' answer to {words}.")]
    if result.pixels is not None:
        found.append(Panel("on pixels", result.pixels, f"The pixels' answer to {words}."))
        gap = np.abs(result.image.astype(int) - result.pixels).clip(0, 255).astype(np.uint8)
        found.append(Panel("the gap between them", gap, "Absolute difference of the two; black is equal."))
    return tuple(found)


def rows(places: Sequence[Between | Noised]) -> dict[str, tuple[Panel, ...]]:
    """Rows of a blend or of noise levels, each with its title."""
    if not places:
        return {}
    latents, pixels = [place.latents for place in places], [place.pixels for place in places]
    if isinstance(places[0], Noised):
        levels = [place.timestep for place in places if isinstance(place, Noised)]
        said = [f"t = {level}" if level >= 0 else "no noise" for level in levels]
        return {
            "Noise on latents, decoded": _row(said, latents, "latents"),
            "The same share of noise on pixels": _row(said, pixels, "pixels"),
        }
    between = [place for place in places if isinstance(place, Between)]
    said = [f"{place.t:.2f}" for place in between]
    found = {
        "Between the pixels: a cross-fade": _row(said, pixels, "pixels"),
        "Between the latents": _row(said, latents, "latents"),
    }
    drawn = [place.morph for place in between if place.morph is not None]
    if len(drawn) == len(places):
        row = _row(said, drawn, "text embeddings")
        found["Between the text embeddings: drawn anew"] = row
    return found


def _row(said: Sequence[str], images: Sequence[np.ndarray], where: str) -> tuple[Panel, ...]:
    return tuple(Panel(text, image, f"{where}, {text}") for text, image in zip(said, images, strict=True))


def thumbnails(result: Colours, sources: Sequence[Source]) -> dict[str, tuple[Panel, ...]]:
    """Thumbnails of every picture as it is, by the shipped map and by the fitted one, enlarged."""
    kinds = {"The picture, shrunk": result.true, "By the shipped map": result.shipped}
    kinds["By the map fitted to these pictures"] = result.fitted
    return {
        title: tuple(
            Panel(source.letter, enlarged(image), f"{title}: picture {source.letter}")
            for source, image in zip(sources, images, strict=True)
        )
        for title, images in kinds.items()
        if images
    }


def channel_maps(source: Source, colours: Palette) -> tuple[Panel, ...]:
    """Each channel of a picture's latents as a map, all on one scale from negative to positive."""
    most = float(np.abs(source.latents).max()) or 1.0
    return tuple(
        Panel(
            f"{source.letter}[{index}], {plane.mean():+.2f} ± {plane.std():.2f}".replace("-", "−"),
            enlarged(tinted(plane / most, colours)),
            f"Channel {index} of the latents of picture {source.letter}.",
        )
        for index, plane in enumerate(source.latents)
    )


def tinted(plane: np.ndarray, colours: Palette) -> np.ndarray:
    """Numbers from -1 to 1, of shape (h, w), in the scale from negative to positive: uint8 (h, w, 3)."""
    stops = np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in colours.divergence], float)
    at = (plane.clip(-1, 1) + 1) / 2 * (len(stops) - 1)
    low = np.floor(at).astype(int).clip(0, len(stops) - 2)
    share = (at - low)[..., None]
    return np.rint((1 - share) * stops[low] + share * stops[low + 1]).astype(np.uint8)


def enlarged(image: np.ndarray, side: int = MAP_PIXELS) -> np.ndarray:
    """A small picture with every place repeated, so that places stay squares."""
    times = max(1, round(side / max(image.shape[:2])))
    return image.repeat(times, 0).repeat(times, 1)


def spoken(difference: Difference) -> str:
    """The two numbers of a difference in words."""
    if difference.equal:
        return "equal, bit for bit"
    return f"PSNR {difference.psnr:.1f} dB, mean difference {difference.mean:.1f} of 255"


def draw_blend(places: Sequence[Between], colours: Palette) -> go.Figure:
    """How far latents and morph are from the pixels' cross-fade, along the way."""
    figure = go.Figure()
    _curve(figure, "latents", places, [place.fade.mean for place in places], colours.categories[0])
    news = [place.news.mean for place in places if place.news is not None]
    if len(news) == len(places):
        _curve(figure, "text embeddings", places, news, colours.categories[1])
    dress(figure, colours, 260)
    figure.update_xaxes(title="from a (0) to b (1)", range=[-0.02, 1.02])
    figure.update_yaxes(title="mean difference from the cross-fade", rangemode="tozero")
    return figure


def _curve(figure: go.Figure, name: str, places: Sequence[Between], values: list[float], colour: str) -> None:
    figure.add_scatter(
        x=[place.t for place in places],
        y=values,
        name=name,
        mode="lines+markers",
        line=dict(color=colour),
        hovertemplate="%{y:.1f} of 255 at %{x:.2f}<extra>" + name + "</extra>",
    )


def draw_noise(places: Sequence[Noised], colours: Palette) -> go.Figure:
    """What is left of the picture, and how loud the noise is, at each level."""
    figure = go.Figure()
    times = [place.timestep for place in places]
    signal = [place.signal for place in places]
    noise = [math.sqrt(max(0.0, 1 - share**2)) for share in signal]
    for name, values, colour in (("picture", signal, 0), ("noise", noise, 1)):
        line = dict(color=colours.categories[colour])
        figure.add_scatter(x=times, y=values, name=name, mode="lines+markers", line=line)
    dress(figure, colours, 260)
    figure.update_xaxes(title="timestep of the training schedule")
    figure.update_yaxes(title="weight", range=[0, 1.05])
    return figure
