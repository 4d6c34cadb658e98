"""A visitor's own graph, read from an edge list, a CSV file or GraphML, within bounds."""

from __future__ import annotations

import io
from itertools import islice

import numpy as np

from lab.networks.graphml import read_graphml
from lab.networks.network import Network, linked
from lab.uploaded import check_size, check_text, decoded

MOST_BYTES = 20 * 2**20
MOST_VERTICES = 100_000
MOST_EDGES = 1_000_000
LONGEST_NAME = 60
HEADERS = {"source", "from", "a", "tail", "src", "node1", "u", "id1", "vertex1", "von", "target"}
COMMENTS = ("#", "%", "//")


def read_network(body: bytes, name: str) -> Network:
    """Undirected network from the bytes of a file.

    An edge list has two names a line, separated by spaces, tabs, commas, semicolons or bars; what follows (a
    weight) is passed over, lines that begin with ``#`` or ``%`` are comments, a first line such as
    ``source,target`` is a header. GraphML is told by its ending, or by its first letters.

    Parameters
    ----------
    body : bytes
    name : str
        Of the file.

    Raises
    ------
    ValueError
        One sentence, where the file is too large, empty, damaged or no graph.
    """
    check_size(body, name, MOST_BYTES, "bring a part")
    check_text(body, name, "bring an edge list, CSV or GraphML")
    begin = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    xml = name.lower().endswith((".graphml", ".xml")) or begin.startswith(
        (b"<?xml", b"<graphml", b"<!doctype")
    )
    vertices, pairs = read_graphml(body, name, MOST_VERTICES, MOST_EDGES) if xml else _lines(body, name)
    if not len(pairs):
        raise ValueError(f"{name} has no edge: each line needs two names, or the GraphML some edges.")
    return linked(tidy(name), [tidy(vertex) for vertex in vertices], pairs)


def _lines(body: bytes, name: str) -> tuple[list[str], np.ndarray]:
    """Vertices in the order they are met, and pairs of their numbers."""
    lines = io.StringIO(decoded(body, name))
    kept = (line for line in lines if line.strip() and not line.lstrip().startswith(COMMENTS))
    first = list(islice(kept, 1))
    if not first:
        raise ValueError(f"{name} has no edge: each line needs two names.")
    split = _splitter(first[0])
    head = [word.strip(' "\r\n').lower() for word in split(first[0])]
    rows = kept if len(head) > 1 and head[0] in HEADERS else (line for part in (first, kept) for line in part)
    known: dict[str, int] = {}
    ends: list[int] = []
    for number, line in enumerate(rows, start=1):
        words = [word.strip(' "\r\n') for word in split(line)]
        if len(words) < 2 or not words[0] or not words[1]:
            raise ValueError(
                f"Line {number} of {name} has one name, but an edge needs two: {line.strip()[:40]!r}."
            )
        ends += [known.setdefault(word, len(known)) for word in words[:2]]
        if len(known) > MOST_VERTICES or len(ends) > 2 * MOST_EDGES:
            raise ValueError(
                f"{name} is too large: the limits are {MOST_VERTICES} vertices and {MOST_EDGES} edges."
            )
    return list(known), np.array(ends, np.int64).reshape(-1, 2)


def _splitter(line: str):
    """How a line of this file is cut into words."""
    mark = max(",;\t|", key=line.count)
    return (lambda text: text.split(mark)) if mark in line else str.split


def tidy(label: str) -> str:
    """A name that can be shown anywhere: one line, bounded, without characters that a page reads as marks."""
    plain = " ".join(str(label).split()).translate(str.maketrans("<>$`[]", "‹›＄'()"))
    return plain[:LONGEST_NAME] or "unnamed"
