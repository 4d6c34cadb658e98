"""Prompts' embeddings as a table to choose; babel wakes only when somebody asks for them."""

from __future__ import annotations

import streamlit as st

from lab.diffusion import collection
from lab.diffusion.checks import CHARACTERS_MOST
from lab.diffusion.collection import AROUND, PATH, Collection
from lab.diffusion.spec import FRAMES_TOTAL_MOST
from lab.diffusion.variations_spec import COUNT_MOST
from lab.tables import Table
from lab.views import linked, pipelines, working

WORD = "prompts"
KINDS = {"dictionary": "babel's dictionary", "path": "a morph's path", "cloud": "a cloud of variations"}
KEYS = ("prompts", "path", "around", "leg", "count", "sigma", "pull", "seed")
STATE = st.session_state


def table() -> Table | None:
    """The chosen collection of prompts, embedded by the engine's worker; None while it works."""
    asked = ask().validate()
    return working.finished(f"tabulate {asked}", _work(asked), "babel reads the prompts …")


def ask() -> Collection:
    """Which prompts; the link holds them, so that other rooms can send theirs."""
    kind = linked.choice(st.selectbox, "Prompts", KINDS, "prompts")
    if kind == "path":
        return _path()
    if kind == "cloud":
        return _cloud()
    return Collection()


def _path() -> Collection:
    default = "\n".join(PATH)
    told = "Prompts of the path, one a line"
    lines = linked.text(told, default, "path", field=st.text_area, height=160, max_chars=CHARACTERS_MOST)
    prompts = tuple(line.strip() for line in lines.splitlines() if line.strip())
    most = FRAMES_TOTAL_MOST // max(2, len(prompts))
    frames = linked.number("Rows of each leg", 1, min(120, most), min(24, most), "leg")
    return Collection("path", () if prompts == PATH else prompts, frames)


def _cloud() -> Collection:
    around = linked.text("Around the prompt", AROUND[0], "around", max_chars=CHARACTERS_MOST)
    with st.container(horizontal=True):
        count = linked.number("Steps", 1, COUNT_MOST, 240, "count")
        sigma = linked.number("Noise σ", 0.0, 0.2, 0.02, "sigma", step=0.005, format="%.3f")
        pull = linked.number("Leash", 0.0, 1.0, 0.5, "pull", step=0.05)
    seed = linked.number("Seed of the noise", 0, 999, 42, "seed")
    return Collection("cloud", () if (around,) == AROUND else (around,), 24, count, sigma, pull, seed)


def current() -> Collection:
    """What was asked for last, from the state of the widgets."""
    kind = STATE.get("prompts", "dictionary")
    if kind == "path":
        prompts = tuple(line.strip() for line in STATE["path"].splitlines() if line.strip())
        return Collection("path", () if prompts == PATH else prompts, STATE.get("leg", 24))
    if kind == "cloud":
        own = () if (STATE["around"],) == AROUND else (STATE["around"],)
        numbers = (STATE[name] for name in ("count", "sigma", "pull", "seed"))
        return Collection("cloud", own, 24, *numbers)
    return Collection()


def python() -> str:
    """Python that embeds the same prompts."""
    return collection.python(current())


def flags() -> list[str]:
    """Arguments of a command that embeds the same prompts."""
    return collection.flags(current())


def _work(asked: Collection):
    models = pipelines.models()

    def work(ticket):
        from lab.diffusion.tabulate import tabulate

        for item in tabulate(models.fetch(asked.model), asked):
            if ticket.cancelled:
                return
            if isinstance(item, Table):
                yield item
            else:
                ticket.progress(*item)

    return work
