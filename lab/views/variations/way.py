"""The way from the prompt to the start of this walk: picks, kept in the link, and back again."""

from __future__ import annotations

import streamlit as st

from lab.diffusion.variations_spec import PICKS_MOST, Pick, VariationsSpec
from lab.views import linked, links

STATE = st.session_state
KEY = "pick"
AHEAD = "variations ahead"  # the longest way that was walked, so that one may go forward again
GO = "variations go"


def to_text(pick: Pick) -> str:
    """A pick as the link and the command write it: step, seed, sigma, pull."""
    return f"{pick.step},{pick.seed},{pick.sigma!r},{pick.pull!r}"


def from_text(text: str) -> Pick:
    """The pick that was written; `ValueError` if it is none."""
    step, seed, sigma, pull = text.split(",")
    pick = Pick(int(step), int(seed), float(sigma), float(pull))
    VariationsSpec("any", (pick,)).validate()
    return pick


RULES: dict[str, links.Rule] = {KEY: from_text}


def picks() -> tuple[Pick, ...]:
    """The picks there are: the visitor's, else the link's as far as they can be read."""
    linked.bind("picks", AHEAD)
    if "picks" not in STATE:
        STATE["picks"] = read(st.query_params.get_all(KEY))
    return STATE["picks"]


def read(texts: list[str]) -> tuple[Pick, ...]:
    """Picks of a link up to the first that cannot be: what comes after it would start elsewhere."""
    found: list[Pick] = []
    for text in texts[:PICKS_MOST]:
        try:
            found.append(from_text(text))
        except ValueError:
            break
    return tuple(found)


def put(chosen: tuple[Pick, ...]) -> None:
    """Set the way; the link follows when it is shown."""
    STATE["picks"] = chosen
    ahead = STATE.get(AHEAD, ())
    if ahead[: len(chosen)] != chosen:
        STATE[AHEAD] = chosen


def pick(spec: VariationsSpec, step: int) -> None:
    """Make a step of a walk the new start, and ask for the walk around it."""
    put((*spec.picks, Pick(step, spec.noise_seed, spec.sigma, spec.pull)))
    go()


def go() -> None:
    """Let the page render what its knobs say, with a walk of its own."""
    STATE["walk"] = None
    STATE[GO] = True


def forget() -> None:
    """Back to the prompt, and no way ahead."""
    STATE["picks"] = STATE[AHEAD] = ()


def tell() -> None:
    """Write the way into the link."""
    texts = [to_text(pick) for pick in STATE["picks"]]
    if texts != st.query_params.get_all(KEY):
        if texts:
            st.query_params[KEY] = texts
        elif KEY in st.query_params:
            del st.query_params[KEY]


def crumbs() -> None:
    """Show the way as steps one can go back to, and forward again."""
    here = STATE["picks"]
    ahead = STATE.get(AHEAD, ())
    whole = ahead if ahead[: len(here)] == here and len(ahead) > len(here) else here
    if not whole:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("The way here")
        for length in range(len(whole) + 1):
            name = f"step {whole[length - 1].step}" if length else "the prompt"
            st.button(
                name,
                key=f"variations crumb {length}",
                type="primary" if length == len(here) else "tertiary",
                disabled=length == len(here),
                icon=":material/arrow_right:" if length else None,
                on_click=_return_to,
                args=(whole[:length],),
            )


def _return_to(chosen: tuple[Pick, ...]) -> None:
    put(chosen)
    go()
