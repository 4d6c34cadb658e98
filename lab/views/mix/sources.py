"""The sources of a mix: two to six prompts, in the session and in the link."""

from __future__ import annotations

import streamlit as st

from lab.diffusion import mix_spec as limits
from lab.diffusion.spec import check_prompt
from lab.galleries.mix import spec_of
from lab.presets import read
from lab.views import linked, links, model_choice, understanding

STATE = st.session_state
KEY = "p"
COUNT = "mix count"
RULES: dict[str, links.Rule] = {KEY: check_prompt}


def default() -> tuple[str, ...]:
    """The sources of the first preset."""
    return spec_of(read("mix")[0]).prompts


def begin() -> None:
    """Take the sources of the link, if there are two to six, or the default's."""
    linked.bind(COUNT)
    if COUNT in STATE:
        return
    asked = tuple(st.query_params.get_all(KEY)[: limits.SOURCES_MOST])
    fits = len(asked) >= limits.SOURCES_LEAST and all(text.strip() for text in asked)
    put(asked if fits else default())


def put(prompts: tuple[str, ...]) -> None:
    """Set all sources."""
    STATE[COUNT] = len(prompts)
    for number, prompt in enumerate(prompts):
        STATE[_key(number)] = prompt


def asked() -> tuple[str, ...]:
    """The sources as they are typed."""
    return tuple(STATE[_key(number)] for number in range(STATE[COUNT]))


def tell() -> None:
    """Write the sources into the link, unless they are the default's."""
    here = list(asked())
    if here == list(default()):
        if KEY in st.query_params:
            del st.query_params[KEY]
    elif here != st.query_params.get_all(KEY):
        st.query_params[KEY] = here


def rows() -> None:
    """Show the sources, each with what the model does not understand of it, and the button for one more."""
    for number in range(STATE[COUNT]):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small", wrap=False):
            st.text_input(f"Source {number + 1}", key=_key(number), persist_state="session")
            st.button(
                ":material/close:",
                key=f"mix remove {number}",
                help=f"Take source {number + 1} out",
                type="tertiary",
                disabled=STATE[COUNT] <= limits.SOURCES_LEAST,
                on_click=_take_out,
                args=(number,),
            )
        understanding.remark(STATE[_key(number)], model_choice.chosen())
    most = STATE[COUNT] >= limits.SOURCES_MOST
    add = {"icon": ":material/add:", "type": "tertiary", "disabled": most, "on_click": _add}
    st.button("Add a source", key="mix add", **add)


def _key(number: int) -> str:
    return f"mix source {number}"


def _take_out(number: int) -> None:
    put((*asked()[:number], *asked()[number + 1 :]))


def _add() -> None:
    put((*asked(), ""))
