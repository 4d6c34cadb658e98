"""What a visitor has asked to be rendered: handed to the engine, watched, cancelled; one render a room.

A page in outline::

    if pressed:
        seconds = pipelines.models().expect(spec.model, calls)
        stage.submit("mix", spec, pipelines.work(spec, calls, frames), seconds)
    stage.polled("mix", draw)      # draw(render) shows render.items; it runs again while more will come
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from lab import profile
from lab.engine import EngineFullError
from lab.jobs import WAITING, Work
from lab.views import pipelines, saying
from lab.views.rendering import Render, Wish

STATE = st.session_state
POLL = 0.4  # seconds between two looks at a job that is not over
LOOKS = 20  # of all visitors together in a second: more, and a full class waits for its own looking


def current(word: str) -> Render | None:
    """What the visitor has asked for in the room of this word, if anything."""
    return STATE.get(f"{word} render")


def submit(word: str, spec: Wish, work: Work, expected: float) -> None:
    """Hand a render to the engine; what this visitor rendered in this room before is given up.

    Parameters
    ----------
    word : str
        Of the room; with the spec's key it names the job, so equal wishes of all visitors are one job.
    spec : Wish
        Complete: nothing left open.
    work : callable
        As `pipelines.work` makes it.
    expected : float
        Seconds it will probably take.
    """
    try:
        profile.current().check(getattr(spec, "model", ""), expected)
    except ValueError as error:
        saying.complain(str(error))
        return
    before = current(word)
    if before and before.live:
        before.job.cancel(pipelines.visitor())
    try:
        job = pipelines.engine().submit(pipelines.visitor(), f"{word} {spec.key()}", work, expected)
        STATE[f"{word} render"] = Render(spec, job)
    except EngineFullError as error:
        saying.complain(str(error))


def cancel(word: str) -> None:
    """Stop the visitor's render and keep its finished items."""
    if render := current(word):
        STATE[f"{word} render"] = Render(render.spec, render.job, tuple(render.job.items))
        render.job.cancel(pipelines.visitor())


def polled(word: str, draw: Callable[[Render | None], None]) -> None:
    """Draw the visitor's render of this room, again and again while more items will come.

    Parameters
    ----------
    word : str
    draw : callable
        Takes the render, or None before there is one. It shows the items and calls `progress` while
        `render.live`. Its elements keep their places, since it is always the body of one fragment.
    """
    render = current(word)
    live = render is not None and render.live
    pace = max(POLL, pipelines.engine().audience() / LOOKS)
    st.fragment(_look, run_every=pace if live else None)(word, draw, live, [])


def once_more(looks: list[None], over: bool) -> None:
    """Draw the whole page anew, without the clock, when the work of a fragment is over.

    Not at the first look, which is part of drawing the page: where a run of a page is broken off, the
    controls it had still to tell their values may show their least values instead.
    """
    if looks and over:
        st.rerun()
    looks.append(None)


def _look(word: str, draw: Callable[[Render | None], None], was_live: bool, looks: list[None]) -> None:
    render = current(word)
    live = render is not None and render.live
    draw(render)
    once_more(looks, was_live and not live)


def progress(word: str, what: str = "pictures", finished: int | None = None, modelled: bool = True) -> None:
    """Show how far the render is, the time left, the place in the line, and the button that stops it.

    Where not every item is one of ``what``, ``finished`` says how many there are; ``modelled`` is false for
    work that needs no model.
    """
    render = current(word)
    assert render is not None, "nothing was asked for"
    job = render.job
    left = job.seconds_left
    time = "" if left is None else f", about {spoken_seconds(left)} left"
    if job.state == WAITING:
        text = f"Number {job.place} in the line{time}"
    elif job.fraction == 0:
        asleep = modelled and not pipelines.models().resident
        text = f"Waking the model{time}" if asleep else f"Beginning{time}"
    else:
        text = f"{len(job.items) if finished is None else finished} {what} finished{time}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(job.fraction, text=text)
        stop: dict[str, Any] = {"icon": ":material/stop_circle:", "on_click": cancel, "args": (word,)}
        st.button("Cancel", key=f"{word} cancel", **stop)


def end(word: str, total: int, what: str = "pictures", finished: int | None = None) -> None:
    """Say how the render ended: with an error, short of its `total` items, or whole.

    Where not every item is one of ``what``, ``finished`` says how many there are.
    """
    render = current(word)
    assert render is not None, "nothing was asked for"
    count = len(render.items) if finished is None else finished
    if render.failed:
        saying.complain(render.job.error)
    elif count < total:
        stopped = "Cancelled" if render.cancelled else "Ended"
        kept = f"with {count} of {total} {what}; they stay" if count else "before the first one"
        st.caption(f"{stopped} {kept}.")
    else:
        seconds = spoken_seconds(render.job.seconds)
        st.caption(f"{counted(total, what)} in {seconds}, the same for everybody with this link.")
    for remark in render.job.remarks:
        st.caption(saying.plain(remark))


def ending(word: str, render: Render | None, total: int, shipped: str) -> None:
    """Say how far a render is or how it ended; without one, what of the library's own is shown."""
    if render is None:
        st.caption(shipped)
    elif render.live:
        progress(word)
    else:
        end(word, total)


def counted(number: int, what: str) -> str:
    """A number of things, one of them without its plural: 1 picture, 2 sketches."""
    singular = what.removesuffix("es") if what.endswith("ches") else what.removesuffix("s")
    return f"{number} {singular if number == 1 else what}"


def spoken_seconds(seconds: float) -> str:
    """A duration as one says it: a second, 4 s, 2 min."""
    if seconds < 1:
        return "a second"
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
