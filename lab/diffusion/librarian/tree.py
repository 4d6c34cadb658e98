"""The path of a search as a tree: every picture that was chosen, and from which one it was reached.

A node is its parent's number and one move, so each can be made again from the root alone. A node keeps its
number for ever; walking back is choosing a smaller one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from lab.diffusion.librarian.picture import MOVES_MOST, Move, PictureSpec

NODES_MOST = 64
WRITTEN = re.compile(r"(\d{1,3})([wen].+)")


@dataclass(frozen=True)
class Tree:
    """A tree of pictures; node 0 is the root.

    Parameters
    ----------
    root : PictureSpec
        Where the search began.
    branches : tuple of (int, Move)
        For node k + 1 its parent's number, smaller than its own, and the move from there.
    """

    root: PictureSpec
    branches: tuple[tuple[int, Move], ...] = ()

    def __len__(self) -> int:
        """Number of nodes."""
        return len(self.branches) + 1

    def validate(self) -> Tree:
        """Return the tree itself, or raise ``ValueError`` with the value, the limit and the mend."""
        self.root.validate()
        if len(self) > NODES_MOST:
            raise ValueError(
                f"The tree has {len(self)} pictures, the limit is {NODES_MOST}; begin a new one."
            )
        for node, (parent, move) in enumerate(self.branches, start=1):
            if not 0 <= parent < node:
                raise ValueError(
                    f"Picture {node} of the tree hangs on {parent}, which does not come before it."
                )
            move.validate()
        return self

    def parent(self, node: int) -> int | None:
        """Number of the node it was reached from; None for the root."""
        return self.branches[node - 1][0] if node else None

    def path(self, node: int) -> list[int]:
        """Nodes from the root to this one, both included."""
        way = [node]
        while (before := self.parent(way[0])) is not None:
            way.insert(0, before)
        return way

    def children(self, node: int) -> list[int]:
        """Nodes reached from this one, in the order of choosing."""
        return [number for number, (parent, _) in enumerate(self.branches, start=1) if parent == node]

    def spec(self, node: int) -> PictureSpec:
        """Call number of a node's picture: the root's, and all moves on the way."""
        moves = tuple(self.branches[step - 1][1] for step in self.path(node)[1:])
        return replace(self.root, moves=self.root.moves + moves)

    def grown(self, node: int, move: Move) -> tuple[Tree, int]:
        """The tree with one more node, and its number; one that is there already is not added twice."""
        for child in self.children(node):
            if self.branches[child - 1][1] == move:
                return self, child
        if len(self.path(node)) > MOVES_MOST:
            raise ValueError(
                f"The path is {MOVES_MOST} moves long, which is the limit; take the picture as a root."
            )
        return replace(self, branches=(*self.branches, (node, move))).validate(), len(self)

    def __str__(self) -> str:
        """The branches as they stand in a link: ``0w100-fog~1n50-77``."""
        return "~".join(f"{parent}{move}" for parent, move in self.branches)

    @classmethod
    def read(cls, root: PictureSpec, text: str) -> Tree:
        """The tree that ``str`` wrote, grown from ``root``; ``ValueError`` if it is none."""
        branches = []
        for part in filter(None, text.split("~")):
            found = WRITTEN.fullmatch(part)
            if not found:
                raise ValueError(f"The tree has a branch {part[:40]!r}, but it must look like 0w100-fog.")
            branches.append((int(found[1]), Move.read(found[2])))
        return cls(root, tuple(branches)).validate()

    def to_json(self) -> str:
        """The tree as JSON, the spec of every picture written out."""
        nodes = [
            {"node": k, "parent": self.parent(k), "spec": asdict(self.spec(k))} for k in range(len(self))
        ]
        return json.dumps({"root": asdict(self.root), "branches": str(self), "nodes": nodes}, indent=1)

    @classmethod
    def from_json(cls, text: str | bytes) -> Tree:
        """The tree that :meth:`to_json` wrote; ``ValueError`` if it is none."""
        try:
            kept = json.loads(text)
            root, branches = PictureSpec.from_recipe(kept["root"]), kept["branches"]
        except (ValueError, KeyError, TypeError, AttributeError):
            kept = None
        if not isinstance(kept, Mapping) or not isinstance(branches, str):
            raise ValueError("The file holds no tree; choose a JSON file that was saved here.")
        return cls.read(root, branches)
