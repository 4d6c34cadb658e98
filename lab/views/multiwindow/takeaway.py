"""What a visitor takes home from the multiwindow page: code, plates, tables, a notebook."""

from __future__ import annotations

import csv
import io
import shlex

import streamlit as st

from lab.figures import multiwindow as figures
from lab.figures import sheet
from lab.figures.multiwindow.lattice import tidy_rows
from lab.multiwindow import Densities, Windows
from lab.multiwindow.densities import POINTS_LIMIT
from lab.views import prompts, tables, takeaways
from lab.views.multiwindow.knobs import Asked
from lab.views.notebook import notebook


def offer(asked: Asked, result: Windows | Densities) -> None:
    """Code of the present state, and files built on the click."""
    python = code(asked)
    takeaways.code(python, command(asked))
    title = f"{asked.table.title} through {asked.spec.bins[0] * asked.spec.bins[1]} windows"

    def plate():
        return figures.lay_out(result, asked.table, asked.groups, asked.look, title)

    takeaways.downloads(
        [
            takeaways.Download("SVG", "multiwindow.svg", "image/svg+xml", lambda: sheet.svg(plate())),
            takeaways.Download("PDF", "multiwindow.pdf", "application/pdf", lambda: sheet.pdf(plate())),
            takeaways.Download("PNG", "multiwindow.png", "image/png", lambda: sheet.png(plate())),
            takeaways.Download("Table of windows", "windows.csv", "text/csv", lambda: tidy(result)),
            takeaways.Download(
                "Notebook",
                "multiwindow.ipynb",
                "application/x-ipynb+json",
                lambda: notebook(title, "The Tukeys' multiwindow plot.", python),
            ),
        ]
    )


def code(asked: Asked) -> str:
    """Python that computes and draws the same plot."""
    spec = asked.spec
    dense = len(asked.table) > POINTS_LIMIT
    verb = (
        "densities(table, spec)"
        if dense
        else ("windows(table, spec.panel, spec.plot, spec.bins, spec.binning)")
    )
    return f"""from lab.figures.multiwindow import Look, draw
from lab.figures.style import LIGHT
from lab.multiwindow import WindowsSpec, {"densities" if dense else "windows"}
{fetched(asked)}

spec = WindowsSpec({spec.panel!r}, {spec.plot!r}, {spec.bins!r}, {spec.binning!r})
result = {verb}
draw(result, table, table.groups({asked.colour!r}), LIGHT, {asked.look!r})"""


def fetched(asked: Asked) -> str:
    """Python that fetches the table and mends its gaps in the same way."""
    text = tables.python(asked.word)
    if asked.word == prompts.WORD:
        text = f"{text}\ntable = on_axes(table)".replace("\n\n", "\nfrom lab.tables import on_axes\n\n", 1)
    if asked.gaps and way() != tables.KEEP:
        roles = list(dict.fromkeys([*asked.spec.panel, *asked.spec.plot]))
        text += f"\ntable = table.mended({roles!r}, {way()!r})"
    return text


def way() -> str:
    """How gaps are mended."""
    return st.session_state.get(tables.MISSING_KEY, "drop")


def command(asked: Asked) -> str:
    """The shell command that writes the same plate and table."""
    spec = asked.spec
    words = ["python", "-m", "lab", "multiwindow", *tables.flags(asked.word)]
    words += ["--panel", *spec.panel, "--plot", *spec.plot, "--bins", *map(str, spec.bins)]
    words += ["--binning", spec.binning]
    words += ["--missing", way()] if asked.gaps else []
    words += ["--colour", asked.colour] if asked.colour and len(asked.table.texts) > 1 else []
    look = {"--doubled": asked.look.doubled, "--uncounted": not asked.look.counts, "--safe": asked.look.safe}
    words += [flag for flag, on in look.items() if on]
    words += ["--out", "out/multiwindow"]
    return shlex.join(words)


def tidy(result: Windows | Densities) -> bytes:
    """One line per window: its place, its bounds and how many rows it holds."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(tidy_rows(result))
    return text.getvalue().encode()
