"""The controls of the morph: prompts and settings in, a spec out, the same state in the link."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lab.diffusion import folder
from lab.diffusion import spec as limits
from lab.diffusion.spec import MorphSpec
from lab.gallery import morph_of
from lab.presets import Preset, read
from lab.views import linked, links, model_choice, morph_link, morph_walk, understanding
from lab.views.sampling import seed_of

STATE = st.session_state
LOOPS = {"ring": "Ring", "pingpong": "To and fro", "none": "One way"}
KEEP: dict[str, Any] = {"persist_state": "session"}
FIELDS = ("loop", "steps", "guidance", "scheduler", "negative", "interpolation", "model")


def matching(spec: MorphSpec) -> Preset | None:
    """The preset that asks for exactly this morph."""
    return next((preset for preset in read("morph") if morph_of(preset) == spec), None)


def begin() -> None:
    """Fill the controls from a new link, or leave them as the visitor left them, or take the first preset."""
    default = morph_of(read("morph")[0])
    query = links.own()
    linked.bind("morph written")
    written = STATE.setdefault("morph written", [])
    if query and query not in written:
        spec, STATE["morph link"] = morph_link.from_query(query, default)
        put(spec)
    elif "morph count" not in STATE:
        put(default)


def take(preset: Preset) -> None:
    """Set all controls to a preset."""
    STATE["morph link"] = ""
    put(morph_of(preset))


def put(spec: MorphSpec) -> None:
    """Set all controls to a morph."""
    STATE["morph count"] = len(spec.prompts)
    for number, prompt in enumerate(spec.prompts):
        STATE[f"morph prompt {number}"] = prompt
    for name in FIELDS:
        STATE[f"morph {name}"] = getattr(spec, name)
    morph_walk.put(spec)
    STATE["morph seed"] = str(spec.seed)
    STATE["morph tried"] = False


def asked() -> MorphSpec:
    """The morph that the controls describe; may be one that cannot be, a seed that is no number says so."""
    prompts = tuple(STATE[f"morph prompt {number}"] for number in range(STATE["morph count"]))
    values = {name: STATE[f"morph {name}"] for name in FIELDS}
    return MorphSpec(prompts, seed=seed_of(STATE["morph seed"]), **values, **morph_walk.asked())


def checked() -> tuple[MorphSpec | None, str | None]:
    """The morph of the controls, or the sentence that says why there is none."""
    try:
        return asked().validate(), None
    except ValueError as error:
        return None, str(error)


def current() -> Preset | None:
    """The preset that the controls show, if they show one."""
    spec, _ = checked()
    return matching(spec) if spec else None


def reset() -> None:
    """Put all controls back to the first preset."""
    take(read("morph")[0])


def remember(spec: MorphSpec) -> None:
    """Write the morph into the link."""
    query = morph_link.to_query(spec)
    if query not in STATE["morph written"]:
        STATE["morph written"] = [*STATE["morph written"][-50:], query]
    if query != links.own():
        links.rewrite(query)


def take_out(number: int) -> None:
    """Remove one prompt; those behind it move up."""
    count = STATE["morph count"]
    for index in range(number, count - 1):
        STATE[f"morph prompt {index}"] = STATE[f"morph prompt {index + 1}"]
    STATE["morph count"] = count - 1


def add() -> None:
    """Append an empty prompt."""
    STATE[f"morph prompt {STATE['morph count']}"] = ""
    STATE["morph count"] += 1


def add_places(places: tuple[str, ...]) -> None:
    """Set the added places of the walk."""
    STATE["morph added"] = morph_link.written(places)


def prompt_rows() -> None:
    """Show the prompts, each with what the model does not understand of it, and the button for one more."""
    for number in range(STATE["morph count"]):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small", wrap=False):
            st.text_input(f"Prompt {number + 1}", key=f"morph prompt {number}", **KEEP)
            st.button(
                ":material/close:",
                key=f"morph remove {number}",
                help=f"Take prompt {number + 1} out",
                type="tertiary",
                disabled=STATE["morph count"] <= limits.PROMPTS_LEAST,
                on_click=take_out,
                args=(number,),
            )
        understanding.remark(STATE[f"morph prompt {number}"], STATE.get("morph model", "babel"))
    st.button(
        "Add a prompt",
        icon=":material/add:",
        key="morph add",
        type="tertiary",
        disabled=STATE["morph count"] >= limits.PROMPTS_MOST,
        on_click=add,
    )


def settings() -> None:
    """Show how to walk, and behind a fold how to render."""
    st.radio("Walk", list(LOOPS), format_func=linked.titled(LOOPS), horizontal=True, key="morph loop", **KEEP)
    left, right = st.columns(2)
    left.number_input("Frames per segment", step=1, key="morph frames", **KEEP)
    right.text_input("Seed", key="morph seed", **KEEP)
    morph_walk.controls()
    with st.expander("More settings", icon=":material/tune:"):
        model = model_choice.choose("morph model", **KEEP)
        own = folder.defaults(folder.locate(model))
        left, right = st.columns(2)
        left.number_input(
            "Steps",
            value=None,
            step=1,
            key="morph steps",
            placeholder=f"{own['steps']} (the model's own)",
            **KEEP,
        )
        right.number_input(
            "Guidance",
            value=None,
            step=0.5,
            key="morph guidance",
            placeholder=f"{own['guidance']:g} (the model's own)",
            **KEEP,
        )
        st.selectbox(
            "Scheduler",
            [None, *limits.SCHEDULERS],
            format_func=lambda name: name or f"{own['scheduler']} (the model's own)",
            key="morph scheduler",
            **KEEP,
        )
        st.caption(limits.SCHEDULERS[STATE["morph scheduler"] or own["scheduler"]])
        st.text_input("Negative prompt", key="morph negative", **KEEP)
        st.radio(
            "Between two embeddings",
            limits.INTERPOLATIONS,
            horizontal=True,
            key="morph interpolation",
            help="lerp is the straight line; slerp keeps the length of every token's vector.",
            **KEEP,
        )
