"""The engine, the visitors and the models of the running app; a model loads in the worker at first need."""

from __future__ import annotations

import logging
import os
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

import streamlit as st

from lab import cluster, profile
from lab.diffusion import budget, folder
from lab.diffusion.asking import OfModel, Open
from lab.diffusion.morph import Frame, plan, render_spec
from lab.diffusion.spec import MorphSpec, Sampling
from lab.diffusion.store import Store, cache_folder
from lab.engine import Engine
from lab.jobs import Ticket, Work

if TYPE_CHECKING:
    from lab.diffusion.model import Model


Item = TypeVar("Item")
Left = TypeVar("Left", bound=Open)
Spec = TypeVar("Spec", bound=OfModel)
Render = Callable[["Model", Spec, Callable[[], bool], Callable[[float, float], None]], Iterator[object]]

FIRST_GUESS = 0.02  # seconds a network call takes for one frame, until one was measured
FIRST_WAKING = 4.0  # seconds that importing torch and loading babel take


@dataclass
class Models:
    """The one model that is resident, and how fast each has been.

    Attributes
    ----------
    resident : dict
        Name to model; holds one, only the engine's worker touches it.
    pace : dict
        Name to seconds of one network call for one frame, a running mean over renders.
    called : set
        Names of the models that were woken in advance.
    consented : set
        Hub ids that a visitor allowed to be fetched.
    """

    resident: dict[str, Model] = field(default_factory=dict)
    pace: dict[str, float] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)
    consented: set[str] = field(default_factory=set)

    def fetch(self, name: str) -> Model:
        """The model of this name; another one that is resident is let go first."""
        if name not in self.resident:
            from lab import compute
            from lab.diffusion import load

            self.resident.clear()
            compute.release()
            self.resident[name] = load(name, allow_download=name in self.consented)
        return self.resident[name]

    def note(self, name: str, seconds: float, calls: int) -> None:
        """Learn from a render that took `seconds` for `calls` network calls of one frame each."""
        measured = seconds / max(1, calls)
        self.pace[name] = 0.5 * (measured + self.pace.get(name, measured))

    def measured(self, name: str) -> bool:
        """Whether one may say how long a render takes: babel's pace is known before the first."""
        return name == "babel" or name in self.pace

    def expect(self, name: str, calls: int) -> float:
        """Seconds that `calls` network calls of one frame each will take, waking the model included."""
        waking = 0.0 if name in self.resident else FIRST_WAKING
        return waking + calls * self.pace.get(name, FIRST_GUESS)


@dataclass(frozen=True, eq=False)
class Shown(Generic[Item]):
    """A frame, the JPEG that the browser gets of it, and the recipe of what it belongs to."""

    frame: Item
    jpeg: bytes
    recipe: dict


@st.cache_resource(show_spinner=False)
def engine() -> Engine:
    """The one worker of this server; LATENT_LIBRARY_LOG=info lets it tell of every job."""
    if level := os.environ.get("LATENT_LIBRARY_LOG"):
        logging.basicConfig()
        logging.getLogger("lab").setLevel(level.upper())
    lent = profile.current()
    return Engine(limit=lent.queue, cache_bytes=lent.memory_bytes)


@st.cache_resource(show_spinner=False)
def models() -> Models:
    """The models of this server."""
    return Models()


def leave(visitor_: str) -> None:
    """Cancel what a visitor asked for, when the tab is closed."""
    engine().withdraw(visitor_)


@st.cache_resource(scope="session", on_release=leave, show_spinner=False)
def visitor() -> str:
    """A name for the session, for the engine's fairness; nothing else is known of the visitor."""
    return uuid.uuid4().hex


def warm_up(name: str = "babel") -> None:
    """Let the worker load a model before anybody presses a button, once, if it is there."""
    known = models()
    if cluster.scheduler():
        return
    if name not in known.called and (folder.locate(name) / "model_index.json").is_file():
        known.called.add(name)
        engine().submit("house", f"wake {name}", lambda ticket: iter([known.fetch(name).name]))


def complete(spec: Left) -> Left:
    """The spec with the model's own steps, guidance and scheduler where they were left open."""
    return spec.with_defaults(folder.defaults(folder.locate(spec.model)))


def network_calls(spec: Sampling, pictures: int) -> int:
    """Network calls of so many pictures, each of one frame; guidance doubles them."""
    steps, guidance, *_ = complete(spec).manner
    return pictures * steps * (2 if guidance > 1 else 1)


def work(spec: Spec, calls: int, render: Render[Spec]) -> Work:
    """Work for the engine: `render` with the resident model, in the worker.

    Parameters
    ----------
    spec : Sampling
        Names the model; passed on to `render`.
    calls : int
        Network calls of one frame each that it takes, as `network_calls` counts them; the pace is learnt
        from them, if there are any.
    render : callable
        Takes the model, the spec, `cancelled` (asked between two steps) and `progress` (told the pieces
        done and all pieces); yields the items of the job.
    """
    known = models()

    def perform(ticket: Ticket) -> Iterator[object]:
        model = known.fetch(spec.model)
        model.remarks = ticket.job.remarks
        before, began = model.called, time.perf_counter()
        yield from render(model, spec, lambda: ticket.cancelled, ticket.progress)
        made = model.called - before
        if calls and made >= calls / 2 and not ticket.cancelled:  # else most came from the store
            known.note(spec.model, time.perf_counter() - began, made)

    return perform


def picture_count(spec: MorphSpec) -> int:
    """Pictures a morph renders; those it shows twice count once."""
    return len(plan(spec)[0])


def morph_calls(spec: MorphSpec) -> int:
    """Network calls of a morph, its pilot pass included."""
    return budget.calls(complete(spec))


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """Where this server keeps rendered frames."""
    lent = profile.current()
    return Store(cache_folder(), lent.disk_bytes, lent.memory_bytes)


def morph_frames(model: Model, spec: MorphSpec, cancelled, progress) -> Iterator[Shown[Frame]]:
    """Frames of a morph as `Shown`; runs in the worker."""
    from lab.diffusion.recipe import recipe
    from lab.figures.morph import encode

    for frame in render_spec(model, spec, cancelled, progress, store()):
        yield Shown(frame, encode(frame.image), recipe("morph", model, spec))
