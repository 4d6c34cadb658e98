"""Refine: the neighbours of a picture, proposed again and again.

Directions are drawn from a hash of where one stands, so the same place, asked the same question, has the same
neighbours on every machine; another round asks for others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lab.diffusion import folder
from lab.diffusion.librarian.picture import KINDS, SIZE_MOST, Move, PictureSpec, single
from lab.diffusion.librarian.tree import Tree
from lab.diffusion.spec import Sampling, check_choice, check_count, check_number

COUNT = 6  # a hexagon has six walls
ROUNDS_MOST = 1000
SIZES = {"near": 0.5, "middle": 1.0, "far": 2.0}
SHORTEST_WORD = 4  # letters; shorter ones are mostly prepositions
SILENT = frozenset("with into between near under about mostly half somebody somewhere".split())
WORDS = tuple(
    "dawn dusk night noon spring summer autumn winter rain snow fog storm sunlight moonlight candlelight "
    "shadow gold silver blue red green pastel neon sepia painting watercolour engraving collage blueprint "
    "photograph drawing mosaic ancient ruined crowded empty distant close dreamlike geometric ornate".split()
)  # for a model that has no list of words


def propose(
    spec: PictureSpec, kinds: Sequence[str], size: float, words: Iterable[str] = (), round: int = 0
) -> list[Move]:
    """Six moves away from a picture.

    Parameters
    ----------
    spec : PictureSpec
    kinds : sequence of str
        Kinds of moves, names of :data:`KINDS`; taken in turn.
    size : float
        Of each move.
    words : iterable of str
        Words the model knows; some that every large model knows if empty.
    round : int
        0 for the first six, 1 for six others ...
    """
    rest = [word for word in sorted(words) or WORDS if _tells(word, spec)]
    order = sorted(rest, key=lambda word: _drawn(spec, word))
    moves = []
    for place in range(COUNT):
        kind = kinds[place % len(kinds)]
        number = COUNT * round + place
        if kind == "word" and order:
            moves.append(Move("word", size, word=order[number % len(order)]))
        else:
            moves.append(Move("noise" if kind == "noise" else "embedding", size, _drawn(spec, str(number))))
    return moves


def _tells(word: str, spec: PictureSpec) -> bool:
    """Whether a word may change the picture: long enough, of letters, and not said yet."""
    said = spec.prompt.lower() + " " + " ".join(move.word for move in spec.moves)
    return len(word) >= SHORTEST_WORD and word.isalpha() and word not in SILENT and word not in said


def _drawn(spec: PictureSpec, salt: str) -> int:
    """A number from 0 to 2^32 - 1 that belongs to this place and this question."""
    told = f"{spec.prompt} {spec.seed} {' '.join(map(str, spec.moves))} {salt}"
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:4], "big")


@dataclass(frozen=True)
class RefineSpec(Sampling):
    """A place in a tree and the question for its neighbours.

    Parameters
    ----------
    prompt : str
    tree : str
        The branches, as :class:`~lab.diffusion.librarian.tree.Tree` writes them.
    at : int
        Number of the node one stands at.
    kinds : tuple of str
        Kinds of moves.
    size : float
        Of the moves.
    round : int
        0 for the first six neighbours, 1 for six others ...
    seed, steps, guidance, scheduler, negative, model
        As in ``PictureSpec``.
    """

    prompt: str
    tree: str = ""
    at: int = 0
    kinds: tuple[str, ...] = tuple(KINDS)
    size: float = SIZES["middle"]
    round: int = 0
    seed: int = 42
    steps: int | None = None
    guidance: float | None = None
    scheduler: str | None = None
    negative: str = ""
    model: str = "babel"

    def validate(self) -> RefineSpec:
        """Return the spec itself, or raise ``ValueError`` with the value, the limit and the mend."""
        grown = self.grown_tree()
        check_count("the picture one stands at", self.at, 0, len(grown) - 1)
        check_count("rounds", self.round, 0, ROUNDS_MOST)
        check_number("size of a move", self.size, 0.01, SIZE_MOST)
        if not self.kinds:
            raise ValueError(f"No kind of move is chosen; choose one of {', '.join(KINDS)}.")
        for kind in self.kinds:
            check_choice("kind of move", kind, KINDS)
        return self

    def grown_tree(self) -> Tree:
        """The tree."""
        return Tree.read(PictureSpec(self.prompt, **single(self)), self.tree)

    def moves(self) -> list[Move]:
        """The six moves away from where one stands, towards words that the model knows."""
        words = folder.vocabulary(folder.locate(self.model))
        return propose(self.grown_tree().spec(self.at), self.kinds, self.size, words, self.round)

    def pictures(self) -> list[PictureSpec]:
        """Where one stands, its six neighbours, and every other picture of the tree."""
        tree = self.grown_tree()
        here = tree.spec(self.at)
        around = [replace(here, moves=(*here.moves, move)) for move in self.moves()]
        return [here, *around, *(tree.spec(node) for node in range(len(tree)) if node != self.at)]
