"""The plot itself: computed once per question, redrawn at every stroke of the brush."""

from __future__ import annotations

import streamlit as st

from lab.figures.multiwindow.lattice import lattice_of
from lab.figures.multiwindow.scene import scene
from lab.multiwindow import Densities, Windows, densities, windows
from lab.multiwindow.densities import POINTS_LIMIT
from lab.views import brushed, page
from lab.views.multiwindow.knobs import Asked

KEY = "windows"
SEEN = "windows seen"


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
    name = f"{asked.word}, {asked.table.title}, {len(asked.table)}"
    lit = brushed.lit(KEY, name, len(asked.table)) if isinstance(result, Windows) else None
    data = scene(result, asked.table, asked.groups, colours, asked.look) | {
        "seen": describe(asked, result),
        "colours": {name: getattr(colours, name) for name in ("accent", "faint", "line")},
    }
    brushed.show(KEY, data, name, lit)
    _say(asked, result, lit)


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
        brushed.darken(KEY)
