"""The stage of the morph: a finished film or one that grows, its progress, a way to stop it, what to keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import streamlit as st

from lab import gallery
from lab.diffusion.morph import itinerary
from lab.diffusion.spec import MorphSpec
from lab.engine import EngineFullError
from lab.exports import MILLISECONDS
from lab.figures.morph import read_film
from lab.jobs import CANCELLED, FAILED, WAITING, Job
from lab.presets import Preset, read
from lab.views import honeycomb, morph_form, page, pipelines, player, takeaways

STATE = st.session_state
POLL = 0.4  # seconds between two looks at a job that is not over
Frames = Callable[[], list[np.ndarray]]


@dataclass(frozen=True, eq=False)
class Render:
    """What the visitor has asked to be rendered; `kept` holds the frames there were when it was cancelled."""

    spec: MorphSpec
    job: Job
    kept: tuple[pipelines.Shown, ...] | None = None

    @property
    def frames(self) -> tuple[pipelines.Shown, ...]:
        """Frames finished so far."""
        return tuple(self.job.items) if self.kept is None else self.kept

    @property
    def live(self) -> bool:
        """Whether more frames will come."""
        return self.kept is None and not self.job.over


def render(spec: MorphSpec) -> None:
    """Hand a morph to the engine; what this visitor rendered before is given up."""
    if (before := STATE.get("morph render")) and before.live:
        before.job.cancel(pipelines.visitor())
    whole = pipelines.complete(spec)
    expected = pipelines.models().expect(whole)
    try:
        job = pipelines.engine().submit(
            pipelines.visitor(), f"morph {whole.key()}", pipelines.morph_work(whole), expected
        )
        STATE["morph render"] = Render(spec, job)
    except EngineFullError as error:
        page.complain(str(error))


def cancel() -> None:
    """Stop the visitor's render and keep its finished frames."""
    current = STATE["morph render"]
    STATE["morph render"] = Render(current.spec, current.job, tuple(current.job.items))
    current.job.cancel(pipelines.visitor())


def exhibit(spec: MorphSpec | None) -> None:
    """Show the visitor's render, or the shipped film of this morph, or the first one that is shipped.

    All in one fragment, so that the player stays the same while films change; it polls only what is not over.
    """
    render = STATE.get("morph render")
    preset = morph_form.matching(spec) if spec else None
    if preset and not gallery.film_of(preset).is_file():
        preset = None
    if not render or (preset and render.spec != spec):
        render, preset = None, preset or shipped()
    live = render is not None and render.live
    st.fragment(show, run_every=POLL if live else None)(None if render else preset, spec, live)


def shipped() -> Preset | None:
    """The first preset whose film is there."""
    return next((preset for preset in read("morph") if gallery.film_of(preset).is_file()), None)


def show(preset: Preset | None, spec: MorphSpec | None, was_live: bool) -> None:
    """Show the film of a preset, or the render in the session, or how to begin; the body of the fragment."""
    if preset:
        show_film(preset, own=gallery.morph_of(preset) == spec)
    elif "morph render" in STATE:
        show_render(was_live)
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
    takeaways.downloads(offers(partial(read_film, path, MILLISECONDS), partial(gallery.recipe_in, path)))


def show_render(was_live: bool) -> None:
    """Show the frames there are, and how far it is; a fragment that runs again while the job does."""
    current = STATE["morph render"]
    live = current.live  # read before the frames: a job that is over has all of them
    stops = [(stop.start, stop.end, float(stop.t)) for stop in itinerary(pipelines.complete(current.spec))]
    pictures = [shown.jpeg for shown in current.frames]
    player.play(f"render {current.job.key}", pictures, stops, current.spec.prompts, current.spec.loop, live)
    if was_live and not live:
        st.rerun()  # once more as a whole, without the clock
    if live:
        show_progress(current.job)
    else:
        show_end(current, len(stops))


def show_progress(job: Job) -> None:
    """Show how far a job is, the time left, the place in the line, and the button that stops it."""
    left = job.seconds_left
    time = "" if left is None else f", about {spoken_seconds(left)} left"
    if job.state == WAITING:
        text = f"Number {job.place} in the line{time}"
    elif job.fraction == 0:
        text = f"Waking babel{time}" if not pipelines.models().resident else f"Beginning{time}"
    else:
        text = f"{len(job.items)} frames finished{time}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(job.fraction, text=text)
        st.button("Cancel", key="morph cancel", icon=":material/stop_circle:", on_click=cancel)


def show_end(current: Render, total: int) -> None:
    """Say how a render ended, and offer its frames."""
    frames = current.frames
    if current.job.state == FAILED:
        page.complain(current.job.error)
    elif len(frames) < total:
        stopped = "Cancelled" if current.kept is not None or current.job.state == CANCELLED else "Ended"
        kept = f"with {len(frames)} of {total} frames; they stay" if frames else "before the first frame"
        st.caption(f"{stopped} {kept}.")
    else:
        st.caption(
            f"{total} frames in {spoken_seconds(current.job.seconds)}, the same for everybody with this link."
        )
    own = offers(lambda: [shown.frame.image for shown in frames], lambda: frames[0].recipe)
    takeaways.downloads(own, disabled=not frames)


def offers(images: Frames, recipe: Callable[[], dict]) -> list[takeaways.Download]:
    """The four files a visitor may take, each built, with the recipe inside, when it is asked for."""
    kinds = (
        ("WebP", "morph.webp", "image/webp"),
        ("GIF", "morph.gif", "image/gif"),
        ("MP4", "morph.mp4", "video/mp4"),
        ("ZIP of PNGs", "morph.zip", "application/zip"),
    )
    return [takeaways.Download(*kind, partial(build, kind[1], images, recipe)) for kind in kinds]


def build(name: str, images: Frames, recipe: Callable[[], dict]) -> bytes:
    """Bytes of one file, in the format that its name ends with."""
    from lab import exports

    encode: Callable[..., bytes] = getattr(exports, Path(name).suffix.removeprefix("."))
    return encode(images(), recipe())


def spoken_seconds(seconds: float) -> str:
    """A duration as one says it: under a second, 4 s, 2 min."""
    if seconds < 1:
        return "a second"
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
