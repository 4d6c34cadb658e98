"""Shapes, large numbers and durations in words, and the box of the diagram that they stand in."""

from __future__ import annotations

from lab.diffusion.anatomy import Part


def times(*sides: int) -> str:
    """A shape as one writes it: 12 × 16 × 16."""
    return " × ".join(map(str, sides))


def short(number: float) -> str:
    """A large number in thousands, millions or billions."""
    for unit, name in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"), (1e3, " thousand")):
        if number >= unit:
            return f"{number / unit:.3g}{name}"
    return f"{number:.0f}"


def span(seconds: float) -> str:
    """A duration to three digits: 12.3 ms, 4.56 s."""
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def box(title: str, shape: str, facts: list[str], *sentences: str) -> dict:
    """One box."""
    return {"title": title, "shape": shape, "facts": facts, "sentences": list(sentences)}


def cost(part: Part | None) -> list[str]:
    """What a sub-model cost in this run, if it is known yet."""
    if part is None:
        return []
    calls = f"{part.calls} calls" if part.calls > 1 else "1 call"
    return [
        f"{short(part.parameters)} parameters",
        f"{short(part.multiply_adds)} multiply-adds a call",
        f"{calls} in {span(part.seconds)}",
    ]
