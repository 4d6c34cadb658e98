"""How a picture is rendered: model, seed, steps, guidance, scheduler, negative prompt; bound to the link."""

from __future__ import annotations

import streamlit as st

from lab.compute import check_seed
from lab.diffusion import folder, shelf
from lab.diffusion import spec as limits
from lab.diffusion.spec import Sampling
from lab.views import linked, links, model_choice

KEYS = ("model", "seed", "steps", "guidance", "scheduler", "negative")
RULES: dict[str, links.Rule] = {
    "model": shelf.name_of,
    "seed": lambda text: check_seed(int(text)),
    "steps": links.whole(1, limits.STEPS_MOST),
    "guidance": links.real(0, limits.GUIDANCE_MOST),
    "scheduler": links.one_of(*limits.SCHEDULERS),
}
SEED = "42"
OWN = "own"


def controls(guided: bool = False) -> dict:
    """Show the seed, and the rest behind a fold; what is left open is the model's own.

    Parameters
    ----------
    guided : bool
        Whether the room shows guidance at work, so that the model's guided settings stand for what is open.

    Returns
    -------
    dict
        model, seed, steps, guidance, scheduler and negative, for a spec. A number may be out of its limits:
        its ``validate`` says so.

    Raises
    ------
    ValueError
        If the seed is no whole number from 0 to 2^64 - 1.
    """
    seed = linked.text("Seed", SEED, "seed")
    with st.expander("How to render", icon=":material/tune:"):
        model = model_choice.bound()
        plain = folder.defaults(folder.locate(model))
        own = plain.guided if guided else plain
        left, right = st.columns(2)
        theirs = f"(the model's own: {own['steps']})", f"(the model's own: {own['guidance']:g})"
        steps = linked.optional("Steps", int, "steps", left, placeholder=theirs[0])
        guidance = linked.optional("Guidance", float, "guidance", right, placeholder=theirs[1])
        names = {OWN: f"{own['scheduler']} (the model's own)"} | {name: name for name in limits.SCHEDULERS}
        chosen = linked.choice(st.selectbox, "Scheduler", names, "scheduler")
        scheduler = None if chosen == OWN else chosen
        st.caption(limits.SCHEDULERS[scheduler or own["scheduler"]])
        negative = linked.text("Negative prompt", "", "negative")
    sampling = {"steps": steps, "guidance": guidance, "scheduler": scheduler, "negative": negative}
    return {"model": model, "seed": seed_of(seed)} | sampling


def put(spec: Sampling) -> None:
    """Set the widgets of `controls` to a spec, before they are made."""
    linked.forget(KEYS)
    st.session_state["seed"] = str(spec.seed)
    for name in ("model", "steps", "guidance", "negative"):
        st.session_state[name] = getattr(spec, name)
    st.session_state["scheduler"] = spec.scheduler or OWN


def seed_of(text: str) -> int:
    """The seed that was typed; `ValueError` with one sentence if it is none."""
    try:
        seed = int(text)
    except ValueError:
        raise ValueError(
            f"The seed is {text[: links.SHOWN]!r}, but it must be a whole number from 0 to 2^64 - 1."
        ) from None
    check_seed(seed)
    return seed
