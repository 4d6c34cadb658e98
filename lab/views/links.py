"""Links that hold the state of a page, and what to say of a link that somebody bent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from lab.views import saying

SHOWN = 40  # characters of a tampered value that are repeated to the visitor

HOUSE = ("tour", "present")  # names in a link that belong to no room

Rule = Callable[[str], Any]


def own() -> dict[str, list[str]]:
    """What the link says to the room itself."""
    return {name: st.query_params.get_all(name) for name in st.query_params if name not in HOUSE}


def rewrite(query: Mapping[str, Sequence[str] | str]) -> None:
    """Put a room's parameters in place of those there are; what is no room's stays."""
    kept = {name: st.query_params[name] for name in HOUSE if name in st.query_params}
    st.query_params.from_dict({**kept, **query})


def read(query: Mapping[str, Sequence[str]], rules: Mapping[str, Rule]) -> tuple[dict[str, Any], str]:
    """What a link says, and one sentence about the values that cannot be read (or nothing).

    Parameters
    ----------
    query : mapping of str to texts
        As `own` gives it; names without a rule are passed over.
    rules : mapping of str to callable
        For each name in the link, what reads its text; a `ValueError` means it cannot be.

    Returns
    -------
    values : dict
        Of every name the last text that could be read.
    told : str
    """
    values, wrong = {}, []
    for name, rule in rules.items():
        for text in query.get(name, ()):
            try:
                values[name] = rule(text)
            except ValueError:
                wrong.append(f"{name} = {text[:SHOWN]}{'…' if len(text) > SHOWN else ''}")
    if not wrong:
        return values, ""
    told = f"The link asks for {', '.join(wrong[:4])}, which cannot be, so the page shows its default there."
    return values, told


def tell(rules: Mapping[str, Rule]) -> None:
    """Say what of the link was refused, on the first view of the page in this session.

    Call it before the widgets: one that is bound to the link removes what it cannot read.
    """
    seen = f"link seen {sorted(rules)}"
    if seen not in st.session_state:
        st.session_state[seen] = read(own(), rules)[1]
    saying.complaint(st.session_state[seen])


def whole(low: int, high: int) -> Rule:
    """Rule for a whole number from `low` to `high`."""

    def read(text: str) -> int:
        number = int(text)
        if not low <= number <= high:
            raise ValueError(text)
        return number

    return read


def real(low: float, high: float) -> Rule:
    """Rule for a number from `low` to `high`."""

    def read(text: str) -> float:
        number = float(text)
        if not low <= number <= high:  # also refuses nan
            raise ValueError(text)
        return number

    return read


def one_of(*choices: str) -> Rule:
    """Rule for one of some words."""

    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return read
