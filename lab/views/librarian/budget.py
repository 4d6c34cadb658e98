"""What a wish costs here, before it is asked for, and what would cost less."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lab.diffusion.librarian.asking import Asked, mode_of
from lab.diffusion.librarian.scout import ScoutSpec
from lab.diffusion.librarian.seeds import SeedsSpec
from lab.views import pipelines, saying, stage, wishes
from lab.views.librarian import work
from lab.views.librarian.knobs import put

CHEAPER = 0.8  # of the price, at most, or it is no choice
CHEAP = 2.0  # seconds under which nobody wants a cheaper choice


def ladder(spec: Asked) -> list[tuple[str, Asked]]:
    """Cheaper wishes that are near to this one, the dearest first, each with its name."""
    whole = pipelines.complete(spec)
    rungs: list[tuple[str, Asked]] = []
    if isinstance(spec, SeedsSpec | ScoutSpec) and spec.count > 4:
        rungs.append((f"{spec.count // 2} seeds", replace(spec, count=spec.count // 2)))
    axis = getattr(spec, "across", ""), getattr(spec, "down", "")
    steps, guidance, *_ = whole.manner
    if steps > 7 and "steps" not in axis:
        rungs.append((f"{steps // 2} steps", replace(spec, steps=steps // 2)))
    if guidance > 1 and "guidance" not in axis:
        rungs.append(("no guidance", replace(spec, guidance=1.0)))
    return sorted(rungs, key=lambda rung: -work.seconds(rung[1]))


def tell(spec: Asked) -> None:
    """Say what the wish costs, and offer what costs less."""
    seconds = work.seconds(spec)
    count = spec.sketches() if isinstance(spec, ScoutSpec) else len(work.pictures_of(spec))
    number = stage.counted(count, "sketches" if isinstance(spec, ScoutSpec) else "pictures")
    there = "there already" if count == 1 else "all of them there already"
    told = f"about {stage.spoken_seconds(seconds)} here" if seconds else there
    if not pipelines.models().measured(spec.model):
        told = wishes.UNMEASURED
    st.caption(f"{number}, {told}.")
    rungs = [rung for rung in ladder(spec) if work.seconds(rung[1]) < CHEAPER * seconds]
    rungs = rungs if seconds > CHEAP else []
    if rungs:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption("Cheaper")
            for name, rung in rungs:
                price = stage.spoken_seconds(work.seconds(rung))
                key = f"librarian cheaper {mode_of(spec)} {name.split()[-1]}"
                label = saying.plain(f"{name}: {price}")
                st.button(label, key=key, type="tertiary", on_click=put, args=(rung,))
