"""Tournament: a shipped table to begin with, one's own on demand, with one's own bot in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import streamlit as st

from lab.catalog import ROOT
from lab.figures import roshambo as figures
from lab.jobs import Ticket
from lab.roshambo.archive import as_csv, as_json, from_json
from lab.roshambo.bots import BOTS, sentence
from lab.roshambo.match import luck_band
from lab.roshambo.rules import EXAMPLE, RuleTable, read_rules
from lab.roshambo.tournament import Pairing, Tournament, TournamentSpec, curves_of, tabulate
from lab.roshambo.workers import spread_pairings
from lab.views import linked, links, page, saying, stage, takeaways
from lab.views.roshambo.several import several, subset_of

STATE = st.session_state
SHIPPED = ROOT / "data" / "gallery" / "roshambo" / "tournament.json"
WORD = "roshambo"
BEGIN = ("diaconis", "diaconis-2014", "switchbot", "counter-switchbot", "bayes-2", "rfind", "iocaine-like")
MOST_ROUNDS_HERE = 250_000  # of all pairs together: about two minutes on one core
MOVE_SECONDS = 4e-4
RULES = {"length": links.whole(50, 1000), "again": links.whole(1, 10), "draw": links.whole(0, 999)}
RULES["players"] = subset_of(list(BOTS))


def show() -> None:
    """The table on show, and the form for another."""
    shown = st.container()
    spec = None
    with st.expander("Play a tournament of your own", icon=":material/emoji_events:", expanded=True):
        with saying.sentences():
            spec = _asked()
        look: dict[str, Any] = {"icon": ":material/play_arrow:", "type": "primary"}
        if st.button("Play", key="contest go", disabled=spec is None, **look) and spec:
            seconds = _rounds(spec) * MOVE_SECONDS
            stage.submit(WORD, spec, _work(spec), seconds)
    with shown:
        stage.polled(WORD, _draw)
    st.markdown(WORDS)
    takeaways.code(*_code(spec or TournamentSpec(BEGIN)), "roshambo")


CODE = """from lab.roshambo import TournamentSpec, play_tournament
{rules}
spec = TournamentSpec({names}, rounds={rounds}, matches={matches}, seed={seed}{entered})
table = play_tournament(spec)
print(table.population_return, table.exploitability)"""


def _code(spec: TournamentSpec) -> tuple[str, str]:
    """Python and shell for a tournament; a bot of one's own travels as its table."""
    of_bots = [name for name in spec.names if name in BOTS]
    told = f"--rounds {spec.rounds} --matches {spec.matches} --seed {spec.seed}"
    shell = f"python -m lab roshambo --tournament {' '.join(of_bots)} {told} --out out/roshambo"
    filled = dict(names=spec.names, rounds=spec.rounds, matches=spec.matches, seed=spec.seed)
    if not spec.rules:
        return CODE.format(rules="", entered="", **filled), shell
    (rule,), text = spec.rules, STATE["own rules"]
    python = f"from lab.roshambo.rules import read_rules\n\nrule = read_rules({rule.name!r}, {text!r})"
    file = f"{rule.name}.txt"
    shell = f"cat > '{file}' <<'END'\n{text.strip()}\nEND\n{shell} --rules '{file}'"
    return CODE.format(rules=python, entered=", rules=(rule,)", **filled), shell


WORDS = """
Every bot meets every other with seeds derived from (seed, pair, match), so the table is the same whoever
plays it, and in whatever order. **Mean score** is won minus lost rounds of a match, averaged over the field:
the *population return*. The mark is what the **worst opponent** takes (the *exploitability* within the
field): a good player has a long bar and a mark near zero. Hover over a cell for its players and
its standard error.
"""


def _asked() -> TournamentSpec:
    """The tournament that the form describes."""
    names = several("Players", list(BOTS), BEGIN, "players")
    left, middle, right = st.columns(3)
    rounds = linked.number("Rounds of a match", 50, 1000, 300, "length", left, step=50)
    matches = linked.number("Matches of a pair", 1, 10, 1, "again", middle)
    seed = linked.number("Seed of the draw", 0, 999, 0, "draw", right)
    rules: tuple[RuleTable, ...] = ()
    if st.toggle("Enter a bot of your own", key="enter"):
        name = st.text_input("Its name", "my bot", key="own name")
        text = st.text_area("Its rules", EXAMPLE, height=180, key="own rules")
        rules = (read_rules(name, text),)
        if name.strip() in BOTS:
            raise ValueError(f"{name.strip()!r} is the name of a bot of the field: choose another.")
        names = [*names, rules[0].name]
    spec = TournamentSpec(tuple(names), rounds, matches, seed, rules).validate()
    if _rounds(spec) > MOST_ROUNDS_HERE:
        raise ValueError(
            f"That is {_rounds(spec)} rounds in all, the limit here is {MOST_ROUNDS_HERE}: "
            "take fewer players, rounds or matches, or use the command."
        )
    st.caption(
        f"{len(spec.pairs)} pairs, {_rounds(spec)} rounds. "
        + (f"{names[0]}: {sentence(names[0])}" if names[0] in BOTS else "")
    )
    return spec


def _rounds(spec: TournamentSpec) -> int:
    return len(spec.pairs) * spec.rounds * spec.matches


def _work(spec: TournamentSpec):
    def work(ticket: Ticket) -> Iterator[Pairing]:
        played = spread_pairings(spec, cancelled=lambda: ticket.cancelled)
        for number, pairing in enumerate(played, start=1):
            yield pairing
            ticket.progress(number, len(spec.pairs))

    return work


def _draw(render) -> None:
    """The tournament of the visitor, or the one that ships."""
    if render is None:
        _exhibit(_shipped(), "the field of the library, played when it was made")
        return
    total = len(render.spec.pairs)
    if render.live:
        stage.progress(WORD, "pairs", modelled=False)
        _exhibit(_shipped(), "the field of the library, while yours is being played")
        return
    stage.end(WORD, total, "pairs")
    if len(render.items) == total:
        table = tabulate(render.spec, render.items)
        _exhibit(table, "your tournament")
        _curves(table, render.items)
        takeaways.downloads(
            [
                takeaways.Download(
                    "Table (JSON)", "tournament.json", "application/json", lambda: as_json(table).encode()
                ),
                takeaways.Download(
                    "All moves (CSV)",
                    "moves.csv",
                    "text/csv",
                    lambda: as_csv(render.spec, render.items).encode(),
                ),
            ]
        )


def _exhibit(table: Tournament | None, what: str) -> None:
    if table is None:
        return
    order = table.ranking
    names = [table.spec.names[place] for place in order]
    colours = page.colours()
    left, right = st.columns([3, 2], gap="medium")
    with left:
        drawn = figures.draw_payoff(
            table.payoff[order][:, order], table.error[order][:, order], names, table.spec.rounds, colours
        )
        page.figure(drawn, "payoff", f"Mean scores of {len(names)} players, {what}; {names[0]} is on top.")
    with right:
        drawn = figures.draw_ranking(
            table.population_return[order],
            table.return_error[order],
            table.exploitability[order],
            names,
            colours,
        )
        page.figure(drawn, "ranking", f"{len(names)} mean scores with the worst losses; {names[0]} leads.")
    place = names.index("diaconis") if "diaconis" in names else 0
    index = order[place]
    mean, error = table.population_return[index], table.return_error[index]
    spec = table.spec
    st.caption(
        f"{what.capitalize()}: {len(names)} players, {spec.rounds} rounds, matches a pair: {spec.matches}. "
        f"{names[place]} earns {mean:.0f} ± {error:.0f}; its worst opponent takes "
        f"{table.exploitability[index]:.0f}."
    )


def _curves(table: Tournament, played) -> None:
    """How one player's scores grew, against each opponent."""
    names = [table.spec.names[place] for place in table.ranking]
    who = st.selectbox("Follow", names, key="follow")
    curves = curves_of(table.spec.names.index(who), table.spec, played)
    band = luck_band(np.arange(1, table.spec.rounds + 1))
    page.figure(
        figures.draw_curves(curves, band, page.colours()),
        "curves",
        f"Scores of {who} over {table.spec.rounds} rounds against each opponent, and the band of luck.",
        f"{who} against each of the others, mean of the matches; luck stays in the band.",
    )


def _shipped() -> Tournament | None:
    return from_json(SHIPPED.read_text(encoding="utf-8")) if SHIPPED.is_file() else None
