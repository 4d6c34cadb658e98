"""Diaconis: what it hears, what it never does, and how well it plays."""

import numpy as np
import pytest

from lab.roshambo import BOTS, Diaconis, play_match
from lab.roshambo.characters import transform
from lab.roshambo.diaconis.contexts import Contexts
from lab.roshambo.diaconis.experts import Compass
from lab.roshambo.diaconis.mind import Mind, Temper
from lab.roshambo.diaconis.nerve import Nerve
from lab.roshambo.diaconis.tables import Tables
from lab.roshambo.match import luck_band
from lab.roshambo.moves import ROOTS, beat, payoff
from lab.roshambo.patterns import all_patterns, counts

WEAK = {
    "always-rock": 280,
    "cycle-10": 250,
    "sum": 250,
    "beat-last": 280,
    "mirror-5-2": 250,
    "machine-1": 250,
}


def moves(rounds, seed=0, games=1):
    return np.random.default_rng(seed).integers(3, size=(rounds, 2, games))


@pytest.mark.parametrize("name", WEAK)
def test_it_reads_whatever_is_written_in_patterns(name):
    assert play_match(Diaconis(1), BOTS[name](2), 300).score >= WEAK[name]


def test_switchbot_pays_more_than_four_hundred():
    assert play_match(Diaconis(7), BOTS["switchbot"](8), 1000).score >= 400


def test_a_random_opponent_takes_no_more_than_luck():
    assert abs(play_match(Diaconis(1), BOTS["random"](2), 1000).score) < 100


def hunted(rounds):
    """Score against one who runs a copy of the code in the other seat and beats its plan, round by round."""
    bot, copy, own, theirs, total = Diaconis(1), Diaconis(2), [], [], 0
    for _ in range(rounds):
        copy.play(own, theirs)
        moves = bot.play(own, theirs), beat(copy.mind.nerves[0].plan or 0)
        total += payoff(*moves)
        own.append(moves[0])
        theirs.append(moves[1])
    return total


def test_who_reads_the_code_takes_no_more_than_was_left_to_take():
    temper = Temper()
    assert hunted(400) > -(temper.slack + temper.width / 2) - luck_band(400)


@pytest.mark.parametrize("drift", [-1, -0.5, 0, 0.2])
def test_no_history_of_plans_costs_more_than_the_area_under_trust(drift):
    nerve, generator = Nerve(10, 60), np.random.default_rng(3)
    expected, turns, last = 0.0, 0, 0
    for number in range(3000):
        up = generator.random() < 0.5 + drift / 2 if drift else number % 80 < 40  # by chance, or feigned
        gain = 1 if up else -1
        nerve.decide(1 + 0j)  # rock is foreseen, paper planned
        expected += nerve.trust * gain
        turns, last = turns + (gain != last), gain
        nerve.hear(0 if up else 2)
    assert expected >= -(10 + 60 / 2 + 1) - turns / 60
    assert drift != 0.2 or expected > 0.17 * 3000


def test_a_plan_is_played_as_often_as_it_is_trusted():
    nerve = Nerve(10, 60)
    nerve.decide(1 + 0j)
    assert {nerve.move(u) for u in np.linspace(0, 0.999, 50)} == {1}
    for _ in range(40):
        nerve.hear(2)
    assert nerve.trust == 0.5
    shares = np.bincount([nerve.move(u) for u in np.arange(6000) / 6000]) / 6000
    assert np.allclose(shares, [1 / 6, 4 / 6, 1 / 6], atol=1e-3)


def test_every_pattern_is_heard_in_every_round():
    mind = Mind()
    own, theirs = moves(200).transpose(1, 2, 0)[:, 0]
    for mine, other in zip(own, theirs, strict=True):
        mind.hear(np.array([3 * mine + other]))
    names = mind.contexts.names
    for pattern in all_patterns():
        place = names.index(pattern.name)
        begin = int(mind.contexts.first[0, place])
        rows = slice(begin, begin + 3 ** len(pattern.positions))
        table = counts(pattern, own, theirs)
        assert (
            mind.tables.visits[rows].sum() == 200
        )  # none is missed, the first with empty places read as rock
        sums = mind.tables.sums[0, rows, 0]
        assert np.abs(sums - table @ np.array(ROOTS)).max() < 2 * pattern.longest + 1e-3


def test_tables_hold_the_fourier_transform_of_the_counts():
    """Summed over contexts with a character, the running sums are the joint coefficients."""
    own, theirs = np.random.default_rng(4).integers(3, size=(2, 300))
    tables, context = Tables(9, 1, 1, 1.0, 0.5, 0.7), None
    direct = np.zeros(9, dtype=complex)
    for t in range(1, 300):
        context = 3 * own[t - 1] + theirs[t - 1]
        tables.read(np.array([[context]]), out=np.empty((1, 1, 4), dtype=np.float32))
        tables.hear(np.array([3 * own[t] + theirs[t]]))
        for index, a in enumerate(np.ndindex(3, 3)):
            direct[index] += ROOTS[(theirs[t] + a[0] * own[t - 1] + a[1] * theirs[t - 1]) % 3]
    assert np.allclose(transform(tables.sums[0, :, 0]), direct, atol=1e-3)


def test_a_later_move_changes_no_earlier_decision():
    own, theirs = moves(60).transpose(1, 2, 0)[:, 0].tolist()
    early = [Diaconis(1).play(own[:t], theirs[:t]) for t in (10, 20, 30)]
    bot = Diaconis(1)
    bot.play(own, [*theirs[:-1], (theirs[-1] + 1) % 3])
    assert [bot.play(own[:t], theirs[:t]) for t in (10, 20, 30)] == early


def test_many_games_at_once_are_the_games_one_by_one():
    played = moves(80, games=3)
    together = Mind(3)
    alone = [Mind(1) for _ in range(3)]
    for own, theirs in played:
        together.hear(3 * own + theirs)
        for game, mind in enumerate(alone):
            mind.hear(3 * own[game : game + 1] + theirs[game : game + 1])
    assert np.allclose(together.z, [mind.z[0] for mind in alone], atol=1e-4)


def test_the_work_of_a_round_does_not_grow():
    mind = Mind()
    sizes = []
    for own, theirs in moves(300):
        mind.hear(3 * own + theirs)
        grown = (mind.council.records, mind.phases.means, mind.tables.sums, mind.contexts.tape)
        sizes.append(sum(array.size for array in grown))
    assert len(set(sizes)) == 1


def test_contexts_tell_equal_suffixes_from_different_ones():
    contexts = Contexts(1)
    place = contexts.names.index("last 8 rounds, both")
    rows = []
    word = [(0, 1), (2, 2), (1, 0), (0, 0), (1, 1), (2, 0), (2, 1), (1, 2)]
    for own, theirs in [*word, (0, 2), *word]:
        contexts.hear(np.array([3 * own + theirs]))
        rows.append(int(contexts.now()[0, place]))
    assert rows[7] == rows[-1] and len(set(rows[7:])) == len(rows[7:]) - 1


def test_nearest_roots_are_the_loudest_of_three_and_ties_say_nothing_new():
    z = np.random.default_rng(2).normal(size=(500, 2, 2)).astype(np.float32)  # 500 pairs of complex numbers
    direct = np.array(ROOTS)[(z @ np.array([[r.real, r.imag] for r in ROOTS]).T).argmax(axis=2)]
    assert np.allclose(Compass(500).nearest(z.reshape(-1, 4)), direct)
    one = Compass(1)
    assert np.allclose(one.nearest(np.array([[0, 0, -0.4, 0]], dtype=np.float32)), 0)
    tie = 3 * (ROOTS[0] + ROOTS[1])  # rounding decides nothing: the second of the two
    told = one.nearest(np.array([[tie.real, tie.imag, tie.real, -tie.imag]], dtype=np.float32))
    assert np.allclose(told, [ROOTS[1], ROOTS[2]])


def test_thoughts_are_about_the_opponent():
    bot = Diaconis(0)
    own, theirs = [0, 1, 2] * 20, [1] * 60
    bot.play(own, theirs)
    thought = bot.thought()
    assert thought.gains[2] > 0.8 and abs(sum(thought.gains)) < 1e-6
    says = [voice.say for voice in thought.voices]
    assert says == sorted(says, reverse=True) and 0 < sum(says) <= 1 + 1e-6
