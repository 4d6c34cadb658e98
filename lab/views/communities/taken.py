"""What a visitor takes home from the communities room: code, command, labels, the graph itself."""

from __future__ import annotations

import csv
import io
import shlex

from lab.communities.ordering import edge_ends
from lab.views import takeaways
from lab.views.communities import answers, graphs
from lab.views.communities.graphs import Graph

WORD = "communities"


def offer(graph: Graph, looked: str) -> None:
    """Show the code and the files; the labels are there once they were recovered."""
    python = graphs.python(graph)
    needed = "" if "recover(" not in looked else "from lab.communities import recover\n"
    takeaways.code(f"{needed}{python}\n{looked}", command(graph), WORD)
    found = answers.known().look_up(graph.key())
    offers = [takeaways.Download("Edges (CSV)", "edges.csv", "text/csv", lambda: edges(graph))]
    if found is not None:
        offers.insert(
            0, takeaways.Download("Labels (CSV)", "labels.csv", "text/csv", lambda: labels(graph, found))
        )
    takeaways.downloads(offers)


def command(graph: Graph) -> str:
    """The shell command that recovers the same groups."""
    return shlex.join(["python", "-m", "lab", WORD, *graphs.flags(graph), "--out", f"out/{WORD}"])


def labels(graph: Graph, found) -> bytes:
    """One line for each vertex: its group, how sure that is, and the hidden group where there is one."""
    names = graph.names or range(len(graph))
    header = ["vertex", "group", "certainty"] + (["hidden"] if graph.truth is not None else [])
    columns = [names, found.labels.tolist(), found.certainty.round(4).tolist()]
    columns += [graph.truth.tolist()] if graph.truth is not None else []
    return _table(header, zip(*columns, strict=True))


def edges(graph: Graph) -> bytes:
    """One line for each edge: a file that the room reads again."""
    names = graph.names or range(len(graph))
    return _table(
        ("source", "target"), ((names[a], names[b]) for a, b in edge_ends(graph.adjacency) if a < b)
    )


def _table(header, rows) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()
