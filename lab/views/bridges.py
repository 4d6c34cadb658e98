"""From a room that makes embeddings to the rooms that look at tables: links with the prompts in them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import streamlit as st

from lab import catalog
from lab.diffusion.spec import MorphSpec
from lab.diffusion.variations_spec import VariationsSpec

ROOMS = {"similarity": {"step": "real", "view": "plane"}, "multiwindow": {}}


HOUSE = "babel"  # the model whose embeddings the statistics rooms read
LONGEST_LEG = 120
NOISIEST = 0.2
SEEDS = 1000


def path(spec: MorphSpec) -> None:
    """Links to the path of a morph as a table: its prompts, walked in straight lines and closed to a ring."""
    if spec.model != HOUSE:
        return
    frames = spec.frames if isinstance(spec.frames, int) else max(spec.frames)
    offer("path", path="\n".join(spec.prompts), leg=min(frames, LONGEST_LEG))


def cloud(spec: VariationsSpec) -> None:
    """Links to the cloud of a walk as a table; not offered where its start was picked from other walks."""
    plain = not spec.picks and spec.model == HOUSE
    if plain and spec.sigma <= NOISIEST and spec.noise_seed < SEEDS:
        offer(
            "cloud",
            around=spec.prompt,
            count=spec.count,
            sigma=spec.sigma,
            pull=spec.pull,
            seed=spec.noise_seed,
        )


def offer(kind: str, **state: object) -> None:
    """Show a link to each statistics room, which opens with these embeddings as its table.

    Parameters
    ----------
    kind : {"path", "cloud"}
    **state
        As :mod:`lab.views.prompts` keeps it in the link: ``path`` (prompts, one a line) and ``leg``, or
        ``around``, ``count``, ``sigma``, ``pull``, ``seed``.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        for word in ROOMS:
            room = catalog.by_word(word)
            how: dict[str, Any] = {"icon": room.icon, "type": "tertiary", "key": f"{kind} to {word}"}
            st.link_button(f"As a table: {room.title}", address(word, kind, **state), **how)


def address(word: str, kind: str, **state: object) -> str:
    """Relative address of a statistics room with these embeddings as its table."""
    return f"{word}?" + urlencode({**ROOMS[word], "data": "prompts", "prompts": kind, **state})
