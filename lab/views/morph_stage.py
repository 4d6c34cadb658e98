"""The stage of the morph: a finished film or one that grows, its progress, a way to stop it, what to keep."""

from __future__ import annotations

from functools import partial

import streamlit as st

from lab import gallery
from lab.diffusion.morph import itinerary
from lab.diffusion.spec import MorphSpec
from lab.exports import MILLISECONDS
from lab.figures.morph import read_film
from lab.presets import Preset, read
from lab.views import (
    files,
    honeycomb,
    morph_form,
    morph_meter,
    morph_work,
    pipelines,
    player,
    stage,
    takeaways,
)

WORD = "morph"


def render(spec: MorphSpec) -> None:
    """Hand a morph to the engine."""
    whole = pipelines.complete(spec)
    calls = pipelines.morph_calls(whole)
    expected = pipelines.models().expect(whole.model, calls)
    stage.submit(WORD, whole, morph_work.work(whole), expected)


def exhibit(spec: MorphSpec | None) -> None:
    """Show the visitor's render, or the shipped film of this morph, or the first one that is shipped."""
    current = stage.current(WORD)
    preset = morph_form.matching(spec) if spec else None
    if preset and not gallery.film_of(preset).is_file():
        preset = None
    if not current or (preset and spec and current.spec != pipelines.complete(spec)):
        preset = preset or shipped()
    else:
        preset = None
    stage.polled(WORD, partial(show, preset, spec))


def shipped() -> Preset | None:
    """The first preset whose film is there."""
    return next((preset for preset in read(WORD) if gallery.film_of(preset).is_file()), None)


def show(preset: Preset | None, spec: MorphSpec | None, current: stage.Render | None) -> None:
    """Show the film of a preset, or the visitor's render, or how to begin."""
    if preset:
        show_film(preset, own=gallery.morph_of(preset) == spec)
    elif current:
        show_render(current)
    else:
        st.info("Press Render: the first picture comes within seconds.", icon=":material/animation:")


def show_film(preset: Preset, own: bool) -> None:
    """Show the film of a preset that ships with the library; `own` if it is what the controls ask for."""
    path = gallery.film_of(preset)
    spec = gallery.morph_of(preset)
    stops = [(stop.start, stop.end, float(stop.t)) for stop in itinerary(spec)]
    pictures = honeycomb.film(path)[: len(stops)]
    player.play(f"film {path.name}", pictures, stops, spec.prompts, spec.loop)
    told = "" if own else " Yours is not rendered yet."
    st.caption(f"{preset.title}, a film that ships with the library.{told}")
    takeaways.downloads(
        files.film(WORD, partial(read_film, path, MILLISECONDS), partial(gallery.recipe_in, path))
    )


def show_render(current: stage.Render) -> None:
    """Show the frames there are, how far it is or how it ended, and offer them."""
    live, frames = current.live, current.items  # live first: a job that is over has all of them
    stops = [(stop.start, stop.end, float(stop.t)) for stop in itinerary(current.spec)]
    stops[: len(frames)] = [
        (start, end, shown.frame.t) for (start, end, _), shown in zip(stops, frames, strict=False)
    ]
    pictures = [shown.jpeg for shown in frames]
    player.play(f"render {current.job.key}", pictures, stops, current.spec.prompts, current.spec.loop, live)
    if live:
        stage.progress(WORD, "frames")
        return
    stage.end(WORD, len(stops), "frames")
    if len(frames) == len(stops) > 1:
        morph_meter.show(current.spec, frames)
    own = files.film(WORD, lambda: [shown.frame.image for shown in frames], lambda: frames[0].recipe)
    takeaways.downloads(own, disabled=not frames)
