"""The knobs of the multiwindow page: data, roles, bins, look. The link holds all of them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import streamlit as st

from lab.figures.multiwindow import Look
from lab.multiwindow import BINNINGS, WindowsSpec
from lab.presets import Preset, read
from lab.tables import Groups, Table, on_axes
from lab.views import linked, links, prompts, tables

WORDS = ("iris", "wine", "breast_cancer", "penguins", "gas", "lorenz")
ROLES = ("right", "up", "x", "y")
ROLE_LABELS = ("Windows to the right", "Windows upward", "Inside, across", "Inside, up")
FIRST_ROLES = {
    "iris": ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"),
    "wine": ("alcohol", "color_intensity", "flavanoids", "proline"),
    "breast_cancer": ("mean radius", "mean texture", "mean concavity", "worst area"),
    "penguins": ("flipper length (mm)", "body mass (g)", "bill length (mm)", "bill depth (mm)"),
    "gas": ("temperature (K)", "amount (mol)", "volume (l)", "pressure (bar)"),
    "lorenz": ("profile z", "contrast y", "convection x", "speed"),
}
BINS = range(3, 9)
BINNING = {"width": "equally wide", "quantile": "equally full"}
KEYS = (
    "data",
    *ROLES,
    "columns",
    "rows",
    "binning",
    "frames",
    "counts",
    "safe",
    tables.MISSING_KEY,
    "colour",
    *prompts.KEYS,
)
RULES = {
    "data": links.one_of(*WORDS, prompts.WORD, tables.OWN),
    "columns": links.whole(BINS[0], BINS[-1]),
    "rows": links.whole(BINS[0], BINS[-1]),
    "binning": links.one_of(*BINNINGS),
    "frames": links.one_of("single", "doubled"),
    "missing": links.one_of(*tables.MENDING, tables.KEEP),
    "prompts": links.one_of(*prompts.KINDS),
}
KEPT = "Keep what can be seen"
STATE = st.session_state


@dataclass(frozen=True, eq=False)
class Asked:
    """Everything the page draws from."""

    word: str
    table: Table
    spec: WindowsSpec
    groups: Groups
    look: Look
    colour: str | None
    gaps: bool  # whether rows had to be mended


def ask() -> Asked | None:
    """Show the knobs; None while a visitor's own table is not there yet."""
    chosen = tables.choose(WORDS)
    if chosen is None:
        return None
    if STATE["data"] == prompts.WORD:
        chosen = on_axes(chosen)
    roles = _roles(chosen)
    left, right = st.columns(2)
    columns = linked.number("Columns", BINS[0], BINS[-1], 4, "columns", left)
    rows = linked.number("Rows", BINS[0], BINS[-1], 4, "rows", right)
    binning = linked.choice(st.radio, "Bins", BINNING, "binning", horizontal=True)
    look, colour = _look(), tables.colouring(chosen)
    x, y, across, up = roles
    spec = WindowsSpec((x, y), (across, up), (columns, rows), binning)
    gaps = bool(chosen.gaps(roles).any())
    mended = tables.mend(chosen, list(dict.fromkeys(roles)), KEPT)
    return Asked(STATE["data"], mended, spec, mended.groups(colour), look, colour, gaps)


def _roles(chosen: Table) -> tuple[str, ...]:
    """Four pickers, one for each role, and a button that walks through all 24 assignments."""
    names = list(chosen.columns)
    if len(names) < 4:
        raise ValueError(f"The table has {len(names)} columns of numbers: four dimensions need at least 4.")
    first = FIRST_ROLES.get(STATE["data"], tuple(names[:4]))
    picked = tuple(
        linked.choice(st.selectbox, label, names, role, default=name)
        for label, role, name in zip(ROLE_LABELS, ROLES, first, strict=True)
    )
    if len(set(picked)) == 4:
        turn = list(itertools.permutations(sorted(picked))).index(picked) + 1
        st.button(
            f"Other roles ({turn} of 24)",
            icon=":material/shuffle:",
            key="turn",
            type="tertiary",
            on_click=_next_roles,
            args=(picked,),
        )
    return picked


def _next_roles(picked: tuple[str, ...]) -> None:
    """Give the four variables their next roles, in the order of the dictionary."""
    orders = list(itertools.permutations(sorted(picked)))
    for role, name in zip(ROLES, orders[(orders.index(picked) + 1) % 24], strict=True):
        STATE[role] = name


def _look() -> Look:
    frames = linked.choice(st.radio, "Frames", ("single", "doubled"), "frames", horizontal=True)
    with st.container(horizontal=True):
        counts = linked.switch("Counts", True, "counts")
        safe = linked.switch("Colour-blind-safe", False, "safe")
    return Look(frames == "doubled", counts, safe)


def put(preset: Preset) -> None:
    """Set the page to a preset; what it does not name goes back to its default."""
    linked.forget(KEYS)
    STATE.update(preset.values)


def current() -> Preset | None:
    """The preset that the page shows, if it shows one."""
    link = {key: st.query_params[key] for key in KEYS if key in st.query_params}
    named = {"data": "iris", **link, **{key: STATE[key] for key in KEYS if key in STATE}}
    plain = {"columns": 4, "rows": 4, "binning": "width"}
    first = dict(zip(ROLES, FIRST_ROLES.get(named["data"], ()), strict=False))
    named, wanted = {**plain, **first, **named}, (*plain, *ROLES, "data")
    for preset in read("multiwindow"):
        values = {
            **plain,
            **dict(zip(ROLES, FIRST_ROLES[preset.values["data"]], strict=True)),
            **preset.values,
        }
        if all(str(named.get(key)) == str(values[key]) for key in wanted):
            return preset
    return None
