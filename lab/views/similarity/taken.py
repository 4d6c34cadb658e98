"""What a visitor takes home from a step: code and command of the present state, plates, numbers."""

from __future__ import annotations

import csv
import io
import shlex
from dataclasses import dataclass, field
from typing import Any

from lab import catalog
from lab.tables import Table
from lab.views import takeaways
from lab.views.notebook import notebook

WORD = "similarity"


@dataclass(frozen=True, eq=False)
class Taken:
    """A step's answer and how to get it again.

    Attributes
    ----------
    step : str
    result : one of the results of ``lab.similarity.steps``
    fetch : str, Python that makes what ``ask`` speaks of
    ask : str, one Python expression that is the result
    shown : str, the figure to show first
    flags : list of str, arguments of the command
    table : Table, optional, as it was asked about
    choices : dict, of ``lab.figures.similarity.draw``
    """

    step: str
    result: Any
    fetch: str
    ask: str
    shown: str
    flags: list[str]
    table: Table | None = None
    choices: dict[str, Any] = field(default_factory=dict)

    @property
    def python(self) -> str:
        """Python that computes and draws the same."""
        chosen = "".join(f", {name}={value!r}" for name, value in self.choices.items() if value is not None)
        about = "result" if self.table is None else "result, table"
        return f"""from lab.figures.similarity import draw
from lab.similarity import steps
{self.fetch}

result = steps.{self.ask}
figures = draw({about}{chosen})
figures["{self.shown}"]"""

    @property
    def command(self) -> str:
        """The shell command that writes the same plates and numbers."""
        words = ["python", "-m", "lab", WORD, "--step", self.step, *self.flags, "--out", f"out/{WORD}"]
        return shlex.join(words)


def offer(taken: Taken) -> None:
    """Show the code, and files that are built on the click."""
    takeaways.code(taken.python, taken.command)
    room = catalog.by_word(WORD)
    name, title = f"{WORD}-{taken.step}", taken.table.title if taken.table else room.title

    def written(ending: str):
        return lambda: print_out(taken, title, ending)

    book = f"{room.sentence} Step “{taken.step}”."
    takeaways.downloads(
        [
            takeaways.Download("SVG", f"{name}.svg", "image/svg+xml", written("svg")),
            takeaways.Download("PDF", f"{name}.pdf", "application/pdf", written("pdf")),
            takeaways.Download("PNG", f"{name}.png", "image/png", written("png")),
            takeaways.Download("Numbers", f"{name}.csv", "text/csv", lambda: numbers(taken)),
            takeaways.Download(
                "Notebook",
                f"{name}.ipynb",
                "application/x-ipynb+json",
                lambda: notebook(room.title, book, taken.python),
            ),
        ]
    )


def print_out(taken: Taken, title: str, ending: str) -> bytes:
    """The step's figures on one sheet, as SVG, PDF or PNG; a view in space becomes a plane."""
    from lab.figures import sheet
    from lab.figures.plate import plate
    from lab.figures.similarity import draw, on_paper

    flat = {**taken.choices, **({"view": "plane"} if taken.choices.get("view") == "space" else {})}
    return getattr(sheet, ending)(plate(on_paper(draw(taken.result, taken.table, **flat)), title))


def numbers(taken: Taken) -> bytes:
    """The numbers behind the step as CSV."""
    from lab.similarity.listing import listing

    labels = taken.table.labels(taken.choices.get("colour")) if taken.table else None
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(listing(taken.result, labels))
    return text.getvalue().encode()
