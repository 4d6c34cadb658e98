"""Under a finished film: how smooth it is, more frames where it jumps, one frame checked; what costs less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import streamlit as st

from lab.diffusion import bisection, budget, folder, smoothness
from lab.diffusion.exactness import AloneSpec, alone
from lab.diffusion.spec import MorphSpec
from lab.figures.smoothness import describe, draw_meter
from lab.views import morph_form, page, pipelines, saying, stage

STATE = st.session_state
CHECK = "morph check"
LONG = 20  # seconds from which cheaper choices are offered
OFFERED = 3


def show(spec: MorphSpec, frames: Sequence[pipelines.Shown]) -> None:
    """Show the meter of a finished film, the button for more frames, and the check of one frame."""
    images = [shown.frame.image for shown in frames]
    found = smoothness.measure(images, closed=spec.loop != "none")
    page.figure(draw_meter(found, page.colours()), "morph meter", describe(found))
    after = (found.worst + 1) % len(images) + 1
    st.caption(
        f"Distance of each frame to the next: the largest, from {found.worst + 1} to {after}, is "
        f"{found.ratio:.1f} times the mean."
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(
            "Add a frame there",
            key="morph bisect",
            icon=":material/add_photo_alternate:",
            help="Renders the place half-way over the largest step; pressed again it closes in on the jump.",
            on_click=halve,
            args=(spec, images),
        )
        if pressed:
            st.rerun()  # the form, outside of this fragment, has one more place
        with st.popover("Is it exact?", icon=":material/balance:"):
            _check(spec, frames)


def halve(spec: MorphSpec, images: list) -> None:
    """Add the place half-way over the largest step, and render again; all other frames are in the store."""
    try:
        more = bisection.halved(spec, images)
    except ValueError as error:
        STATE["morph link"] = str(error)
        return
    morph_form.add_places(more.added)
    STATE["morph again"] = True


def _check(spec: MorphSpec, frames: Sequence[pipelines.Shown]) -> None:
    """Render one frame alone and compare it with the film's, bit by bit."""
    st.caption("A frame depends on nothing but its place: rendered alone, it must be the same, bit for bit.")
    number = st.number_input("Frame", 1, len(frames), min(7, len(frames)), step=1, key="morph check frame")
    if st.button("Compare it alone", key="morph check go"):
        asked = AloneSpec(spec, number - 1, frames[number - 1].frame.t)
        calls = pipelines.network_calls(spec, 1)
        seconds = pipelines.models().expect(spec.model, calls)
        stage.submit(CHECK, asked, pipelines.work(asked, 0, alone), seconds)
    current = stage.current(CHECK)
    if current and current.spec.morph == spec and current.spec.index < len(frames):
        stage.polled(CHECK, lambda render: _verdict(render, frames))


def _verdict(render: stage.Render | None, frames: Sequence[pipelines.Shown]) -> None:
    if render is None:
        return
    if render.live:
        stage.progress(CHECK, "frame")
    elif render.failed:
        saying.complain(render.job.error)
    for picture in render.items:
        ours = frames[render.spec.index].frame.image
        apart = int((picture != ours).any(axis=-1).sum())
        told = (
            "bit-equal to the film's" if not apart else f"different in {apart} of {ours[..., 0].size} pixels"
        )
        st.markdown(f"Frame {render.spec.index + 1}, rendered alone: **{told}**.")


def cheaper(spec: MorphSpec) -> None:
    """Offer what costs less, where a morph takes long."""
    whole = pipelines.complete(spec)
    seconds = pipelines.models().expect(spec.model, pipelines.morph_calls(spec))
    if seconds < LONG:
        return
    rungs = budget.ladder(whole, folder.defaults(folder.locate(spec.model)))[:OFFERED]
    with st.container(horizontal=True, vertical_alignment="center"):
        for rung in rungs:
            st.button(
                f"{rung.title}: {stage.spoken_seconds(seconds * rung.share)}",
                key=f"morph cheaper {rung.title}",
                type="tertiary",
                on_click=morph_form.put,
                args=(_reopened(spec, rung.spec, whole),),
            )


def _reopened(spec: MorphSpec, cheap: MorphSpec, whole: MorphSpec) -> MorphSpec:
    """The cheaper morph with open what was open and has not changed."""
    kept: Iterator[str] = (
        n for n in ("steps", "guidance", "scheduler") if getattr(cheap, n) == getattr(whole, n)
    )
    return replace(cheap, **{name: getattr(spec, name) for name in kept})
