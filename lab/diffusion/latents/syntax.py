"""The syntax tree of an expression over pictures: frozen nodes, and how a tree is written.

Every node is a picture or a number. Numbers are constants, so the parser folds them: a number in the tree is
always a :class:`Number`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

PICTURE, NUMBER = "picture", "number"
POWERS = {"+": 1, "-": 1, "*": 2, "/": 2}


@dataclass(frozen=True)
class Number:
    """A constant."""

    value: float
    at: int = field(default=0, compare=False)
    kind = NUMBER
    power = 4

    def __str__(self) -> str:
        text = format(Decimal(repr(float(self.value))).normalize(), "f")
        return f"({text})" if self.value < 0 else text


@dataclass(frozen=True)
class Name:
    """A picture by its letter."""

    letter: str
    at: int = field(default=0, compare=False)
    kind = PICTURE
    power = 4

    def __str__(self) -> str:
        return self.letter


@dataclass(frozen=True)
class Negated:
    """Minus a picture."""

    of: Node
    at: int = field(default=0, compare=False)
    kind = PICTURE
    power = 3

    def __str__(self) -> str:
        return f"-{enclosed(self.of, 4)}"


@dataclass(frozen=True)
class Operation:
    """Two nodes with + - * or / between them; at least one is a picture, and only a number divides."""

    sign: str
    left: Node
    right: Node
    at: int = field(default=0, compare=False)
    kind = PICTURE

    @property
    def power(self) -> int:
        """How strongly the sign binds."""
        return POWERS[self.sign]

    def __str__(self) -> str:
        return f"{enclosed(self.left, self.power)} {self.sign} {enclosed(self.right, self.power + 1)}"


@dataclass(frozen=True)
class Call:
    """A function of :data:`~lab.diffusion.latents.functions.FUNCTIONS` and what it is given."""

    function: str
    arguments: tuple[Node, ...]
    at: int = field(default=0, compare=False)
    kind = PICTURE
    power = 4

    def __str__(self) -> str:
        return f"{self.function}({', '.join(map(str, self.arguments))})"


@dataclass(frozen=True)
class Channels:
    """A picture of which only some channels are kept; the others are 0."""

    of: Node
    channels: tuple[int, ...]
    at: int = field(default=0, compare=False)
    kind = PICTURE
    power = 4

    def __str__(self) -> str:
        return f"{enclosed(self.of, 4)}[{', '.join(map(str, self.channels))}]"


Node = Number | Name | Negated | Operation | Call | Channels


def enclosed(node: Node, power: int) -> str:
    """A node as text, in brackets where it binds less than `power`."""
    return f"({node})" if node.power < power else str(node)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes that a node is made of."""
    if isinstance(node, Operation):
        return node.left, node.right
    if isinstance(node, Call):
        return node.arguments
    return (node.of,) if isinstance(node, Negated | Channels) else ()


def letters(node: Node) -> tuple[str, ...]:
    """The pictures that an expression names, each once, in the order of the alphabet."""
    own = {node.letter} if isinstance(node, Name) else set()
    return tuple(sorted(own.union(*(letters(child) for child in children(node)))))


def channels_named(node: Node) -> tuple[int, ...]:
    """Every channel that an expression asks for, in order."""
    own = set(node.channels) if isinstance(node, Channels) else set()
    return tuple(sorted(own.union(*(channels_named(child) for child in children(node)))))
