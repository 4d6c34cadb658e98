"""The controls of the mix: sources, lattice and mean in, a spec out, the same state in the link."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lab.diffusion import simplex
from lab.diffusion.mix_spec import MEANS, MixSpec
from lab.galleries.mix import spec_of
from lab.presets import Preset, read
from lab.views import linked, links, sampling, stage, wishes
from lab.views.mix import point, sources

STATE = st.session_state
WORD = "mix"
GRID_MOST = 70  # blends of a lattice that the page renders
TITLES = {"plain": "Plain", "restored": "Length restored"}
KEYS = ("mean", "parts", *sampling.KEYS)
RULES: dict[str, links.Rule] = {
    "mean": links.one_of(*MEANS),
    "parts": links.whole(1, 16),
    **sources.RULES,
    **point.RULES,
    **sampling.RULES,
}
MEAN_HELP = "The mean of several embeddings lies nearer to the middle of all than they do; this puts it back."


def parts_most(count: int) -> int:
    """Into how many parts a weight may be divided, so that the lattice is not too large."""
    return max(n for n in range(1, 17) if simplex.lattice_size(count, n) <= GRID_MOST)


def divisions(spec: MixSpec) -> int:
    """Into how many parts the weights of a lattice are divided."""
    return next(n for n in range(1, 99) if simplex.lattice_size(len(spec.prompts), n) >= len(spec.weights))


def begin() -> None:
    """Take the link's sources; back from another room, show again what was rendered before."""
    sources.begin()
    before = stage.current(WORD)
    if before and "mean" not in STATE and not st.query_params and before.spec.prompts == sources.asked():
        put(wishes.reopened(before.spec))


def put(spec: MixSpec) -> None:
    """Set all controls to a lattice of blends."""
    sources.put(spec.prompts)
    sampling.put(spec)
    STATE["mean"], STATE["parts"] = spec.mean, divisions(spec)
    STATE["mix weights"] = simplex.centre(len(spec.prompts))


def take(preset: Preset) -> None:
    """Set all controls to a preset."""
    put(spec_of(preset))


def reset() -> None:
    """Put all controls, and the link, back to their defaults."""
    take(read(WORD)[0])


def current(spec: MixSpec | None) -> Preset | None:
    """The preset that asks for exactly these blends."""
    return next((preset for preset in read(WORD) if spec_of(preset) == spec), None)


def ask() -> MixSpec:
    """Show the controls; returns the lattice that they ask for, which may be out of its limits.

    Raises
    ------
    ValueError
        If the seed is no number.
    """
    sources.rows()
    sources.tell()
    prompts = sources.asked()
    point.weights(len(prompts))
    point.tell()
    mean = linked.choice(st.radio, "Mean", TITLES, "mean", horizontal=True, help=MEAN_HELP)
    start = divisions(spec_of(read(WORD)[0]))
    most = parts_most(len(prompts))
    parts = linked.number("Parts of a weight", 1, most, start, "parts")
    st.caption(f"{simplex.lattice_size(len(prompts), parts)} blends: every weight is so many {_nth(parts)}.")
    return MixSpec(prompts, simplex.lattice(len(prompts), parts), mean, **sampling.controls())


def _nth(parts: int) -> str:
    return {1: "wholes", 2: "halves", 3: "thirds"}.get(parts, f"parts of {parts}")


def pressed() -> bool:
    """Show the buttons; whether the lattice was asked for."""
    with st.container(horizontal=True, vertical_alignment="center"):
        go = st.button("Render", type="primary", icon=":material/join_inner:", key="mix render button")
        back: dict[str, Any] = {"type": "tertiary", "icon": ":material/restart_alt:", "on_click": reset}
        st.button("Reset", key="mix reset", **back)
    return go
