"""The functions of the calculator: how each is written, what it takes, and within what limits."""

from __future__ import annotations

from dataclasses import dataclass

from lab.diffusion.latents.syntax import Node, Number
from lab.diffusion.latents.tokens import ExpressionError, Token


@dataclass(frozen=True)
class Function:
    """What a function takes, and what it does in one line.

    Parameters
    ----------
    written : str
        As one writes it.
    told : str
    pictures : tuple of int
        How many pictures at least and at most; they come first.
    numbers : tuple of (str, float, float)
        Name, least and greatest value of each number that follows; the last `optional` may be left out.
    optional : int
    """

    written: str
    told: str
    pictures: tuple[int, int] = (1, 1)
    numbers: tuple[tuple[str, float, float], ...] = ()
    optional: int = 0


SHARE = ("share", 0.0, 1.0)
FUNCTIONS = {
    "mean": Function("mean(a, b, ...)", "the mean of 1 to 8 pictures", (1, 8)),
    "lerp": Function(
        "lerp(a, b, t)", "the straight line from a (t = 0) to b (t = 1)", (2, 2), (("t", -2, 3),)
    ),
    "slerp": Function("slerp(a, b, t)", "the great circle from a to b", (2, 2), (("t", -2, 3),)),
    "noise": Function(
        "noise(a, level, seed)",
        "Gaussian noise as in training, level 0 (none) to 1 (nothing else); the seed may be left out",
        numbers=(("level", 0.0, 1.0), ("seed", 0.0, 2.0**32)),
        optional=1,
    ),
    "blur": Function("blur(a, r)", "a Gaussian of r picture pixels", numbers=(("radius", 0.0, 64.0),)),
    "mirror": Function("mirror(a)", "left and right exchanged"),
    "turn": Function("turn(a)", "half a turn, upside down"),
    "shift": Function(
        "shift(a, right, down)",
        "moved by shares of the width and the height; what leaves on one side comes in on the other",
        numbers=(("way to the right", -1.0, 1.0), ("way down", -1.0, 1.0)),
    ),
    "beside": Function("beside(a, b, s)", "the left share s of a, the rest of b", (2, 2), (SHARE,)),
    "above": Function("above(a, b, s)", "the upper share s of a, the rest of b", (2, 2), (SHARE,)),
    "abs": Function("abs(a)", "without signs"),
    "min": Function("min(a, b)", "the smaller number at each place", (2, 2)),
    "max": Function("max(a, b)", "the greater number at each place", (2, 2)),
}


def check(function: Function, arguments: list[Node], word: Token) -> None:
    """Refuse arguments that are too many, too few, of the wrong kind or out of their limits.

    Raises
    ------
    ExpressionError
        At the function's name, or at the number that is out of its limits.
    """
    count = next((i for i, node in enumerate(arguments) if isinstance(node, Number)), len(arguments))
    numbers = [node for node in arguments[count:] if isinstance(node, Number)]
    least, most = function.pictures
    fits = least <= count <= most and count + len(numbers) == len(arguments)
    if not fits or not len(function.numbers) - function.optional <= len(numbers) <= len(function.numbers):
        raise ExpressionError(word.at, f"{word.text} is written {function.written}.")
    for (name, low, high), node in zip(function.numbers, numbers, strict=False):
        if not low <= node.value <= high:
            raise ExpressionError(
                node.at or word.at,
                f"the {name} of {word.text} is {node.value:g}, but it must be from {low:g} to {high:g}.",
            )
