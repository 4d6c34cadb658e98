"""The plot itself: computed once per question, redrawn at every stroke of the brush."""

from __future__ import annotations

import streamlit as st

from lab.figures.multiwindow.lattice import lattice_of
from lab.figures.multiwindow.scene import scene
from lab.multiwindow import Densities, Windows, densities, windows
from lab.multiwindow.densities import POINTS_LIMIT
from lab.views import page
from lab.views.elements import element
from lab.views.multiwindow.knobs import Asked

KEY = "windows"
SEEN = "windows seen"
LIT = "windows lit"


def see(asked: Asked) -> Windows | Densities:
    """Windows, or densities where the table is too long to draw dot by dot; counted once a question."""
    spec, state = asked.spec, st.session_state
    columns = [asked.table[name] for name in (*spec.panel, *spec.plot)]
    before, known, result = state.get(SEEN, (None, (), None))
    if before != spec or any(old is not new for old, new in zip(known, columns, strict=True)):
        dense = len(asked.table) > POINTS_LIMIT
        parts = (spec.panel, spec.plot, spec.bins, spec.binning)
        result = densities(asked.table, spec) if dense else windows(asked.table, *parts)
        state[SEEN] = (spec, columns, result)
    return result


@st.fragment
def show(asked: Asked) -> None:
    """The figure with its brush; a stroke in one window lights the same rows up in all."""
    result, colours = see(asked), page.colours()
    lit = _lit(asked)
    data = scene(result, asked.table, asked.groups, colours, asked.look) | {
        "table": _name(asked),
        "lit": lit,
        "seen": describe(asked, result),
        "colours": {name: getattr(colours, name) for name in ("accent", "faint", "line")},
    }
    element(KEY, KEY, KEY, KEY)(data=data, key=KEY, on_lit_change=_light)
    _say(asked, result, lit)


def _name(asked: Asked) -> str:
    """Names the table whose rows are lit: another one begins in the dark."""
    return f"{asked.word}, {asked.table.title}, {len(asked.table)}"


def _lit(asked: Asked) -> list[int] | None:
    """Rows of this table that are lit."""
    table, rows = st.session_state.get(LIT, ("", None))
    if table != _name(asked) or not rows or len(asked.table) > POINTS_LIMIT:
        return None
    return [row for row in rows if 0 <= row < len(asked.table)] or None


def _light() -> None:
    """Remember what the brush took."""
    told = st.session_state[KEY].lit
    if isinstance(told, dict):
        rows = told.get("rows") or ()
        st.session_state[LIT] = (told.get("table"), [row for row in rows if isinstance(row, int)])


def _darken() -> None:
    st.session_state.pop(LIT, None)


def describe(asked: Asked, result: Windows | Densities) -> str:
    """The figure in two sentences, for those who do not see it."""
    (over, beside), (x, y) = asked.spec.panel, asked.spec.plot
    columns, rows = asked.spec.bins
    return (
        f"A lattice of {columns} by {rows} scatter plots of {y} against {x}: {over} grows to the right, "
        f"{beside} upward. Margins on top and at the right and a corner show unions."
    )


def _say(asked: Asked, result: Windows | Densities, lit: list[int] | None) -> None:
    """What the eye is looking at, in numbers."""
    lost = lattice_of(result, asked.look).area_lost
    frames = "Doubled frames and gaps" if asked.look.doubled else "Single frames and the margins' gap"
    parts = [f"{frames} cost {lost:.1%} of the area."]
    dense = isinstance(result, Densities)
    if homeless := int(result.homeless.sum() if dense else len(result.homeless)):
        parts.append(f"{homeless:,} rows lack a panel value: they are in the corner alone.")
    if dense:
        parts.append(f"{result.corner.sum():,} rows, drawn as densities: darker by equal factors.")
    elif lit is None:
        parts.append("Drag a box in any window: the same rows light up in all of them.")
    else:
        parts.append(f"{len(lit)} of {len(asked.table)} rows are lit.")
    st.caption(" ".join(parts))
    if lit:
        icon = ":material/deselect:"
        st.button("Put the light out", icon=icon, type="tertiary", on_click=_darken)
