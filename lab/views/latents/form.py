"""The controls of the latents room: pictures with their letters, a look at them, how they are drawn."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lab.diffusion.latents import VIEWS, LatentsSpec
from lab.diffusion.latents.functions import FUNCTIONS
from lab.diffusion.latents.spec import COUNT_LEAST, COUNT_MOST, LETTERS, brought
from lab.galleries.latents import spec_of
from lab.presets import Preset, read
from lab.views import linked, links, model_choice, sampling
from lab.views.latents import link, pictures

STATE = st.session_state
WORD = "latents"
KEEP: dict[str, Any] = {"persist_state": "session"}
EXAMPLES = ("-a", "a - b + c", "0.5*(a + b)", "lerp(a, b, 0.3)", "noise(a, 0.3)", "blur(a, 6)", "a[0]")


def begin() -> None:
    """Fill the controls from a new link, or leave them as the visitor left them, or take the first preset."""
    default = spec_of(read(WORD)[0])
    query = links.own()
    linked.bind("latents written")
    written = STATE.setdefault("latents written", [])
    if query and query not in written:
        spec, STATE["latents link"] = link.from_query(query, default)
        put(spec)
    elif "latents count of pictures" not in STATE:
        put(default)


def put(spec: LatentsSpec) -> None:
    """Set all controls to a look."""
    STATE["latents count of pictures"] = len(spec.pictures)
    for letter, picture in zip(LETTERS, spec.pictures, strict=False):
        STATE[f"latents {letter}"] = picture
    for name in ("view", "expression", "count"):
        STATE[f"latents {name}"] = getattr(spec, name)
    sampling.put(spec)
    STATE["latents tried"] = False


def take(preset: Preset) -> None:
    """Set all controls to a preset."""
    STATE["latents link"] = ""
    put(spec_of(preset))


def asked() -> LatentsSpec:
    """The look that the controls describe; may be one that cannot be."""
    pictures = tuple(STATE[f"latents {letter}"] for letter in LETTERS[: STATE["latents count of pictures"]])
    values = {name: STATE[f"latents {name}"] for name in ("view", "expression", "count")}
    drawing: dict[str, Any] = {name: STATE.get(name) for name in ("steps", "guidance")}
    drawing |= {"negative": STATE.get("negative", ""), "model": model_choice.chosen()}
    scheduler = STATE.get("scheduler", sampling.OWN)
    drawing |= {"scheduler": None if scheduler == sampling.OWN else scheduler}
    return LatentsSpec(pictures, **values, seed=sampling.seed_of(STATE.get("seed", sampling.SEED)), **drawing)


def checked() -> tuple[LatentsSpec | None, str | None]:
    """The look of the controls, or the sentence that says why there is none."""
    try:
        spec = asked().validate()
    except ValueError as error:
        return None, str(error)
    for letter, picture in zip(spec.names, spec.pictures, strict=True):
        if (name := brought(picture)) and name not in pictures.own():
            return None, f"Picture {letter} lies with whoever brought it: bring it again, or take it out."
    return spec, None


def matching(spec: LatentsSpec) -> Preset | None:
    """The preset that asks for exactly this look."""
    return next((preset for preset in read(WORD) if spec_of(preset) == spec), None)


def remember(spec: LatentsSpec) -> None:
    """Write the look into the link."""
    query = link.to_query(spec)
    if query not in STATE["latents written"]:
        STATE["latents written"] = [*STATE["latents written"][-50:], query]
    if query != links.own():
        links.rewrite(query)


def look() -> None:
    """Show which look there is to choose, and what belongs to it."""
    st.pills("Look", list(VIEWS), format_func=linked.titled(VIEWS), key="latents view", required=True, **KEEP)
    view = STATE["latents view"]
    if view == "calculator":
        st.text_input("Expression over the pictures", key="latents expression", **KEEP)
        with st.container(horizontal=True, gap="small"):
            for example in EXAMPLES:
                how: dict[str, Any] = {"on_click": STATE.__setitem__, "args": ("latents expression", example)}
                st.button(f"`{example}`", key=f"latents example {example}", type="tertiary", **how)
        with st.popover("All functions", icon=":material/function:"):
            signs = "`+ - * / ( )` between pictures and numbers; `a[0, 2]` keeps channels 0 and 2."
            lines = [f"- `{function.written}`: {function.told}" for function in FUNCTIONS.values()]
            st.markdown("\n".join([signs, "", *lines]))
    elif view in ("blend", "noise"):
        st.slider("Pictures in the row", COUNT_LEAST, COUNT_MOST, key="latents count", **KEEP)


def current() -> Preset | None:
    """The preset that the controls show, if they show one."""
    spec, _ = checked()
    return matching(spec) if spec else None


def reset() -> None:
    """Put all controls back to the first preset."""
    take(read(WORD)[0])
