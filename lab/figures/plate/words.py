"""Words of the screen as words for print: without marks, in the letters that the type has."""

from __future__ import annotations

import re

PRINTED = str.maketrans(
    {"−": "–", "‖": "|", "ᵀ": "'", "λ": "lambda", "Σ": "sum of ", "→": "", "≥": ">=", "₂": "2"}
)


def plain(text: str) -> str:
    """Text without tags and in the letters of print."""
    return re.sub(r"<[^>]*>", "", text).translate(PRINTED).strip()


def lines(text: str) -> list[str]:
    """The same, line by line."""
    return [plain(part) for part in re.split(r"<br\s*/?>", text)]
