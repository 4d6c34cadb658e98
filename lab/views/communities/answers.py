"""What is found in a graph: shipped, known from before, or computed by the worker while one looks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import streamlit as st

from lab.catalog import ROOT
from lab.communities.archive import Found, from_json, kept
from lab.jobs import Ticket
from lab.views import stage
from lab.views.communities.graphs import Graph

SHIPPED = ROOT / "data" / "gallery" / "communities" / "recoveries.json"
AT_ONCE = 3000  # vertices up to which an answer is looked for without asking
KEPT = 64
VERTEX_SECONDS = 1.2e-3


@dataclass(eq=False)
class Known:
    """Recoveries by the keys of their graphs; the oldest are forgotten. Filled by the worker."""

    shipped: dict[str, Found]
    fresh: OrderedDict[str, Found] = field(default_factory=OrderedDict)

    def look_up(self, key: str) -> Found | None:
        """What is known of a graph."""
        return self.shipped.get(key) or self.fresh.get(key)

    def find(self, key: str, adjacency) -> Found:
        """What is known of a graph, or recovered now; imports torch."""
        if (found := self.look_up(key)) is None:
            from lab.communities import recover

            found = self.fresh[key] = kept(recover(adjacency))
            while len(self.fresh) > KEPT:
                self.fresh.popitem(last=False)
        return found


@st.cache_resource(show_spinner=False)
def known() -> Known:
    """Recoveries of this server, those that ship with the library included."""
    return Known(from_json(SHIPPED.read_text(encoding="utf-8")) if SHIPPED.is_file() else {})


@dataclass(frozen=True)
class Question:
    """What is asked of the engine: its words name the answer."""

    words: str

    def key(self) -> str:
        """Names the answer."""
        return self.words


def seconds(graph: Graph) -> float:
    """About how long a recovery takes."""
    return 1.5 + VERTEX_SECONDS * len(graph)


def ask(
    word: str,
    words: str,
    answer: Callable[[], Iterator[object]],
    expected: float,
    draw: Callable,
    at_once: bool,
) -> None:
    """Let the worker answer, at once or when a button is pressed, and draw the answer when it is there.

    Parameters
    ----------
    word : str
        Of the place on the page; it asks for one thing at a time.
    words : str
        Name the answer.
    answer : callable
        Yields the items of the answer, in the worker.
    expected : float
        Seconds.
    draw : callable
        Takes the items there are, as a tuple: none until the first has come.
    at_once : bool
        Whether to ask without a press.
    """

    def work(ticket: Ticket) -> Iterator[object]:
        for item in answer():
            yield item
            if ticket.cancelled:
                return

    render = stage.current(word)
    asked = render is not None and render.spec.key() == words
    if not asked and not at_once:
        draw(())
        told = f"Look, about {stage.spoken_seconds(expected)}"
        if st.button(told, type="primary", key=f"{word} go", icon=":material/search:"):
            stage.submit(word, Question(words), work, expected)
            st.rerun()
        return
    if not asked:
        stage.submit(word, Question(words), work, expected)

    def look(render: stage.Render | None) -> None:
        draw(render.items if render else ())
        if render and render.live:
            stage.progress(word, "answers", modelled=False)
        elif render and (render.failed or render.cancelled):
            stage.end(word, len(render.items) + 1, "answers")

    stage.polled(word, look)


def recovery(graph: Graph, draw: Callable[[Found | None], None], word: str = "communities") -> None:
    """Draw with what was found in the graph, and with nothing until it is found."""
    if found := known().look_up(graph.key()):
        draw(found)
        return

    def answer() -> Iterator[Found]:
        yield known().find(graph.key(), graph.adjacency)

    ask(
        word,
        graph.key(),
        answer,
        seconds(graph),
        lambda items: draw(items[0] if items else None),
        len(graph) <= AT_ONCE,
    )
