"""How to walk: pace, spacing, noise, held ends and added places, behind one fold of the morph."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lab.diffusion import spec as limits
from lab.diffusion.spec import MorphSpec
from lab.views import linked, morph_link

STATE = st.session_state
KEEP: dict[str, Any] = {"persist_state": "session"}
EASINGS = {"linear": "Steady", "smooth": "Smooth", "smoother": "Smoother", "linger": "Linger half-way"}


def put(spec: MorphSpec) -> None:
    """Set the controls to a morph."""
    STATE["morph frames"] = spec.frames if isinstance(spec.frames, int) else spec.frames[0]
    STATE["morph counts"] = "" if isinstance(spec.frames, int) else morph_link.written(spec.frames)
    STATE["morph even"] = spec.spacing == "even"
    STATE["morph easing"], STATE["morph hold"] = spec.easing, spec.hold
    STATE["morph seeds"], STATE["morph added"] = map(morph_link.written, (spec.seeds, spec.added))


def asked() -> dict:
    """Values of the controls for a spec; `ValueError` with one sentence for what cannot be read."""
    return {
        "frames": _read("morph counts", morph_link.frames_of, "numbers like 8,16,8") or STATE["morph frames"],
        "spacing": "even" if STATE["morph even"] else "equal",
        "easing": STATE["morph easing"],
        "hold": STATE["morph hold"],
        "seeds": _read("morph seeds", morph_link.seeds_of, "seeds like 7,8,9") or (),
        "added": _read("morph added", morph_link.places_of, "places like 0:5/32, 1:1/2") or (),
    }


def controls() -> None:
    """Show the fold."""
    with st.expander("How to walk", icon=":material/route:"):
        st.toggle(
            "Even steps",
            key="morph even",
            help="A pilot pass of quick previews measures how much the picture changes along the way; "
            "the frames are placed at equal changes. Costs a tenth more; with few steps, as much again.",
            **KEEP,
        )
        left, right = st.columns(2)
        left.selectbox("Pace", list(EASINGS), format_func=linked.titled(EASINGS), key="morph easing", **KEEP)
        right.number_input("Hold the ends", 0, limits.HOLD_MOST, step=1, key="morph hold", **KEEP)
        st.caption(f"{EASINGS[STATE['morph easing']]}: {limits.EASINGS[STATE['morph easing']]}.")
        left, right = st.columns(2)
        left.text_input("Frames of each segment", key="morph counts", placeholder="8,16,8", **KEEP)
        right.text_input(
            "Noise of each prompt",
            key="morph seeds",
            placeholder="one seed for all",
            help="A seed for each prompt, 7,8,9: the noise is walked too, on a great circle. "
            "The same prompt twice with two seeds is a morph of noise alone.",
            **KEEP,
        )
        st.text_input("Added frames", key="morph added", placeholder="0:5/32, segment and place", **KEEP)


def _read(key: str, rule, shape: str):
    text = STATE[key].strip()
    if not text:
        return None
    try:
        return rule(text)
    except ValueError:
        raise ValueError(f"{text[:40]!r} cannot be read; write {shape}, or leave the field empty.") from None
