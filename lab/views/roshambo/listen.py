"""Listen: a history as a string, and which characters ring in it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lab.roshambo import BOTS, play_match
from lab.roshambo.bots import sentence
from lab.roshambo.moves import read_moves, spell
from lab.roshambo.patterns import PLACES, Pattern
from lab.views import linked, links, takeaways
from lab.views.roshambo import lesson, ringing
from lab.views.roshambo.several import several, subset_of, text

STATE = st.session_state
OWN_TEXT = "your own"
SOURCES = {
    "rotation-up": "a pure wave (rotation)",
    "60-20-20": "a loaded die (60-20-20)",
    "switchbot": "switchbot",
    "random": "a fair die",
} | {name: name for name in BOTS if name not in ("rotation-up", "60-20-20", "switchbot", "random")}
READ = ("own 1", "theirs 1")
RULES = {
    "who": links.one_of(*SOURCES, OWN_TEXT),
    "n": links.whole(50, 1000),
    "s": links.whole(0, 999),
    "places": subset_of(list(PLACES)),
    "text": read_moves,
} | lesson.RULES
WORDS = r"""
A **character** of $(\mathbb Z/3)^m$ turns a word of past moves into a root of unity,
$\chi_a(x) = \omega^{a_1 x_1 + \dots + a_m x_m}$. Multiply it with the next move, add up over the game, and
divide:

$$
C_a \;=\; \frac1n \sum_t \omega^{\,y_t}\, \chi_a(x_t) .
$$

If the next move has nothing to do with the past, the terms are random arrows and $|C_a|^2$ is exponential
with mean $1/n$: the **walk** of partial sums stays near its beginning. If $y_t = -a\cdot x_t + \text{const}$,
all arrows point the same way and $|C_a| = 1$. All characters together know everything: they are the count
table, transformed, and the inverse transform gives it back. The **upper bound lemma** of Diaconis and
Shahshahani says how far from random a table is,
$\lVert P - U \rVert \le \tfrac12 \sqrt{\sum_{a \neq 0} |\hat P(a)|^2}$. The dotted line is what *one* random
character stays below 95 times in 100, the full line what the *loudest of all shown* does: who looks many
times is lucky sometimes.
"""
CODE = """import numpy as np
{imports}
from lab.roshambo.patterns import Pattern, spectrum

{histories}
pattern = Pattern({positions})
print(np.abs(spectrum(pattern, own, theirs)).round(3))"""
OF_A_BOT = """match = play_match(BOTS["random"]({other}), BOTS["{who}"]({seed}), {rounds})
own, theirs = match.first, match.second"""
OF_ONES_OWN = """theirs = read_moves("{moves}")
own = np.zeros(len(theirs), dtype=int)"""


def show() -> None:
    """A string, its spectrum, its walks, its portrait, the character table."""
    own, theirs, who = _source()
    places = several("Moves that are read", list(PLACES), READ, "places", max_selections=3)
    pattern = Pattern(tuple(PLACES[place] for place in places))
    if len(theirs) <= pattern.longest:
        raise ValueError(
            f"The history has {len(theirs)} rounds, but the pattern reads {pattern.longest} back: write more."
        )
    st.code(spell(theirs[:400]) + ("…" if len(theirs) > 400 else ""), language=None, wrap_lines=True)
    lesson.show_notes(theirs)
    ringing.show_spectrum(pattern, own, theirs)
    left, right = st.columns(2, gap="medium")
    with left:
        ringing.show_walks(pattern, own, theirs)
    with right:
        ringing.show_portrait(own, theirs)
    ringing.show_time(theirs)
    st.markdown(WORDS)
    lesson.show_turns()
    lesson.show_table()
    takeaways.code(*_code(who, theirs, places, pattern), "roshambo")


def _code(who, theirs, places, pattern) -> tuple[str, str]:
    """Python and shell for what is heard."""
    if who == OWN_TEXT:
        imports, moves = "from lab.roshambo.moves import read_moves", spell(theirs)
        histories, heard = OF_ONES_OWN.format(moves=moves), moves
    else:
        seed, imports = STATE["s"], "from lab.roshambo import BOTS, play_match"
        histories = OF_A_BOT.format(other=seed + 1, who=who, seed=seed, rounds=len(theirs))
        heard = f"{who} --rounds {len(theirs)} --seed {seed}"
    read = " ".join(f'"{place}"' for place in places)
    python = CODE.format(imports=imports, histories=histories, positions=pattern.positions)
    return python, f"python -m lab roshambo --listen {heard} --places {read} --out out/roshambo"


def _source():
    """Both histories and the name of the player one listens to."""
    left, middle, right = st.columns([2, 1, 1], vertical_alignment="bottom")
    with left:
        who = linked.choice(st.selectbox, "Listen to", SOURCES | {OWN_TEXT: "a history of your own"}, "who")
    if who == OWN_TEXT:
        theirs = read_moves(text("Moves: R, P, S or 0, 1, 2", "RPSRPSSRP" * 4, "text"))
        if len(theirs) < 10:
            raise ValueError(f"The history has {len(theirs)} moves; 10 or more can be listened to.")
        if len(theirs) > 5000:
            raise ValueError(f"The history has {len(theirs)} moves; the limit is 5000: take some out.")
        return np.zeros(len(theirs), dtype=np.int8), np.array(theirs, dtype=np.int8), who
    rounds = linked.number("Rounds", 50, 1000, 300, "n", middle, step=50)
    seed = linked.number("Seed", 0, 999, 0, "s", right)
    if told := sentence(who):
        st.caption(f"{who}: {told} Its opponent plays at random.")
    return *_played(who, rounds, seed), who


@st.cache_data(show_spinner=False, max_entries=64)
def _played(who: str, rounds: int, seed: int):
    match = play_match(BOTS["random"](seed + 1), BOTS[who](seed), rounds)
    return match.first, match.second
