"""Which model renders: babel, what lies in the models folder, or one of the hub that a visitor allows."""

from __future__ import annotations

import streamlit as st

from lab import profile
from lab.diffusion import shelf
from lab.views import linked, pipelines, saying

STATE = st.session_state
HOME, KEY = "babel", "model"
WHERE = (
    "Put a diffusers folder, or a single .safetensors or .ckpt file, of Stable Diffusion 1, 2 or XL into "
    "`models/` (or into the folder that LATENT_LIBRARY_MODELS names)."
)


def titles() -> dict[str, str]:
    """Models there are by name, each with its title; babel first."""
    own = {HOME: "babel, which ships with the library"}
    if not profile.current().strangers:
        return own
    shelved = {model.name: f"{model.name} ({model.bytes / 2**30:.1f} GiB)" for model in shelf.models()}
    fetched = {name: f"{name}, from the hub" for name in sorted(pipelines.models().consented)}
    return own | shelved | fetched


def chosen(key: str = KEY) -> str:
    """The model that stands for the page, before the choice is shown: the session's, else the link's."""
    asked = STATE.get(key)
    if asked is None and not STATE.get(f"{key} afresh"):
        asked = st.query_params.get(key)
    try:
        return shelf.name_of(asked or HOME)
    except ValueError:
        return HOME


def choose(key: str, **how) -> str:
    """Show the choice and return the name of the model; the first render loads it.

    Parameters
    ----------
    key : str
        Of the widget; its state is the name.
    """
    names = _names(STATE.get(key, HOME))
    name = st.selectbox("Model", list(names), format_func=linked.titled(names), key=key, help=WHERE, **how)
    _hub(key)
    return name


def bound() -> str:
    """Show the choice, bound to the link, and return the name of the model; the first render loads it."""
    name = linked.choice(st.selectbox, "Model", _names(chosen()), KEY, help=WHERE)
    _hub(KEY)
    return name


def _names(asked: str) -> dict[str, str]:
    """Models to choose from; one that a link or a file asks for is among them, here or not."""
    names = titles()
    return names if asked in names else names | {asked: f"{asked} (not on this machine)"}


def _hub(key: str) -> None:
    """Show the way to a model of the hub."""
    if not profile.current().strangers:
        return
    with st.popover("A model of the hub", icon=":material/cloud_download:", type="tertiary"):
        _ask_for_one(key)


def _ask_for_one(key: str) -> None:
    """Ask for a hub id and for the visitor's word that it may be fetched."""
    asked = st.text_input("Hub id", key=f"{key} hub", placeholder="owner/name")
    allowed = st.checkbox(
        "Fetch it from huggingface.co when I press Render; that may be several gigabytes.",
        key=f"{key} consent",
    )
    st.button("Use it", key=f"{key} use", disabled=not (asked and allowed), on_click=_take, args=(key,))
    saying.complaint(STATE.get(f"{key} refused"))


def _take(key: str) -> None:
    asked = STATE[f"{key} hub"].strip()
    STATE[f"{key} refused"] = ""
    if not shelf.is_hub_id(asked):
        STATE[f"{key} refused"] = f"{asked[:40]!r} is no hub id; it looks like owner/name."
        return
    pipelines.models().consented.add(asked)
    STATE[key] = asked
