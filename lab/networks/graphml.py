"""GraphML, read event by event: no document type, no entities, nothing fetched, so nothing can blow up."""

from __future__ import annotations

from xml.parsers import expat

import numpy as np

DEPTH_MOST = 64


class _Refusal(ValueError):
    """What this library does not read, as a sentence."""


class _Reader:
    """Vertices and edges of the first graph of a document; hyperedges and ports are passed over."""

    def __init__(self, name: str, most_vertices: int, most_edges: int):
        self.name, self.most_vertices, self.most_edges = name, most_vertices, most_edges
        self.known: dict[str, int] = {}
        self.ends: list[int] = []
        self.depth = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.open
        self.parser.EndElementHandler = self.close
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.EntityDeclHandler = self.refuse

    def refuse(self, *_) -> None:
        raise _Refusal(
            f"{self.name} declares a document type or entities, which are not read: save it without."
        )

    def open(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEPTH_MOST:
            raise _Refusal(f"{self.name} is nested deeper than {DEPTH_MOST} levels, which is no GraphML.")
        kind = tag.rsplit(":", 1)[-1]
        if kind == "node" and "id" in attributes:
            self.known.setdefault(attributes["id"], len(self.known))
        elif kind == "edge" and "source" in attributes and "target" in attributes:
            pair = (attributes["source"], attributes["target"])
            self.ends += [self.known.setdefault(vertex, len(self.known)) for vertex in pair]
        if len(self.known) > self.most_vertices or len(self.ends) > 2 * self.most_edges:
            raise _Refusal(
                f"{self.name} is too large: the limits are {self.most_vertices} vertices and "
                f"{self.most_edges} edges."
            )

    def close(self, _tag: str) -> None:
        self.depth -= 1


def read_graphml(body: bytes, name: str, most_vertices: int, most_edges: int) -> tuple[list[str], np.ndarray]:
    """Names of the vertices, and the edges as pairs of their numbers, int64 (m, 2); directions are dropped.

    Raises
    ------
    ValueError
        If it is no XML, declares a document type or entities, or has more vertices or edges than allowed.
    """
    reader = _Reader(name, most_vertices, most_edges)
    try:
        reader.parser.Parse(body, True)
    except _Refusal:
        raise
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two of an encoding
        raise ValueError(f"{name} cannot be read as GraphML ({error}): save it again.") from None
    return list(reader.known), np.array(reader.ends, np.int64).reshape(-1, 2)
