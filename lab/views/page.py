"""What every page has in the same place: header, figure, reset, footer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import streamlit as st

from lab import catalog
from lab.figures import style
from lab.figures.chart import written
from lab.views import chart, tour

NAME = "The Latent Library"
ICON = str(catalog.ROOT / "static" / "icon.png")
ENTERED = "came through the front door"
SIDEBAR = 288  # pixels
COMPONENTS = Path(__file__).parent / "components"
DAY, NIGHT, SHEET = (COMPONENTS / name for name in ("day.css", "night.css", "house.css"))
PLOT = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def furnish(title: str = NAME) -> None:
    """Set what the browser's tab shows, and the house's own look; the first thing a page does."""
    full = title if title == NAME else f"{title} · {NAME}"
    st.set_page_config(page_title=full, page_icon=ICON, layout="wide", initial_sidebar_state=SIDEBAR)
    if colours() is style.palette("dark"):
        st.html(NIGHT)
    else:
        st.html(DAY)
    st.html(SHEET)


def come_in(experiment: catalog.Experiment) -> None:
    """Go through the front door once.

    Until somebody has opened Home.py, Streamlit takes the files in pages/ for the navigation and shows them
    bare. Any `st.navigation` ends that, and the next look goes through Home.py.
    """
    if ENTERED not in st.session_state:
        st.session_state[ENTERED] = True
        door = st.Page(furnish, title=NAME, default=True)
        st.navigation([door, st.Page(experiment.page, url_path=experiment.word)], position="hidden")
        st.rerun()


def header(word: str) -> catalog.Experiment:
    """Title, sentence and tour of an experiment; returns the experiment for the footer."""
    experiment = catalog.by_word(word)
    come_in(experiment)
    furnish(experiment.title)
    st.title(experiment.title, anchor=False)
    st.markdown(f"*{experiment.sentence}*")
    tour.show(word)
    return experiment


def colours() -> style.Palette:
    """The palette of the theme that the visitor sees."""
    return style.palette(st.context.theme.type)


def figure(drawn: Any, key: str, alt: str, caption: str = "") -> None:
    """Show a figure over the full width, with a description for those who do not see it.

    Parameters
    ----------
    drawn : plotly Figure
        Dressed by `lab.figures.style.dress`.
    key : str
        Names the figure on its page.
    alt : str
        What one sees, in one or two sentences.
    caption : str
        Shown under it.
    """
    spec = written(drawn)
    if spec is None:
        st.plotly_chart(drawn, key=key, theme=None, config=PLOT, alt=alt)
    else:
        chart.show(spec, key, alt)
    if caption:
        st.caption(caption)


def reset(keys: Iterable[str], label: str = "Reset") -> None:
    """Show a button that puts the widgets of these keys, and with them the link, back to their defaults."""
    st.button(
        label,
        icon=":material/restart_alt:",
        key="reset",
        type="tertiary",
        on_click=forget,
        args=(tuple(keys),),
    )


def forget(keys: Iterable[str]) -> None:
    """Drop the state of widgets, so that they begin again with their defaults."""
    for key in keys:
        st.session_state.pop(key, None)


def footer(experiment: catalog.Experiment) -> None:
    """Show who thought of it, at the end of the page."""
    st.divider()
    st.caption("Sources: " + "; ".join(experiment.sources) + ".")
