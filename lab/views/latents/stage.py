"""The stage of the latents room: what a preset ships, or what the visitor's pictures give."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from lab.diffusion.latents import LatentsSpec
from lab.diffusion.latents.memory import Memory
from lab.diffusion.latents.spec import brought
from lab.galleries.latents import film_of
from lab.presets import Preset, read
from lab.views import files, pipelines, takeaways
from lab.views import stage as room
from lab.views.latents import exhibit, form, pictures

WORD = "latents"
MADE = "latents made"  # what stands on the stage now


@st.cache_resource(show_spinner=False)
def memory() -> Memory:
    """Latents drawn before, for all visitors; only the engine's worker touches it."""
    return Memory()


def work(spec: LatentsSpec):
    """Work for the engine: pictures, then results."""
    named = set(map(brought, spec.pictures))
    own = {name: picture for name, picture in pictures.own().items() if name in named}
    known = memory()

    def render(model, spec, cancelled, progress):
        from lab.diffusion.latents.looks import render_spec
        from lab.diffusion.recipe import recipe
        from lab.diffusion.replay import tell_own

        yield recipe(WORD, model, spec) | ({"own": tell_own(own)} if own else {})
        yield from render_spec(model, spec, own, known, cancelled, progress)

    return pipelines.work(spec, 0, render)


def ask(spec: LatentsSpec) -> None:
    """Hand a look to the engine."""
    whole = pipelines.complete(spec)
    seconds = pipelines.models().expect(spec.model, pipelines.network_calls(whole, whole.drawn))
    room.submit(WORD, whole, work(whole), seconds)


def follow(spec: LatentsSpec) -> None:
    """Calculate anew at once where the visitor's pictures stay and only the look at them changes."""
    render = room.current(WORD)
    if render and not render.cancelled:
        whole = pipelines.complete(spec)
        same = replace(whole, view="channels", expression="-a", count=7)
        if whole != render.spec and same == replace(render.spec, view="channels", expression="-a", count=7):
            ask(spec)


def present(spec: LatentsSpec | None) -> None:
    """Show the visitor's render, or the shipped look, or the first one that is shipped."""
    render = room.current(WORD)
    mine = render is not None and spec is not None and render.spec == pipelines.complete(spec)
    preset = form.matching(spec) if spec and not mine else None
    if preset is None and render is None:
        preset = read(WORD)[0]
    items = shipped(preset) if preset else ()
    if preset and items:
        own = spec is not None and form.matching(spec) == preset
        show_shipped(preset, items, own)
    else:
        room.polled(WORD, draw)


def show_shipped(preset: Preset, items: tuple, own: bool) -> None:
    """Show what ships with a preset; `own` if it is what the controls ask for."""
    exhibit.show(preset.values["view"], items)
    told = "" if own else " Yours is not drawn yet: press Draw."
    st.caption(f"{preset.title}, which ships with the library.{told}")
    offer(items, lambda: _recipe_of(preset))


def draw(render: room.Render | None) -> None:
    """Show what there is of the visitor's render."""
    if render is None:
        st.info("Press Draw: the first picture comes within seconds.", icon=":material/invert_colors:")
        return
    items = [item for item in render.items if not isinstance(item, dict)]
    exhibit.show(render.spec.view, items)
    if render.live:
        room.progress(WORD)
    elif render.failed or render.cancelled:
        room.end(WORD, len(render.items) + 1)
    else:
        st.caption(f"Done in {room.spoken_seconds(render.job.seconds)}.")
        offer(items, lambda: render.items[0])


def offer(items, recipe) -> None:
    """The files a visitor may take: everything as an archive, a row as a film, the result as a picture."""
    from lab.diffusion.latents.parcel import images

    pictures = images(list(items))
    row = [item for item in items if hasattr(item, "latents") and hasattr(item, "pixels")]
    film: list[np.ndarray] = [item.latents for item in row]
    offers = files.film(WORD, lambda: film, recipe)[:3] if film else []
    archive = files.film(WORD, lambda: pictures, recipe)[3]
    if not film and pictures:
        offers = [files.picture(WORD, lambda: main(items), recipe)]
    takeaways.downloads([*offers, archive], disabled=not pictures)


def main(items) -> np.ndarray:
    """The one picture that a look is about: the latents' answer, or the first picture."""
    last = items[-1]
    answer = getattr(last, "answer", last)
    return answer.image if hasattr(answer, "image") else items[0].image


@st.cache_data(show_spinner=False)
def _unpacked(path: str, changed: float) -> tuple:
    from pathlib import Path

    from lab.diffusion.latents import parcel
    from lab.exports import MILLISECONDS, read_recipe
    from lab.figures.morph import read_film

    try:
        return parcel.unpack(read_recipe(path)["found"], read_film(Path(path), MILLISECONDS))
    except (ValueError, KeyError, IndexError, TypeError):
        return ()


def shipped(preset: Preset) -> tuple:
    """The pictures and results of a preset's file; none where it is not there or not whole."""
    path = film_of(preset)
    return _unpacked(str(path), path.stat().st_mtime) if path.is_file() else ()


def _recipe_of(preset: Preset) -> dict:
    from lab.exports import read_recipe

    return {name: value for name, value in read_recipe(film_of(preset)).items() if name != "found"}
