"""Diaconis against Switchbot: the figure of the post, and why it stops at two thirds."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lab.figures import roshambo as figures
from lab.roshambo import BOTS, play_match
from lab.views import linked, links, page, takeaways

PLAYERS = {
    "diaconis-2014": "Diaconis of 2014, samples its prediction",
    "double-bayes-1": "Bayes on both last moves, samples",
    "diaconis": "Diaconis",
    "counter-switchbot": "the best reply",
}
TIES = {"out": "Left out", "in": "As half"}
RULES = {
    "ties": links.one_of(*TIES),
    "rounds": links.whole(100, 2000),
    "throw": links.whole(0, 999),
}
WORDS = r"""
**Switchbot** never repeats itself: it plays either of the two other moves, each with probability $1/2$.
After its rock it plays paper or scissors. Who knows that and **samples** a prediction guesses right half of
the time and wins, guesses wrong half of the time and then, since the two moves differ by one, **loses or
ties** with equal chances:

$$
{P(\text{win}) = \tfrac12}, \allowbreak\quad {P(\text{tie}) = \tfrac14}, \allowbreak\quad
{P(\text{lose}) = \tfrac14}, \allowbreak\quad
\frac{P(\text{win})}{P(\text{win}) + P(\text{lose})} = \frac{1/2}{3/4} = \frac23 .
$$

So $2/3$ is no limit of the game. It is the limit of a player that samples its prediction, with ties left out.
The **best reply** looks at the expected gain instead: after rock it plays scissors, which beats paper and
ties scissors. It wins half of the rounds and never loses one: share $1$, and 500 points in 1000 rounds.
"""
CODE = """from lab.roshambo import BOTS, play_match

match = play_match(BOTS["diaconis-2014"]({throw}), BOTS["switchbot"]({other}), {rounds})
won, tied, lost = match.tally
print(won / (won + lost), match.score)"""


def show() -> None:
    """Win shares of four players against switchbot."""
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    with left:
        ties = linked.choice(st.segmented_control, "Ties", TIES, "ties", required=True)
    rounds = linked.number("Rounds", 100, 2000, 1000, "rounds", middle, step=100)
    throw = linked.number("Seed", 0, 999, 7, "throw", right)
    gains = {name: _gains(name, rounds, throw) for name in PLAYERS}
    shares = {PLAYERS[name]: _share(gain, ties) for name, gain in gains.items()}
    page.figure(
        figures.draw_shares(shares, page.colours()),
        "shares",
        "Win shares over the rounds; at the end "
        + ", ".join(f"{name}: {share[-1]:.2f}" for name, share in shares.items())
        + ".",
    )
    columns = st.columns(len(PLAYERS))
    for column, (name, gain) in zip(columns, gains.items(), strict=True):
        won, tied, lost = (int((gain == value).sum()) for value in (1, 0, -1))
        column.metric(name, f"{won - lost:+d}", border=True)
        column.caption(f"{won} won, {tied} tied, {lost} lost")
    st.markdown(WORDS)
    takeaways.code(
        CODE.format(throw=throw, other=throw + 1, rounds=rounds),
        f"python -m lab roshambo --bot diaconis-2014 --against switchbot --rounds {rounds} --seed {throw} "
        "--out out/roshambo",
        "roshambo",
    )


@st.cache_data(show_spinner="Playing …", max_entries=64)
def _gains(name: str, rounds: int, throw: int) -> np.ndarray:
    return play_match(BOTS[name](throw), BOTS["switchbot"](throw + 1), rounds).gains


def _share(gains, ties):
    """Wins of all decided rounds, or wins and half of the ties of all rounds, so far."""
    won, lost = np.cumsum(gains == 1), np.cumsum(gains == -1)
    if ties == "in":
        number = np.arange(1, len(gains) + 1)
        return (won + (number - won - lost) / 2) / number
    decided = won + lost
    return np.divide(won, decided, out=np.full(len(gains), np.nan), where=decided > 0)
