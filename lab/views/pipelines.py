"""The engine, the visitors and the models of the running app; a model loads in the worker at first need."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from lab.diffusion import folder
from lab.diffusion.morph import Frame, plan, render_spec
from lab.engine import Engine
from lab.jobs import Ticket, Work

if TYPE_CHECKING:
    from lab.diffusion.model import Model
    from lab.diffusion.spec import MorphSpec

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
    """

    resident: dict[str, Model] = field(default_factory=dict)
    pace: dict[str, float] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)

    def fetch(self, name: str) -> Model:
        """The model of this name; another one that is resident is let go first."""
        if name not in self.resident:
            from lab.diffusion import load

            self.resident.clear()
            self.resident[name] = load(name)
        return self.resident[name]

    def note(self, name: str, seconds: float, calls: int) -> None:
        """Learn from a render that took `seconds` for `calls` network calls of one frame each."""
        measured = seconds / max(1, calls)
        self.pace[name] = 0.5 * (measured + self.pace.get(name, measured))

    def expect(self, spec: MorphSpec) -> float:
        """Seconds a spec will take, waking the model included."""
        waking = 0.0 if spec.model in self.resident else FIRST_WAKING
        return waking + network_calls(spec) * self.pace.get(spec.model, FIRST_GUESS)


@dataclass(frozen=True, eq=False)
class Shown:
    """A frame, the JPEG that the browser gets of it, and the recipe of the morph it belongs to."""

    frame: Frame
    jpeg: bytes
    recipe: dict


@st.cache_resource(show_spinner=False)
def engine() -> Engine:
    """The one worker of this server."""
    return Engine()


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
    if name not in known.called and (folder.locate(name) / "model_index.json").is_file():
        known.called.add(name)
        engine().submit("house", f"wake {name}", lambda ticket: iter([known.fetch(name).name]))


def complete(spec: MorphSpec) -> MorphSpec:
    """The spec with the model's own steps, guidance and scheduler where they were left open."""
    return spec.with_defaults(folder.defaults(folder.locate(spec.model)))


def picture_count(spec: MorphSpec) -> int:
    """Pictures a morph renders; those it shows twice count once."""
    return len(plan(spec)[0])


def network_calls(spec: MorphSpec) -> int:
    """Network calls of a render, each of one frame; guidance doubles them."""
    asked = complete(spec)
    return picture_count(asked) * asked.steps * (2 if asked.guidance > 1 else 1)


def morph_work(spec: MorphSpec) -> Work:
    """Work for the engine that yields the frames of a morph as `Shown`."""
    known = models()

    def work(ticket: Ticket) -> Iterator[Shown]:
        from lab.diffusion.recipe import recipe
        from lab.figures.morph import encode

        model = known.fetch(spec.model)
        made, began = recipe("morph", model, spec), time.perf_counter()
        for frame in render_spec(model, spec, lambda: ticket.cancelled, ticket.progress):
            yield Shown(frame, encode(frame.image), made)
        if not ticket.cancelled:
            known.note(spec.model, time.perf_counter() - began, network_calls(spec))

    return work
