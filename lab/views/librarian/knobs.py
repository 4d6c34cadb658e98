"""The controls of the librarian: a way of working and its settings in, a spec out, the same in the link."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lab.diffusion.librarian.asking import Asked, mode_of, spec_of
from lab.diffusion.librarian.grid import AXES, GridSpec, read_values, write_values
from lab.diffusion.librarian.neighbours import RefineSpec
from lab.diffusion.librarian.picture import PictureSpec
from lab.diffusion.librarian.scout import RANKS, STOPS, ScoutSpec
from lab.diffusion.librarian.seeds import SeedsSpec
from lab.presets import Preset, read
from lab.views import linked, links, model_choice, sampling, understanding
from lab.views.librarian import way

STATE = st.session_state
WORD = "librarian"
MODES = {
    "picture": "Picture",
    "seeds": "Seeds",
    "scout": "Scout",
    "grid": "Grid",
    "refine": "Refine",
}
PURPOSES = {
    "picture": "One picture of the sentence, seen while it forms.",
    "seeds": "The same sentence from many noises: choose the one you like.",
    "scout": "Many seeds sketched in a few steps and ranked, so that the full render goes to a good one.",
    "grid": "One thing changes from column to column, another from row to row, all else stays.",
    "refine": "Six neighbours around a picture. Walk into the one you like, again and again, or walk back.",
}
SEEDS, PARTY = 12, 32
COLUMNS, ROWS = "1, 2.5, 5, 7.5", "42, 43, 44"
LINKED = {
    "picture": (),
    "seeds": ("count",),
    "scout": ("party", "rank", "towards"),
    "grid": ("across", "columns", "down", "rows"),
    "refine": ("tree", "at", "round", "kinds", "size"),
}
OWN = ("mode", "prompt", *LINKED["seeds"], *LINKED["scout"], *LINKED["grid"])
RULES: dict[str, links.Rule] = {
    "mode": links.one_of(*MODES),
    "count": links.whole(1, 64),
    "party": links.whole(1, 128),
    "rank": links.one_of(*RANKS),
    "across": links.one_of(*AXES),
    "down": links.one_of("none", *AXES),
    **way.RULES,
    **sampling.RULES,
}


def default() -> Asked:
    """What the page shows to somebody who comes without a link."""
    return of_preset(read(WORD)[0])


def of_preset(preset: Preset) -> Asked:
    """What a preset asks for."""
    return spec_of(preset.values)


def current(spec: Asked | None) -> Preset | None:
    """The preset that asks for exactly this."""
    return next((preset for preset in read(WORD) if of_preset(preset) == spec), None)


def begin() -> None:
    """Show again what the visitor asked for before he went to another room."""
    before = STATE.get(f"{WORD} asked")
    if before and "prompt" not in STATE and not st.query_params:
        put(before)


def put(spec: Asked) -> None:
    """Set all controls to what a spec asks for."""
    linked.forget(OWN)
    sampling.put(spec)
    way.forget()
    STATE["mode"], STATE["prompt"] = mode_of(spec), spec.prompt
    if isinstance(spec, SeedsSpec):
        STATE["count"] = spec.count
    elif isinstance(spec, ScoutSpec):
        STATE["party"], STATE["rank"], STATE["towards"] = spec.count, spec.rank, spec.towards
    elif isinstance(spec, GridSpec):
        STATE["across"], STATE["columns"] = spec.across, write_values(spec.across, spec.columns)
        STATE["down"] = spec.down or "none"
        STATE["rows"] = write_values(spec.down, spec.rows) if spec.down else ROWS
    elif isinstance(spec, RefineSpec):
        way.put(spec)


def take(preset: Preset) -> None:
    """Set all controls to a preset."""
    put(of_preset(preset))


def reset() -> None:
    """Put all controls, and the link, back to their defaults."""
    STATE.pop(f"{WORD} asked", None)
    put(default())


def put_back(spec: Asked) -> None:
    """Set the controls to what a file that came back asks for."""
    if isinstance(spec, PictureSpec):
        take_picture(spec)
    else:
        put(spec)


def take_picture(spec: PictureSpec) -> None:
    """Set the controls to one picture; one that was reached by moves is shown in its tree."""
    put(way.leading_to(spec) if spec.moves else spec)


def refine_from(spec: PictureSpec) -> None:
    """Set the controls to the neighbours of a picture, and ask for them."""
    put(way.leading_to(spec))
    way.go()


def ask() -> Asked:
    """Show the controls; returns what they ask for, which may be out of its limits.

    Raises
    ------
    ValueError
        If a number cannot be read.
    """
    how: dict[str, Any] = {"label_visibility": "collapsed", "required": True}
    mode = linked.choice(st.pills, "The librarian brings", MODES, "mode", **how)
    st.caption(PURPOSES[mode])
    prompt = linked.text("Prompt", default().prompt, "prompt")
    understanding.remark(prompt, model_choice.chosen())
    own = {"picture": dict, "seeds": _seeds, "scout": _scout, "grid": _grid, "refine": way.knobs}[mode]()
    _silence(mode)
    return spec_of({"mode": mode, "prompt": prompt} | own | sampling.controls())


def _silence(mode: str) -> None:
    """Take out of the link what belongs to the other ways of working."""
    for name in {key for keys in LINKED.values() for key in keys} - set(LINKED[mode]):
        if name in st.query_params:
            del st.query_params[name]


def _seeds() -> dict:
    return {"count": linked.number("Pictures", 1, 64, SEEDS, "count")}


def _scout() -> dict:
    count = linked.number("Seeds", 1, 128, PARTY, "party")
    rank = linked.choice(st.radio, "Ranked by", RANKS, "rank", horizontal=True)
    towards = linked.text("Second prompt", "", "towards") if rank == "evenness" else ""
    if rank == "evenness":
        st.caption(f"Every seed walks from the prompt to the second one, in {STOPS} stops.")
    return {"count": count, "rank": rank, "towards": towards}


def _grid() -> dict:
    left, right = st.columns([2, 3])
    with left:
        across = linked.choice(st.selectbox, "Across", list(AXES), "across", default="guidance")
        down = linked.choice(st.selectbox, "Down", ["none", *AXES], "down", default="seed")
    hint = "prompts with | between them" if "prompt" in (across, down) else "with commas between them"
    columns = linked.text("Columns", COLUMNS, "columns", right, help=f"Values, {hint}.")
    rows = linked.text("Rows", ROWS, "rows", right, disabled=down == "none", help=f"Values, {hint}.")
    values = {"across": across, "columns": read_values(across, columns)}
    if down != "none":
        values |= {"down": down, "rows": read_values(down, rows)}
    return values
