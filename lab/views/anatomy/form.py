"""The controls of the anatomy: a prompt and how to render it, in the link."""

from __future__ import annotations

import streamlit as st

from lab.diffusion.anatomy import AnatomySpec
from lab.diffusion.anatomy.spec import STEPS_MOST
from lab.presets import Preset, read
from lab.views import linked, links, presets, sampling, saying

STATE = st.session_state
WORD = "anatomy"
FIELDS = ("prompt", "model", "seed", "steps", "guidance", "scheduler", "negative")
RULES = sampling.RULES | {"steps": links.whole(1, STEPS_MOST)}


def first() -> AnatomySpec:
    """The picture of the first preset, which ships with the library."""
    return spec_of(read(WORD)[0])


def spec_of(preset: Preset) -> AnatomySpec:
    """The picture that a preset asks for."""
    return AnatomySpec(**{name: value for name, value in preset.values.items() if name in FIELDS})


def take(preset: Preset) -> None:
    """Set all controls to a preset."""
    put(spec_of(preset))
    kind, other = preset.values["versus"], preset.values["other"]
    STATE["versus"], STATE[f"other_{kind}"] = kind, str(other) if kind == "step_seed" else other


def put(spec: AnatomySpec) -> None:
    """Set the picture's controls to a spec."""
    sampling.put(spec)
    STATE["prompt"] = spec.prompt


def ask() -> AnatomySpec | None:
    """Show the controls; returns the picture they ask for, or None after a sentence about what cannot be."""
    presets.choose(WORD, take, "Pictures to begin with", shown())
    prompt = linked.text("Prompt", first().prompt, "prompt")
    with saying.sentences():
        return AnatomySpec(prompt, **sampling.controls(guided=True)).validate()
    return None


def shown() -> Preset | None:
    """The preset that the controls show, if they show one."""
    asked = {name: STATE.get(name, _linked(name)) for name in FIELDS}
    return next((preset for preset in read(WORD) if wanted(spec_of(preset), asked)), None)


def _linked(name: str) -> str | None:
    """What the link says of a control, unless it is about to be put back."""
    return None if STATE.get(f"{name} afresh") else st.query_params.get(name)


def wanted(spec: AnatomySpec, asked: dict) -> bool:
    """Whether the controls, as far as they are known yet, ask for this picture."""
    open_ = {None: "", sampling.OWN: ""}
    default = {"prompt": first().prompt, "model": "babel", "seed": sampling.SEED}
    for name in FIELDS:
        own, theirs = getattr(spec, name), asked[name]
        theirs = default.get(name) if theirs is None else theirs
        if str(open_.get(own, own)) != str(open_.get(theirs, theirs)):
            return False
    return True
