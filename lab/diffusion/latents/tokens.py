"""The pieces of an expression, and the one kind of error that speaks of a place in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

TOKEN = re.compile(r"\s*(?:(?P<number>\d+\.?\d*|\.\d+)|(?P<word>[^\W\d_]\w*)|(?P<sign>[-+*/()\[\],]))", re.A)
TYPOGRAPHY = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "÷": "/", ";": ","})


class ExpressionError(ValueError):
    """One sentence about an expression, with the place and the mend; ``at`` counts characters from 1."""

    def __init__(self, at: int, told: str):
        super().__init__(f"Character {at}: {told}")
        self.at = at


@dataclass(frozen=True)
class Token:
    """A piece of the text; ``kind`` is number, word, sign or end."""

    kind: str
    text: str
    at: int


def tokenise(text: str) -> list[Token]:
    """Numbers, words and signs of a text, and a last token that marks its end."""
    plain, place, tokens = text.translate(TYPOGRAPHY).rstrip(), 0, []
    while place < len(plain):
        match = TOKEN.match(plain, place)
        if match is None:
            at = place + len(plain[place:]) - len(plain[place:].lstrip())
            raise ExpressionError(
                at + 1, f"{text[at]!r} means nothing here; write letters, numbers and + - * / ( ) [ ] , only."
            )
        kind = str(match.lastgroup)
        tokens.append(Token(kind, match.group(kind), match.start(kind) + 1))
        place = match.end()
    return [*tokens, Token("end", "the end", len(plain) + 1)]
