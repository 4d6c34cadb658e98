"""Expressions over pictures, ``a - b + c`` or ``lerp(a, b, 0.3)``: text in, a frozen syntax tree out.

A tokeniser and a recursive descent; nothing is ever executed. Grammar::

    sum      = product { ("+" | "-") product }
    product  = signed { ("*" | "/") signed }
    signed   = ("-" | "+") signed | indexed
    indexed  = atom { "[" whole { "," whole } "]" }
    atom     = number | letter | function "(" sum { "," sum } ")" | "(" sum ")"

Numbers are folded as they are read, so each is checked against its limits where it stands.
"""

from __future__ import annotations

import math
from typing import NoReturn

from lab.diffusion.latents import syntax
from lab.diffusion.latents.functions import FUNCTIONS, check
from lab.diffusion.latents.syntax import Node, Number
from lab.diffusion.latents.tokens import ExpressionError, Token, tokenise

CHARACTERS_MOST = 300
DEPTH_MOST = 24
NUMBER_MOST = 1e6
CHANNELS_MOST = 64
SHOWN = 20  # characters of what was typed that are repeated


def parse(text: str, names: tuple[str, ...]) -> Node:
    """Syntax tree of an expression that makes a picture.

    Parameters
    ----------
    text : str
    names : tuple of str
        Letters of the pictures there are.

    Raises
    ------
    ExpressionError
        A ``ValueError`` of one sentence with the position and the mend.
    """
    if not isinstance(text, str) or not text.strip():
        raise ExpressionError(1, "there is no expression; write one over the pictures, for example -a.")
    if len(text) > CHARACTERS_MOST:
        raise ExpressionError(
            CHARACTERS_MOST, f"the expression has {len(text)} characters, the limit is {CHARACTERS_MOST}."
        )
    parser = Parser(tokenise(text), names)
    node = parser.sum()
    if parser.next.kind != "end":
        parser.refuse(f"{parser.next.text!r} is one too many; put + - * / before it or take it out")
    if isinstance(node, Number):
        raise ExpressionError(1, f"the result is a number, {node.value:g}; name a picture: {said(names)}.")
    return node


def said(names: tuple[str, ...]) -> str:
    """The letters there are, in words."""
    return f"there is only {names[0]}" if len(names) == 1 else f"there are {', '.join(names)}"


class Parser:
    """The recursive descent, one method for each rule of the grammar."""

    def __init__(self, tokens: list[Token], names: tuple[str, ...]):
        self.tokens, self.names, self.place, self.depth = tokens, names, 0, 0

    @property
    def next(self) -> Token:
        """The token that is read next."""
        return self.tokens[self.place]

    def refuse(self, told: str, token: Token | None = None) -> NoReturn:
        """Raise the sentence about a token, the next one if none is given."""
        raise ExpressionError((token or self.next).at, f"{told}.")

    def take(self, *signs: str) -> Token | None:
        """The next token if it is one of these signs."""
        token = self.next
        if token.kind != "sign" or token.text not in signs:
            return None
        self.place += 1
        return token

    def close(self, sign: str, opened: Token) -> None:
        """Read the bracket that ends what `opened` began."""
        if not self.take(sign):
            self.refuse(f"{sign!r} is missing for the {opened.text!r} at character {opened.at}")

    def sum(self) -> Node:
        """Products with + and - between them."""
        self.depth += 1
        if self.depth > DEPTH_MOST:
            self.refuse(f"the brackets are nested more than {DEPTH_MOST} deep; write it flatter")
        node = self.product()
        while sign := self.take("+", "-"):
            node = self.joined(sign, node, self.product())
        self.depth -= 1
        return node

    def product(self) -> Node:
        """Signed terms with * and / between them."""
        node = self.signed()
        while sign := self.take("*", "/"):
            node = self.joined(sign, node, self.signed())
        return node

    def signed(self) -> Node:
        """A term with its signs."""
        minus = False
        first = self.next
        while sign := self.take("-", "+"):
            minus ^= sign.text == "-"
        node = self.indexed()
        if not minus:
            return node
        return Number(-node.value, first.at) if isinstance(node, Number) else syntax.Negated(node, first.at)

    def indexed(self) -> Node:
        """An atom and the channels that are kept of it."""
        node = self.atom()
        while opened := self.take("["):
            if isinstance(node, Number):
                self.refuse("a number has no channels; index a picture, as in a[0]", opened)
            channels = [self.whole()]
            while self.take(","):
                channels.append(self.whole())
            self.close("]", opened)
            node = syntax.Channels(node, tuple(sorted(set(channels))), opened.at)
        return node

    def whole(self) -> int:
        """The number of a channel."""
        token = self.next
        if token.kind != "number" or not token.text.isdigit() or int(token.text) >= CHANNELS_MOST:
            self.refuse(
                f"a channel is a whole number from 0, as in a[0] or a[0, 2], not {token.text[:SHOWN]!r}"
            )
        self.place += 1
        return int(token.text)

    def atom(self) -> Node:
        """A number, a picture, a function or a bracket."""
        token = self.next
        self.place += token.kind != "end"
        if token.kind == "number":
            return self.number(float(token.text), token)
        if token.kind == "word":
            return self.call(token) if self.next.text == "(" else self.letter(token)
        if token.text == "(":
            node = self.sum()
            self.close(")", token)
            return node
        where = "the expression ends" if token.kind == "end" else f"there is {token.text!r}"
        raise ExpressionError(token.at, f"{where} where a picture, a number or a bracket is missing.")

    def letter(self, token: Token) -> Node:
        """A picture by its letter."""
        if token.text in FUNCTIONS:
            self.refuse(f"{token.text} wants brackets: {FUNCTIONS[token.text].written}", token)
        if token.text not in self.names:
            self.refuse(f"there is no picture {token.text[:SHOWN]!r}; {said(self.names)}", token)
        return syntax.Name(token.text, token.at)

    def call(self, word: Token) -> Node:
        """A function and what it is given, checked against what it takes."""
        function = FUNCTIONS.get(word.text)
        if function is None:
            self.refuse(f"there is no function {word.text[:SHOWN]!r}; there are {', '.join(FUNCTIONS)}", word)
        opened = self.next
        self.take("(")
        arguments = [self.sum()]
        while self.take(","):
            arguments.append(self.sum())
        self.close(")", opened)
        check(function, arguments, word)
        return syntax.Call(word.text, tuple(arguments), word.at)

    def joined(self, sign: Token, left: Node, right: Node) -> Node:
        """Two nodes with a sign between them; two numbers become one."""
        if sign.text == "/" and not isinstance(right, Number):
            self.refuse("a picture cannot divide, it may be 0 somewhere; divide by a number", sign)
        if sign.text == "/" and isinstance(right, Number) and right.value == 0:
            self.refuse("this divides by 0; divide by another number", sign)
        if not isinstance(left, Number) or not isinstance(right, Number):
            return syntax.Operation(sign.text, left, right, sign.at)
        x, y = left.value, right.value
        value = {"+": x + y, "-": x - y, "*": x * y}[sign.text] if sign.text != "/" else x / y
        return self.number(value, sign)

    def number(self, value: float, token: Token) -> Number:
        """A constant within its limit."""
        if not math.isfinite(value) or abs(value) > NUMBER_MOST:
            self.refuse(f"a number has to stay within {NUMBER_MOST:.0f}; take a smaller one", token)
        return Number(value, token.at)
