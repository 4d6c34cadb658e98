"""What was found, on the page: pictures side by side, rows that wrap, and what the numbers say."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from lab.diffusion.latents.results import Answer, Between, Colours, Negative, Noised, Source
from lab.figures import latents as figures
from lab.figures.latents import Panel, spoken
from lab.views import page

SMALL = 118  # pixels of a picture in a row


def show(view: str, items: Sequence[object]) -> None:
    """Show pictures and results as far as there are any."""
    sources = [item for item in items if isinstance(item, Source)]
    results = [item for item in items if not isinstance(item, Source)]
    if not sources:
        return
    if view == "channels":
        channels(sources)
    elif not results:
        hang(framed(sources))
    else:
        SHOWN[view](sources, results)


def framed(sources: Sequence[Source]) -> list[Panel]:
    """Pictures under their letters."""
    return [Panel(one.letter, one.image, f"Picture {one.letter}: {one.picture}") for one in sources]


def hang_rows(rows: Mapping[str, Sequence[Panel]]) -> None:
    """Hang rows of small pictures, each under its title."""
    for title, row in rows.items():
        st.markdown(f"**{title}**")
        hang(row, SMALL)


def hang(panels: Sequence[Panel], width: int = 0) -> None:
    """Hang pictures side by side: over the whole width, or in rows of small ones that wrap."""
    if not width:
        for place, panel in zip(st.columns(max(2, len(panels))), panels, strict=False):
            place.image(panel.image, caption=panel.title, width="stretch", alt=panel.alt)
        return
    with st.container(horizontal=True, gap="small"):
        for panel in panels:
            with st.container(width=width):
                st.image(panel.image, caption=panel.title, width="stretch", alt=panel.alt)


def negative(sources: Sequence[Source], results: Sequence[Negative]) -> None:
    """The picture, its negative by latents and by pixels; below, about which colour the latents mirror."""
    result, source = results[0], sources[0]
    answer, first, *others = figures.panels(result)
    hang([*framed([source]), answer, first])
    st.markdown(compared(result.answer))
    best = result.mirrors[0]
    colour = ", ".join(f"{value:.0f}" for value in best.colour)
    st.markdown(
        f"Of the negatives $2c - a$ tried, the one about **{best.title}** (red, green, blue {colour}) is the "
        f"nearest: {spoken(best.difference)}. The best straight map from old colours to new ones explains "
        f"**{result.straight:.0%}** of the result; the rest is what the decoder makes of latents that no "
        f"picture has."
    )
    with st.expander("The other negatives", icon=":material/contrast:"):
        hang(others)
        lines = [f"- about {mirror.title}: {spoken(mirror.difference)}" for mirror in result.mirrors]
        st.markdown("\n".join(lines))


def calculator(sources: Sequence[Source], results: Sequence[Answer]) -> None:
    """The pictures by their letters, then both answers and what lies between them."""
    hang(framed(sources), SMALL)
    hang(figures.panels(results[0]))
    st.markdown(compared(results[0]))


def compared(answer: Answer) -> str:
    """What the numbers of an answer say."""
    strange = (
        f" {answer.strange:.0%} of these latents lie more than four standard deviations from those of the "
        f"pictures, where the decoder has seen next to nothing."
        if answer.strange > 0.005
        else ""
    )
    if answer.difference is None or answer.floor is None:
        return f"{answer.reason} So there is nothing to compare with.{strange}"
    return (
        f"Latents against pixels: **{spoken(answer.difference)}**. The autoencoder alone, given the pixels' "
        f"answer and asked for it back: {spoken(answer.floor)}. The calculated latents are "
        f"**{answer.distance:.0%}** of a picture's length away from those of the pixels' answer.{strange}"
    )


def blend(sources: Sequence[Source], results: Sequence[Between]) -> None:
    """Three rows from one picture to the other, and how far each is from a cross-fade."""
    hang_rows(figures.rows(results))
    middle = results[len(results) // 2]
    far = "" if middle.news is None else f", of pictures drawn between the texts {middle.news.mean:.1f}"
    alt = f"Difference from the cross-fade, of 255: of latents {middle.fade.mean:.1f} in the middle{far}."
    page.figure(figures.draw_blend(results, page.colours()), "latents blend figure", alt)
    st.markdown(
        f"In the middle the latents differ from the cross-fade by {spoken(middle.fade)}{news(middle)}."
    )


def news(middle: Between) -> str:
    """What the morph does in the middle, if there is one."""
    if middle.news is None:
        return "; a picture that was brought has no prompt, so there is no morph to draw"
    return f", the picture drawn between the two sentences by {spoken(middle.news)}"


def colours(sources: Sequence[Source], results: Sequence[Colours]) -> None:
    """Thumbnails by the shipped and by the fitted map, and how much of the colours each explains."""
    result = results[0]
    hang(framed(sources), SMALL)
    hang_rows(figures.thumbnails(result, sources))
    shipped = (
        "This model ships no map. "
        if math.isnan(result.shipped_fit)
        else f"The shipped map {explained(result.shipped_fit)} of the colours' variance (R²). "
    )
    left = (
        ""
        if math.isnan(result.left_out)
        else f" Fitted to all pictures but one, it {explained(result.left_out)} of that of the one left out."
    )
    numbers = result.weights.size
    st.markdown(
        f"{shipped}The map of {numbers} numbers fitted to these pictures by least squares explains "
        f"**{result.fitted_fit:.0%}**.{left}"
    )


def explained(fit: float) -> str:
    """What an R² says; one below 0 is worse than a picture of one colour throughout."""
    return f"explains **{fit:.0%}**" if fit >= 0 else "is worse than one flat colour and explains nothing"


def noise(sources: Sequence[Source], results: Sequence[Noised]) -> None:
    """Two rows under more and more noise, and the schedule behind them."""
    hang_rows(figures.rows(results))
    alt = "The picture's weight falls from 1 to nearly 0 over the timesteps, the noise's weight rises to 1."
    page.figure(figures.draw_noise(results, page.colours()), "latents noise figure", alt)
    middle = results[len(results) // 2]
    rest = math.sqrt(max(0.0, 1 - middle.signal**2))
    st.markdown(
        f"At timestep {middle.timestep} the latents are {middle.signal:.2f} of the picture plus {rest:.2f} "
        f"of the noise; decoded, that differs from the picture by {spoken(middle.difference)}."
    )


def channels(sources: Sequence[Source]) -> None:
    """Every picture's latents, channel by channel."""
    for source in sources:
        hang(framed([source]), 2 * SMALL)
        hang(figures.channel_maps(source, page.colours()), SMALL)
        st.caption(
            f"Through the autoencoder and back, picture {source.letter} comes out with {spoken(source.loss)}."
        )


SHOWN: dict[str, Callable[[Sequence[Source], Sequence], None]] = {
    "negative": negative,
    "calculator": calculator,
    "blend": blend,
    "colours": colours,
    "noise": noise,
}
