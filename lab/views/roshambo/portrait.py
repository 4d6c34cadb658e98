"""A portrait of the visitor's predictability: which pairs of past moves the next one rings with."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from lab.figures import roshambo as figures
from lab.roshambo.characters import null_amplitude
from lab.roshambo.game import Game, Promise
from lab.roshambo.match import luck_band
from lab.roshambo.moves import spell
from lab.roshambo.patterns import Pattern, fingerprint, looks, spectrum
from lab.views import page, takeaways

STATE = st.session_state
FEWEST = 20
NAMES = [f"{who} {lag}" for lag in range(1, 6) for who in ("its", "your")]


def show(game: Game) -> None:
    """The portrait, once it was asked for and there is something to paint."""
    if STATE.get("paint"):
        STATE["painted"] = game.seed
    if STATE.get("painted") != game.seed:
        return
    rounds = len(game.person)
    if rounds < FEWEST:
        st.caption(f"A portrait wants {FEWEST} rounds or more; you have played {rounds}.")
        return
    _paint(game.bot[:], game.person[:], game.promises[:], game.score)


def _paint(bot: list[int], person: list[int], promises: list[Promise], score: int) -> None:
    rounds = len(person)
    amplitudes = fingerprint(bot, person)
    floor = null_amplitude(rounds, looks())
    band = float(luck_band(rounds))
    verdict = "within what luck does" if abs(score) <= band else "more than luck"
    st.markdown(
        f"**Your portrait after {rounds} rounds.** Score {score:+d}; luck stays within ±{band:.0f}, so "
        f"that is {verdict}. A square is bright where your next move rings with two past moves: "
        f"{_loudest(amplitudes, floor)}"
    )
    page.figure(
        figures.draw_fingerprint(amplitudes, NAMES, floor, page.colours()),
        "portrait",
        "A square of 10 by 10 cells, strong where the next move can be read from a pair of past moves: "
        f"at most {np.nanmax(amplitudes):.2f}, where noise stays below {floor:.2f}.",
    )
    alone = np.abs(spectrum(Pattern(()), bot, person))[0]
    st.caption(f"How far you are from playing the three hands equally often: |C| = {alone:.2f}.")
    recipe = {"what": "portrait of a player", "bot": spell(bot), "person": spell(person)}
    build = partial(_picture, amplitudes, floor, page.colours(), recipe)
    takeaways.downloads(
        [
            takeaways.Download("Portrait (PNG)", "portrait.png", "image/png", build),
            takeaways.Download(
                "Moves and promises (CSV)", "moves.csv", "text/csv", lambda: _table(person, promises).encode()
            ),
        ]
    )


def _loudest(amplitudes, floor):
    i, j = np.unravel_index(int(amplitudes.argmax()), amplitudes.shape)
    if amplitudes[i, j] <= floor:
        return "nothing stands out of what chance does. Well played."
    pair = NAMES[i] if i == j else f"{NAMES[j]} and {NAMES[i]}"
    return f"the loudest is **{pair}** ({amplitudes[i, j]:.2f}, chance stays below {floor:.2f})."


def _picture(amplitudes, floor, colours, recipe) -> bytes:
    from lab import exports

    return exports.png(figures.paint_portrait(amplitudes, floor, colours), recipe)


def _table(person, promises) -> str:
    """One line a round; the hash was shown before the round, what it hashes after it."""
    rows = [
        f"{number},{yours},{its.text[0]},{its.hash},{its.text}"
        for number, (yours, its) in enumerate(zip(spell(person), promises, strict=True), start=1)
    ]
    return "\n".join(["round,you,machine,promised SHA-256,of", *rows]) + "\n"
