"""The guided tour of a room, at the same place on every page, and the presentation of it.

The link holds the stop: `?tour=3` beside whatever the room's own link says. A teacher's link,
`?tour=morph&step=3`, sets the room to that stop first; after that the visitor may change what he likes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from lab import catalog, tours
from lab.tours import Tour
from lab.views import handout, linked, links, saying

STATE = st.session_state
TOUR, STEP, PRESENT = "tour", "step", "present"
TOLD, AT = "tour told", "tour at"
SHEET = Path(__file__).parent / "components" / "present.css"


def lead() -> None:
    """At the front door: take a teacher's link to the room it names."""
    word = st.query_params.get(TOUR)
    if not word:
        return
    if word in {tour.word for tour in tours.tours()}:
        linked.follow(word)
        st.switch_page(catalog.by_word(word).page, query_params=dict(st.query_params))
    saying.complain(_unknown(word))


def show(word: str) -> None:
    """Show the tour's stop, or the way into it; what a link asks is set before the page reads it.

    Parameters
    ----------
    word : str
        Of the room; nothing is shown in a room without a tour.
    """
    tour = tours.read(word)
    number = _arrive(tour) if tour else None
    linked.enter(word)
    if tour is None:
        return
    saying.complaint(STATE.get(TOLD, {}).get(word))
    presenting = st.query_params.get(PRESENT) == "1"
    if presenting:
        st.html(SHEET)
    if number is not None:
        with st.container(key="tour", border=True):
            _panel(tour, number)
        return
    with st.container(key="tour", horizontal=True, vertical_alignment="center"):
        how: dict[str, Any] = {
            "icon": ":material/tour:",
            "type": "tertiary",
            "on_click": go,
            "args": (tour, 1),
        }
        st.button(f"Guided tour in {len(tour.steps)} steps", key="tour open", **how)
        if presenting:  # the way out
            _present()


def go(tour: Tour, number: int) -> None:
    """Walk to a stop: the page begins again with that stop's link."""
    STATE[TOLD] = {}
    linked.follow(tour.word)
    links.rewrite(tour.step(number).link)
    st.query_params[TOUR] = str(number)


def _arrive(tour: Tour) -> int | None:
    """The stop one stands at, if any; a teacher's link is put in place of itself."""
    asked = st.query_params.get(TOUR)
    if asked is None:
        return None
    if asked == tour.word:
        return _begin(tour, st.query_params.get(STEP, "1"))
    try:
        tour.step(int(asked))
    except ValueError:
        _refuse(tour, asked)
        return None
    number = int(asked)
    if not links.own() and STATE.get(AT) != (tour.word, number):
        links.rewrite(tour.step(number).link)
    STATE[AT] = (tour.word, number)
    return number


def _refuse(tour: Tour, asked: str) -> None:
    """Take a stop that is not here out of the link, and say so."""
    del st.query_params[TOUR]
    if st.query_params.get(STEP, "").isdecimal():
        del st.query_params[STEP]
    STATE[TOLD] = {tour.word: _missing(tour, asked) if asked.isdecimal() else _unknown(asked)}


def _begin(tour: Tour, text: str) -> int:
    """Set the room to the stop of a teacher's link; the first one where there is none of that number."""
    told = ""
    try:
        tour.step(number := int(text))
    except ValueError:
        told, number = _missing(tour, text), 1
    go(tour, number)
    STATE[TOLD] = {tour.word: told}
    return number


def _unknown(text: str) -> str:
    """What to say of a tour that there is not, or not here."""
    rooms = ", ".join(tour.word for tour in tours.tours())
    return (
        f"The link asks for the tour {text[: links.SHOWN]!r}, which is not here; there are tours of {rooms}."
    )


def _missing(tour: Tour, text: str) -> str:
    """What to say of a stop that there is not."""
    return (
        f"The link asks for step {text[: links.SHOWN]} of the tour, but its steps are 1 to {len(tour.steps)}."
    )


def _panel(tour: Tour, number: int) -> None:
    """One stop: what to look at, the question, the answer, the way on."""
    step, last = tour.step(number), len(tour.steps)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{number} of {last} · {step.title}**", width="stretch")
        st.button(
            "Leave the tour", key="tour leave", icon=":material/close:", type="tertiary", on_click=_leave
        )
    st.markdown(step.look)
    st.markdown(f"*Question.* {step.question}")
    with st.expander(
        "Reveal the answer", icon=":material/lightbulb:", key=f"tour answer {tour.word} {number}"
    ):
        st.markdown(step.answer)
    with st.container(horizontal=True, vertical_alignment="center"):
        for label, target, icon in (
            ("Back", number - 1, "arrow_back"),
            ("Next", number + 1, "arrow_forward"),
        ):
            how: dict[str, Any] = {
                "icon": f":material/{icon}:",
                "disabled": not 1 <= target <= last,
                "on_click": go,
            }
            main: dict[str, Any] = {"type": "primary"} if label == "Next" else {}
            st.button(label, key=f"tour {label.lower()}", args=(tour, target), **how, **main)
        _present()
        with st.popover("For the teacher", icon=":material/school:", type="tertiary"):
            _teacher(tour, number)


def _present() -> None:
    """A switch for the presentation; the link holds it."""
    STATE["tour present"] = st.query_params.get(PRESENT) == "1"
    st.toggle(
        "Present", key="tour present", on_change=_turn, help="Large type and no controls but the tour's."
    )


def _turn() -> None:
    if STATE["tour present"]:
        st.query_params[PRESENT] = "1"
    else:
        st.query_params.pop(PRESENT, None)


def _teacher(tour: Tour, number: int) -> None:
    """Links to hand out and the handout."""
    st.markdown(f"{tour.aim}")
    st.caption("Put this behind the library's address: to this step, and as a presentation")
    st.code(f"/{tour.address(number)}", language=None)
    st.code(f"/{tour.address(number)}&{PRESENT}=1", language=None)
    handout.offer(tour.word)


def _leave() -> None:
    STATE[TOLD] = {}
    for name in (TOUR, PRESENT):
        st.query_params.pop(name, None)
