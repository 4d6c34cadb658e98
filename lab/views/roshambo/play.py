"""Play: a person at the table, a machine that listens, and what it thought."""

from __future__ import annotations

import json
import secrets

import streamlit as st

from lab.catalog import ROOT
from lab.roshambo import BOTS
from lab.roshambo.diaconis.mind import Temper
from lab.roshambo.game import LESSONS, NOVICE, VETERAN, Game
from lab.roshambo.moves import NAMES, distribution, spell
from lab.views import linked, links, takeaways
from lab.views.roshambo import board, portrait

STATE = st.session_state
GAME = "roshambo game"
SHOWN = ROOT / "data" / "gallery" / "roshambo" / "match.json"
OPPONENTS = {NOVICE: "Diaconis, a novice", VETERAN: "Diaconis, a veteran"} | {name: name for name in BOTS}
RULES = {"opponent": links.one_of(*OPPONENTS), "think": links.one_of("true", "false")}
SPEAK = {
    "their next move": "you",
    "their next move, of late": "you, lately",
    "own next move": "what I would do",
    "own next move, of late": "what I would do, lately",
}
TEMPER = Temper()
LEFT = TEMPER.slack + TEMPER.width / 2  # points
HOW = f"""
Press **R**, **P**, **S** or **1**, **2**, **3**, or touch a hand. The machine has chosen before you do: the
hash of its move stands on the table first, and the move with its random word is shown afterwards, so that
you can check it (`echo -n "R 0123…" | sha256sum`). A **novice** knows nothing but this game; a **veteran**
has played {LESSONS} rounds against each of several bots that err the way people do. Neither has a secret but
its dice: the more its plans have lost, the less it trusts them, so that even somebody who runs a copy of its
code takes about {LEFT:.0f} points on average, and no more.
"""
MATHEMATICS = r"""
Call your move $y$ and write it as $\omega^y$ with $\omega = e^{2\pi i/3}$. All that is worth knowing of it is
**one complex number**, $z = \mathbb E\,[\omega^{y}]$, a point in the triangle: the answer $a$ gains
$-\tfrac{2}{\sqrt 3}\,\operatorname{Im}(z\,\omega^{-a})$ on average. Against pure luck a round pays $1$, $0$
or $-1$ with equal chances, variance $2/3$; after $n$ rounds 95 % of lucky scores lie within
$2\sqrt{2/3}\,\sqrt n \approx 1.63 \sqrt n$. Leave the band below, and it has heard something of you.
"""
CODE = """from lab.roshambo.game import Game

game = Game("{opponent}", seed=7)
print(game.promise.hash)   # the bot has moved
game.play({move})               # now you: 0 rock, 1 paper, 2 scissors
print(game.kept.text, game.score, game.thinking())"""


def show() -> None:
    """The table, the thoughts, the portrait."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        opponent = linked.choice(st.selectbox, "Your opponent", OPPONENTS, "opponent")
    with right:
        linked.switch("See what it was thinking", False, "think")
    if GAME not in STATE or STATE[GAME].opponent != opponent:
        STATE[GAME] = Game(opponent, secrets.randbelow(2**31))
    _table()
    with st.container(horizontal=True):
        st.button("New game", icon=":material/replay:", on_click=_anew, key="new game")
        st.button("Paint my portrait", icon=":material/palette:", key="paint")
    portrait.show(STATE[GAME])
    with st.expander("How to play, and the mathematics", icon=":material/function:"):
        st.markdown(HOW)
        st.markdown(MATHEMATICS)
    takeaways.code(
        CODE.format(opponent=opponent, move=0),
        "python -m lab roshambo --bot diaconis --against win-stay-lose-shift --rounds 1000 --seed 7 "
        "--out out/roshambo",
        "roshambo",
    )


@st.fragment
def _table() -> None:
    """The table; only this is drawn anew after a move."""
    game = STATE[GAME]
    board.lay(seen(game), _moved)
    if game.full:
        st.caption("The table is full: begin a new game.")


def _moved() -> None:
    """Take the visitor's move, if it belongs to the round that is being played."""
    asked, game = STATE["board"].get("move"), STATE[GAME]
    if not asked or asked.get("round") != len(game.person) or game.full:
        return
    if asked.get("move") in (0, 1, 2):
        game.play(int(asked["move"]))


def _anew() -> None:
    STATE[GAME] = Game(STATE[GAME].opponent, secrets.randbelow(2**31))


def seen(game: Game) -> dict:
    """What the table shows of a game; nothing of the move to come but its hash."""
    kept = None if game.kept is None else {"text": game.kept.text, "hash": game.kept.hash}
    return {
        "game": game.label,
        "opponent": OPPONENTS[game.opponent],
        "person": spell(game.person),
        "bot": spell(game.bot),
        "promise": game.promise.hash,
        "kept": kept,
        "full": game.full,
        "thought": _spoken(game) if STATE.get("think") else None,
    } | _ghost()


def _spoken(game: Game) -> dict | None:
    """What the machine had expected of the last round, in words."""
    thought = game.thought
    if thought is None:
        return None
    chances = distribution(thought.z)
    told = ", ".join(f"{name} {chance:.0%}" for name, chance in zip(NAMES, chances, strict=True))
    best = max(range(3), key=thought.gains.__getitem__)
    doubt = (
        "" if thought.trust == 1 else f" Its plans have lost of late: it plays {thought.trust:.0%} of them."
    )
    came = f"You played {NAMES[game.person[-1]]}." if game.person else ""
    return {
        "z": [thought.z.real, thought.z.imag],
        "sentence": f"It expected of you: {told}. {came}",
        "gain": f"It played {NAMES[game.bot[-1]]}; {NAMES[best]} promised {thought.gains[best]:+.2f}.{doubt}",
        "voices": [
            {"say": voice.say, "text": f"{_mine(voice.reads)} → {SPEAK[voice.follows]}"}
            for voice in thought.voices[:6]
        ],
    }


def _mine(reads: str) -> str:
    """What an expert reads, as the machine would say it to the person."""
    reads = "how often each hand came" if reads == "nothing" else reads
    return reads.replace("theirs", "your").replace("their", "your").replace("own", "my")


@st.cache_data(show_spinner=False)
def _ghost() -> dict:
    """The match that ships with the library, shown until the visitor's own curve begins."""
    if not SHOWN.is_file():
        return {"ghost": [0], "legend": ""}
    return json.loads(SHOWN.read_text(encoding="utf-8"))
