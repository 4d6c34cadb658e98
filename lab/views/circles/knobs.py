"""Whose friends, which steps of the recipe: the controls of the circles room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from lab.circles import OPTIONAL, STEPS, EgoNetwork, EgoSpec, Recipe, ego_network
from lab.networks import NETWORKS, Network, network
from lab.networks.shipped import SAID
from lab.presets import Preset, read
from lab.views import linked, links, networks

STATE = st.session_state
DRAWN, ALL = "drawn", "everybody"
SOURCES = {DRAWN: "A drawn ego network"} | NETWORKS | {networks.OWN: "Your own graph …"}
FRIENDS_MOST = 400
FEWEST = 5  # friends somebody needs to be an ego
PERCENT = ("overlap", "nested", "loners", "forgotten", "density", "strangers")
SLIDERS = {
    "friends": ("Friends", 10, 250, 80, 10),
    "circles": ("Circles", 0, 12, 6, 1),
    "overlap": ("In a second circle, %", 0, 60, 20, 5),
    "nested": ("Circles within circles, %", 0, 60, 25, 5),
    "loners": ("In no circle, %", 0, 80, 20, 5),
    "forgotten": ("Forgotten members, %", 0, 50, 8, 2),
    "density": ("Circle mates who know each other, %", 10, 100, 45, 5),
    "strangers": ("Others who know each other, %", 0, 15, 2, 1),
}
TUNING = {
    "time": ("Time of the walks", 0.5, 10.0, Recipe.time, 0.5),
    "thin": ("Least density", 0.0, 0.6, Recipe.density, 0.05),
    "welcome": ("Share of a circle one must know", 0.1, 1.0, Recipe.welcome, 0.05),
}
RULES = (
    {"from": links.one_of(*SOURCES), "seed": links.whole(0, 999)}
    | {key: links.whole(low, high) for key, (_, low, high, _, _) in SLIDERS.items()}
    | {key: links.real(low, high) for key, (_, low, high, _, _) in TUNING.items()}
    | {f"step {step}": links.one_of("true", "false") for step in OPTIONAL}
)
KEYS = (*RULES, "whose")


@dataclass(frozen=True, eq=False)
class Asked:
    """What the controls describe.

    Attributes
    ----------
    word : str
        One of `SOURCES`.
    whose : str
        Whose friends, where the graph holds several people's; "everybody" for the whole graph.
    spec : EgoSpec or None
        What the network was drawn from.
    ego : EgoNetwork
    """

    word: str
    whose: str
    spec: EgoSpec | None
    ego: EgoNetwork


def ask() -> Asked | None:
    """The source and its own controls; None until a file was brought.

    Raises
    ------
    ValueError
        If the graph is too large.
    """
    word = linked.choice(st.selectbox, "Friends", SOURCES, "from")
    if word == DRAWN:
        spec = _spec()
        return Asked(word, ALL, spec, drawn(spec))
    whole = networks.brought() if word == networks.OWN else network(word)
    if whole is None:
        return None
    if word in SAID:
        st.caption(SAID[word])
    whose = _whose(whole, word)
    part = whole if whose == ALL else whole.around(whole.names.index(whose))
    if len(part) > FRIENDS_MOST:
        raise ValueError(
            f"These are {len(part)} people, the drawing has room for {FRIENDS_MOST}: "
            "choose one person's friends, or use the command."
        )
    return Asked(word, whose, None, EgoNetwork(part, None))


def _spec() -> EgoSpec:
    """The ego network that the sliders describe."""
    main, more = list(SLIDERS)[:2], list(SLIDERS)[2:]
    values: dict[str, Any] = {key: _slide(key) for key in main}
    values["seed"] = linked.number("Seed", 0, 999, 0, "seed")
    with st.expander("How the friends are drawn", icon=":material/casino:"):
        values |= {key: _slide(key) for key in more}
    return EgoSpec(**{key: value / 100 if key in PERCENT else value for key, value in values.items()})


def _slide(key: str) -> int:
    label, low, high, default, step = SLIDERS[key]
    return linked.number(label, low, high, default, key, step=step)


@st.cache_data(show_spinner=False, max_entries=64, hash_funcs={EgoSpec: EgoSpec.key})
def drawn(spec: EgoSpec) -> EgoNetwork:
    """The ego network of a spec."""
    return ego_network(spec)


def _whose(whole: Network, word: str) -> str:
    """Whose friends are looked at."""
    known = [name for name, degree in zip(whole.names, whole.degrees, strict=True) if degree >= FEWEST]
    if word == "women" or not known or len(set(whole.names)) < len(whole):
        return ALL
    busiest = sorted(known, key=lambda name: -whole.degrees[whole.names.index(name)])
    options = {name: f"{name}, {whole.degrees[whole.names.index(name)]} friends" for name in busiest}
    return linked.choice(st.selectbox, "Whose friends", options | {ALL: "the whole graph"}, "whose")


def recipe() -> Recipe:
    """The steps that are taken, and how."""
    steps = [step for step in OPTIONAL if linked.switch(STEPS[step], True, f"step {step}")]
    with st.expander("How the steps are taken", icon=":material/tune:"):
        values = {
            key: linked.number(label, low, high, default, key, step=by)
            for key, (label, low, high, default, by) in TUNING.items()
        }
    return Recipe(tuple(steps), values["time"], values["thin"], welcome=values["welcome"])


def put(preset: Preset) -> None:
    """Set the page to a preset; what it does not name goes back to its default."""
    linked.put(KEYS, preset.values)


def current() -> Preset | None:
    """The preset that the page shows, if all that it names is so and nothing else is changed."""
    shown = {key: STATE.get(key, st.query_params.get(key)) for key in KEYS}
    touched = {key for key in KEYS if key in st.query_params}
    for preset in read("circles"):
        same = all(
            str(shown[key]) == str(value) for key, value in preset.values.items() if shown[key] is not None
        )
        known = all(shown[key] is not None or key == "from" for key in preset.values)
        if same and known and touched <= set(preset.values):
            return preset
    return None
