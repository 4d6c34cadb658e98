"""The blend that the visitor looks at: its weights in the session and in the link, and how it moves."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lab.diffusion import simplex
from lab.diffusion.simplex import Weights
from lab.views import linked, links
from lab.views.simplex import near

STATE = st.session_state
KEY = "w"
GO = "mix go blend"
PARTS = 1000  # the link keeps weights to this


def from_text(text: str) -> Weights:
    """Weights as the link writes them, ``0.5,0.3,0.2``; `ValueError` if they are none."""
    return simplex.normalise([float(part) for part in text.split(",")])


def to_text(weights: Weights) -> str:
    """Weights as the link and the command write them."""
    return ",".join(f"{weight:.3f}".rstrip("0").rstrip(".") for weight in weights)


RULES: dict[str, links.Rule] = {KEY: from_text}


def weights(sources: int) -> Weights:
    """Where the point is: the visitor's place, else the link's, else the middle."""
    linked.bind("mix weights")
    if "mix weights" not in STATE:
        try:
            STATE["mix weights"] = from_text(st.query_params.get(KEY, ""))
        except ValueError:
            STATE["mix weights"] = ()
    if len(STATE["mix weights"]) != sources:
        STATE["mix weights"] = simplex.centre(sources)
    return STATE["mix weights"]


def put(chosen: Sequence[float]) -> None:
    """Move the point."""
    STATE["mix weights"] = simplex.normalise(chosen)


def go(chosen: Sequence[float], when: str = "soon") -> None:
    """Move the point and ask for its picture: "now", or "soon" if it takes but seconds."""
    put(chosen)
    STATE[GO] = when


def tell() -> None:
    """Write the point into the link, unless it is in the middle."""
    here = STATE["mix weights"]
    if near(here, simplex.centre(len(here))):
        st.query_params.pop(KEY, None)
    elif st.query_params.get(KEY) != to_text(here):
        st.query_params[KEY] = to_text(here)


def moved(shares: Weights, number: int, share: float) -> Weights:
    """The blend after one share was set: the others keep their proportions."""
    rest = 1 - shares[number]
    others = len(shares) - 1
    return tuple(
        share if i == number else (1 - share) * (old / rest if rest > 0 else 1 / others)
        for i, old in enumerate(shares)
    )


def sliders(names: Sequence[str], here: Weights) -> None:
    """Show one slider for each source; they always add up to 100 %."""
    for number, name in enumerate(names):
        key = f"mix share {number}"
        STATE[key] = round(100 * here[number])
        st.slider(name, 0, 100, key=key, format="%d %%", on_change=_slide, args=(here, number))


def _slide(here: Weights, number: int) -> None:
    go(moved(here, number, STATE[f"mix share {number}"] / 100))
