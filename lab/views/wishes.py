"""What a visitor wishes in a room: presets above the knobs, what it costs, and what was wished before."""

from __future__ import annotations

from typing import Protocol, TypeVar

import streamlit as st

from lab.diffusion import folder, replay
from lab.diffusion.spec import Sampling
from lab.presets import Preset
from lab.views import pipelines, presets, saying, stage

Spec = TypeVar("Spec", bound=Sampling)
UNMEASURED = "and the first render will tell how long this machine takes for one"


class Knobs(Protocol):
    """A module of knobs: the room's word, and the ways between knobs, presets and specs."""

    WORD: str

    def ask(self) -> Sampling:
        """Show the knobs; returns what they ask for, which may be out of its limits."""

    def take(self, preset: Preset) -> None:
        """Set all knobs to a preset."""

    def current(self, spec: Sampling | None) -> Preset | None:
        """The preset that asks for exactly this."""


def form(knobs: Knobs, label: str) -> tuple[Sampling | None, Preset | None]:
    """Show presets and knobs; returns what they ask for, or None after a sentence, and the preset it is."""
    place, spec = st.container(), None
    with saying.sentences():
        spec = knobs.ask().validate()
    preset = knobs.current(spec)
    with place:
        presets.choose(knobs.WORD, knobs.take, label, preset)
    return spec, preset


def price(spec: Sampling, pictures: int, calls: int) -> None:
    """Say what a render of so many pictures will cost here."""
    known = pipelines.models()
    seconds = stage.spoken_seconds(known.expect(spec.model, calls))
    told = f"about {seconds} on this machine" if known.measured(spec.model) else UNMEASURED
    st.caption(f"{pictures} pictures, {told}.")


def reopened(spec: Spec) -> Spec:
    """A complete spec as the knobs have it: what equals the model's own settings is left open."""
    return replay.reopened(spec, folder.defaults(folder.locate(spec.model)))
