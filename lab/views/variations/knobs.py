"""The controls of the variations: prompt and walk in, a spec out, the same state in the link."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lab.diffusion import folder
from lab.diffusion import variations_spec as limits
from lab.diffusion.variations_spec import VariationsSpec
from lab.galleries.variations import spec_of
from lab.presets import Preset, read
from lab.views import linked, links, model_choice, sampling, saying, stage, understanding, wishes
from lab.views.variations import way

STATE = st.session_state
WORD = "variations"
SIGMA_MOST, COUNT_MOST = 0.5, 48  # of the sliders; the command goes farther
OWN = {"prompt": "prompt", "count": "count", "sigma": "sigma", "pull": "pull", "walk_seed": "walk"}
KEYS = (*OWN.values(), *sampling.KEYS)
RULES: dict[str, links.Rule] = {
    "count": links.whole(1, COUNT_MOST),
    "sigma": links.real(0, SIGMA_MOST),
    "pull": links.real(0, 1),
    "walk": sampling.RULES["seed"],
    **way.RULES,
    **sampling.RULES,
}


def default() -> VariationsSpec:
    """What the page shows to somebody who comes without a link."""
    return spec_of(read(WORD)[0])


def begin() -> None:
    """Show again what the visitor rendered before he went to another room."""
    before = stage.current(WORD)
    if before and OWN["prompt"] not in STATE and not st.query_params:
        put(wishes.reopened(before.spec))


def put(spec: VariationsSpec) -> None:
    """Set all controls to a walk."""
    for name, key in OWN.items():
        STATE[key] = getattr(spec, name)
    sampling.put(spec)
    way.put(spec.picks)


def take(preset: Preset) -> None:
    """Set all controls to a preset."""
    way.forget()
    put(spec_of(preset))


def reset() -> None:
    """Put all controls, and the link, back to their defaults."""
    take(read(WORD)[0])


def current(spec: VariationsSpec | None) -> Preset | None:
    """The preset that asks for exactly this walk."""
    return next((preset for preset in read(WORD) if spec_of(preset) == spec), None)


def ask() -> VariationsSpec:
    """Show the controls; returns what they ask for, which may be out of its limits.

    Raises
    ------
    ValueError
        If the seed is no number.
    """
    start = default()
    prompt = linked.text("Prompt", start.prompt, "prompt")
    understanding.remark(prompt, model_choice.chosen())
    left, right = st.columns(2)
    sigma = linked.number(
        "Noise σ", 0.0, SIGMA_MOST, start.sigma, "sigma", left, step=0.005, format="%.3f", help=SIGMA_HELP
    )
    pull = linked.number("Pull", 0.0, 1.0, start.pull, "pull", right, step=0.05, help=PULL_HELP)
    st.caption(scale())
    count = linked.number("Variations", 1, COUNT_MOST, start.count, "count")
    walk: Any = linked.optional("Walk", int, "walk", placeholder="follows the seed", help=WALK_HELP)
    chosen = way.picks()
    way.tell()
    values = sampling.controls()
    return VariationsSpec(prompt, chosen, count, sigma, pull, walk, **values)


SIGMA_HELP = "Standard deviation of the noise that each step adds to every number of the embedding."
PULL_HELP = "How far each step is pulled back to the start: 0 is a free walk, 1 never leaves."
WALK_HELP = "Another number is another walk around the same picture."


def scale() -> str:
    """What a sigma means on this model."""
    name = model_choice.chosen()
    unit = folder.embedding_unit(folder.locate(name))
    if unit == 1:
        return "On this model σ is what it says, as in the post."
    return (
        f"{saying.plain(name)}'s unit is {unit:g}: its σ is {unit:g} times the number, measured so that 0.02 "
        f"changes its pictures by a tenth of the difference between two prompts. On Stable Diffusion 1.x the "
        f"unit is 1, as in the post."
    )


def another_walk() -> None:
    """Ask for another walk around the same start."""
    spec = STATE["variations asked"]
    STATE["walk"] = (spec.noise_seed + 1) % 2**32
    STATE[way.GO] = True


def pressed(spec: VariationsSpec | None) -> bool:
    """Show the buttons; whether a render was asked for, by one of them or by a pick."""
    STATE["variations asked"] = spec
    with st.container(horizontal=True, vertical_alignment="center"):
        go = st.button("Render", type="primary", icon=":material/grain:", key="variations render button")
        another: dict[str, Any] = {
            "icon": ":material/shuffle:",
            "on_click": another_walk,
            "disabled": spec is None,
        }
        st.button("Another walk", key="variations another", **another)
        back: dict[str, Any] = {"type": "tertiary", "icon": ":material/restart_alt:", "on_click": reset}
        st.button("Reset", key="variations reset", **back)
    return STATE.pop(way.GO, False) or go


assert limits.COUNT_MOST >= COUNT_MOST
