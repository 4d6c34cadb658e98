"""The lesson under what one hears: turns of a triangle, the table of characters, a history as notes."""

from __future__ import annotations

import streamlit as st

from lab.figures import roshambo as figures
from lab.roshambo import sound
from lab.roshambo.characters import turn, words
from lab.views import linked, links, page

NOTES = 60  # rounds written down
RULES = {"turn": links.whole(0, 2), "then": links.whole(0, 2), "m": links.whole(1, 4)}
TURNS = r"""
Turn the triangle by $k$ thirds, and the move $y$ goes where $y + k$ was. Two turns, one after the other, are
one turn by the sum: this is the group $\mathbb Z/3$. On functions of the three moves a turn is a permutation
matrix $\rho(k)$, and three directions $v_j = (1, \omega^{-j}, \omega^{-2j})$ are only multiplied by it:

$$
\rho(k)\, v_j \;=\; \omega^{jk}\, v_j \;=\; \chi_j(k)\, v_j , \qquad j = 0, 1, 2 .
$$

So the representation falls apart into three of dimension one, and all that is left of each is a number, its
**character** $\chi_j$. Irreducible representations of a commutative group always have dimension one. A
pattern that reads $m$ moves has one triangle for each: the group is $(\mathbb Z/3)^m$, and its $3^m$
characters are the products $\chi_{a_1}(x_1) \cdots \chi_{a_m}(x_m)$.
"""


def show_notes(theirs) -> None:
    """The history as notes on three lines, and as sound on a click."""
    page.figure(
        figures.draw_score(theirs[:NOTES].tolist(), page.colours()),
        "notes",
        f"The first {len(theirs[:NOTES])} rounds as notes on three lines: a wave is a tune that repeats, a "
        "fair die is not.",
    )
    asked = st.button("Hear it", icon=":material/volume_up:", key="hear")
    place = st.empty()  # so that what stands below stays open
    if asked:
        place.audio(sound.as_wav(sound.melody(theirs)), format="audio/wav", autoplay=True)


def show_turns() -> None:
    """The triangle turned twice, and what is left of a turn."""
    with st.expander("The turns of a triangle", icon=":material/change_history:"):
        left, right = st.columns(2)
        first = linked.number("Turn it by (thirds)", 0, 2, 1, "turn", left)
        second = linked.number("And then by", 0, 2, 1, "then", right)
        whole = (first + second) % 3
        titles = ("as it was", f"turned by {first}", f"and by {second}: {first} + {second} = {whole} in Z/3")
        page.figure(
            figures.draw_turns((0, first, first + second), titles, page.colours()),
            "turns",
            f"A triangle with corners R, P, S, turned by {first} thirds, and then by {second}.",
        )
        rows = r" \\ ".join(" & ".join(map(str, row)) for row in turn(whole).tolist())
        values = r",\quad ".join(rf"\chi_{j}({whole}) = {_root(j * whole)}" for j in range(3))
        st.latex(rf"\rho({whole}) = \begin{{pmatrix}} {rows} \end{{pmatrix}}, \qquad {values}")
        st.markdown(TURNS)


def show_table() -> None:
    """The character table of a chosen number of letters."""
    with st.expander("The character table", icon=":material/grid_on:"):
        m = linked.number("Letters m", 1, 4, 2, "m")
        letters = words(m)
        names = ["".join(map(str, word)) for word in letters]
        page.figure(
            figures.draw_characters(letters @ letters.T % 3, names, page.colours()),
            "characters",
            f"The {3**m} by {3**m} table of characters, three colours for the three roots of unity.",
            "Rows are orthogonal: two different ones have the (Hermitian) product 0, a row with itself "
            f"{3**m}.",
        )


def _root(power: int) -> str:
    """A power of omega in LaTeX."""
    return ("1", r"\omega", r"\omega^2")[power % 3]
