"""Matches, tournaments and what is written of them."""

import hashlib
import json

import numpy as np
import pytest

from lab.cli import main
from lab.figures.roshambo import draw_payoff, draw_ranking
from lab.figures.style import LIGHT
from lab.roshambo import TournamentSpec, play_tournament
from lab.roshambo.archive import as_csv, as_json, from_json
from lab.roshambo.game import Game
from lab.roshambo.match import luck_band
from lab.roshambo.moves import read_moves, score
from lab.roshambo.rules import read_rules
from lab.roshambo.tournament import curves_of, pairings, tabulate
from lab.roshambo.workers import spread_pairings

SPEC = TournamentSpec(("switchbot", "counter-switchbot", "random", "bayes-1"), rounds=60, matches=3, seed=4)


@pytest.fixture(scope="module")
def played():
    return list(pairings(SPEC))


def test_the_table_is_antisymmetric_and_its_tallies_add_up(played):
    table = tabulate(SPEC, played)
    assert np.allclose(table.payoff, -table.payoff.T)
    off = ~np.eye(4, dtype=bool)
    assert (table.tallies.sum(axis=2)[off] == 180).all()
    difference = (table.tallies[..., 0] - table.tallies[..., 2]) / 3
    assert np.allclose(difference, table.payoff)
    assert np.isclose(table.population_return.sum(), 0)
    assert (table.exploitability >= 0).all()


def test_parallel_and_in_any_order_it_is_the_same_table(played):
    spread = list(spread_pairings(SPEC, workers=2))
    again = tabulate(SPEC, spread[::-1])
    assert (again.payoff == tabulate(SPEC, played).payoff).all()
    assert (play_tournament(SPEC).tallies == again.tallies).all()


def test_standard_errors_are_those_of_the_matches(played):
    table = tabulate(SPEC, played)
    scores = [match.score for match in played[0].matches]
    assert np.isclose(table.error[0, 1], np.std(scores, ddof=1) / np.sqrt(3))


def test_curves_end_at_the_table(played):
    table = tabulate(SPEC, played)
    curves = curves_of(2, SPEC, played)
    assert list(curves) == ["switchbot", "counter-switchbot", "bayes-1"]
    assert np.allclose([curve[-1] for curve in curves.values()], table.payoff[2][[0, 1, 3]])


def test_the_table_comes_back_from_its_text(played):
    table = tabulate(SPEC, played)
    again = from_json(as_json(table))
    assert again.spec == SPEC and np.allclose(again.payoff, table.payoff, atol=1e-3)
    lines = as_csv(SPEC, played).splitlines()
    assert len(lines) == 1 + 6 * 3
    _, _, _, told, first, second = lines[1].split(",")
    assert score(read_moves(first), read_moves(second)) == int(told)


def test_a_bot_of_ones_own_takes_part():
    rule = read_rules("stone", "start: 1 0 0\n* *: 1 0 0")
    table = play_tournament(TournamentSpec(("always-paper", "stone"), rounds=20, rules=(rule,)))
    assert table.payoff[0, 1] == 20


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        (TournamentSpec(("switchbot",)), "2 to 80 bots"),
        (TournamentSpec(("switchbot", "nobody")), "'nobody'"),
        (TournamentSpec(("switchbot", "random"), rounds=0), "0 rounds"),
        (TournamentSpec(("switchbot", "random"), matches=0), "0 matches"),
    ],
)
def test_what_cannot_be_gets_one_sentence(spec, told):
    with pytest.raises(ValueError, match=told):
        spec.validate()


def test_the_luck_band_holds_nineteen_of_twenty_matches():
    gains = np.random.default_rng(0).integers(-1, 2, size=(4000, 100)).sum(axis=1)
    assert np.isclose(luck_band(100), 16.3, atol=0.05)
    assert abs((np.abs(gains) <= luck_band(100)).mean() - 0.95) < 0.02


def test_the_bots_promise_is_kept_and_can_be_checked():
    game = Game("novice", 3)
    for move in (0, 1, 2, 2, 1):
        shown = game.promise.hash
        kept = game.play(move)
        assert hashlib.sha256(kept.text.encode()).hexdigest() == shown
        assert "RPS"[game.bot[-1]] == kept.text[0]
    assert game.thought is not None and len(game.person) == 5
    assert [promise.text[0] for promise in game.promises] == ["RPS"[move] for move in game.bot]
    assert len({promise.hash for promise in game.promises}) == 5
    with pytest.raises(ValueError, match="move 3"):
        game.play(3)


def test_the_command_plays_and_writes(tmp_path, capsys):
    out = tmp_path / "match"
    arguments = ["--bot", "counter-switchbot", "--against", "switchbot", "--rounds", "50", "--out", str(out)]
    assert main(["roshambo", *arguments]) == 0
    result = json.loads((out / "result.json").read_text())
    assert result["won"] + result["tied"] + result["lost"] == 50
    assert len((out / "moves.csv").read_text().splitlines()) == 51
    assert main(["roshambo", "--bot", "nobody", "--out", str(out)]) == 2
    assert "'nobody'" in capsys.readouterr().err


def test_the_command_listens(tmp_path, capsys):
    out = ["--out", str(tmp_path)]
    assert main(["roshambo", "--listen", "RPS" * 30, "--places", "theirs 1", *out]) == 0
    rows = dict(line.split(",") for line in (tmp_path / "spectrum.csv").read_text().splitlines())
    assert float(rows["2"]) == 1 and float(rows["0"]) < 0.02  # a pure wave rings in one character alone
    assert main(["roshambo", "--listen", "switchbot", "--places", "theirs 9", *out]) == 2
    assert "'theirs 9'" in capsys.readouterr().err


def test_a_bot_of_ones_own_enters_by_the_command(tmp_path, capsys):
    (tmp_path / "stone.txt").write_text("start: 1 0 0\n* *: 1 0 0\n")
    told = ["--tournament", "always-paper", "--rules", str(tmp_path / "stone.txt"), "--rounds", "20"]
    assert main(["roshambo", *told, "--out", str(tmp_path)]) == 0
    assert from_json((tmp_path / "tournament.json").read_text()).payoff[0, 1] == 20


def test_the_command_plays_a_tournament(tmp_path, capsys):
    names = ["--tournament", "switchbot", "random", "--rounds", "30", "--out", str(tmp_path)]
    assert main(["roshambo", *names]) == 0
    assert from_json((tmp_path / "tournament.json").read_text()).spec.rounds == 30
    assert "worst opponent" in capsys.readouterr().out


def test_heat_map_and_bars_stand_in_the_same_rows():
    names, scores = ["first", "second", "third"], np.array([[0, 5, 9], [-5, 0, 1], [-9, -1, 0]])
    heat = draw_payoff(scores, np.ones((3, 3)), names, 10, LIGHT)
    bars = draw_ranking(scores.mean(axis=1), np.ones(3), np.array([0, 5, 9]), names, LIGHT)
    assert heat.data[0].y == bars.data[0].y == ("first  1", "second  2", "third  3")
    assert heat.data[0].x == (1, 2, 3) and heat.data[0].text[0].tolist() == names
    for look in ("height", "margin", "yaxis.range"):
        assert heat.layout[look] == bars.layout[look]
