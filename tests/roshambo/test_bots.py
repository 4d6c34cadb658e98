"""Bots as transcripts, and the contract that all of them keep."""

import numpy as np
import pytest

from lab.roshambo import BOTS, Diaconis, Diaconis2014, play_match
from lab.roshambo.bots.shapes import de_bruijn_word
from lab.roshambo.moves import read_moves, spell
from lab.roshambo.responses import best_reply, draw, sample_and_beat
from lab.roshambo.rules import EXAMPLE, read_rules, rule_bot

each_bot = pytest.mark.parametrize("name", BOTS)


def history(rounds, seed=0):
    return np.random.default_rng(seed).integers(3, size=(2, rounds)).tolist()


def answers(name, theirs, seed=0):
    """What a bot plays against a fixed string of moves."""
    bot, own, other = BOTS[name](seed), [], []
    for move in read_moves(theirs):
        own.append(bot.play(own, other))
        other.append(move)
    return spell(own)


@each_bot
def test_any_state_has_the_same_answer_as_playing_up_to_it(name):
    own, theirs = history(40)
    walked = BOTS[name](3)
    steps = [walked.play(own[:t], theirs[:t]) for t in range(41)]
    assert set(steps) <= {0, 1, 2}
    fresh = BOTS[name](3)
    for t in (40, 7, 23, 0, 41 - 1):  # jumps forward and back
        assert fresh.play(own[:t], theirs[:t]) == steps[t]
    other_own, other_theirs = history(40, seed=1)
    expected = BOTS[name](3).play(other_own, other_theirs)
    assert walked.play(tuple(other_own), np.array(other_theirs)) == expected


@each_bot
def test_the_same_seed_plays_the_same_match(name):
    first, second = (play_match(BOTS[name](5), BOTS["bayes-1"](6), 60) for _ in range(2))
    assert (first.first == second.first).all() and (first.second == second.second).all()


@each_bot
def test_histories_are_never_changed(name):
    own, theirs = history(30)
    before = own[:], theirs[:]
    BOTS[name](0).play(own, theirs)
    assert (own, theirs) == before


def test_a_history_changed_in_its_middle_is_noticed():
    own, theirs = history(50)
    bot = Diaconis(0)
    bot.play(own, theirs)
    changed = [*theirs[:10], (theirs[10] + 1) % 3, *theirs[11:], 0]
    longer = [*own, 1]
    assert bot.play(longer, changed) == Diaconis(0).play(longer, changed)


def test_bad_histories_are_refused_in_a_sentence():
    with pytest.raises(ValueError, match="2 and 1 rounds"):
        BOTS["switchbot"](0).play([0, 1], [0])
    with pytest.raises(ValueError, match="a move is 0, 1 or 2"):
        BOTS["switchbot"](0).play([0], [3])
    with pytest.raises(ValueError, match="seed is -1"):
        BOTS["switchbot"](-1)


def test_transcripts():
    assert answers("beat-last", "RPSRPS")[1:] == "PSRPS"
    assert answers("lose-to-last", "RPSRPS")[1:] == "SRPSR"
    assert answers("always-paper", "RRRR") == "PPPP"
    assert answers("frequency", "RRPPPS")[1:4] == "PPP" and answers("frequency", "RRPPPS")[5] == "S"
    assert answers("frequentist-1", "RPRPRP")[3:] == "SPS"
    assert answers("matcher-theirs", "RPSRPSRPSRPS")[4:] == "SRPSRPSR"
    assert answers("mirror-1-0", "RPSSR")[1:] == "RPSS"
    assert answers("rotation-up", "RRRR") in {"RPSR", "PSRP", "SRPS"}


def test_switchbot_never_repeats_and_its_best_reply_never_loses():
    match = play_match(BOTS["counter-switchbot"](1), BOTS["switchbot"](2), 1000)
    assert (np.diff(match.second.astype(int)) != 0).all()
    assert match.tally[2] <= 1  # the first round is luck
    assert 420 < match.score < 560


def test_a_sampling_player_settles_at_two_thirds():
    match = play_match(BOTS["double-bayes-1"](1), BOTS["switchbot"](2), 4000)
    won, tied, lost = match.tally
    assert abs(won / (won + lost) - 2 / 3) < 0.04 and abs(tied / 4000 - 1 / 4) < 0.03


@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_a_de_bruijn_word_holds_every_word_once(order):
    word = de_bruijn_word(order)
    ring = word + word[: order - 1]
    seen = {tuple(ring[i : i + order]) for i in range(len(word))}
    assert len(word) == 3**order == len(seen)


def test_responses():
    shares = (0.5, 0.3, 0.2)
    assert [draw(shares, u) for u in (0.1, 0.6, 0.9)] == [0, 1, 2]
    assert sample_and_beat(shares, 0.6) == 2
    assert best_reply((0.0, 0.5, 0.5), 0.4) == 2  # after rock, switchbot's best reply is scissors


def test_diaconis_of_2014_tries_every_pattern_and_again():
    bot = Diaconis2014(0)
    own, theirs = history(400)
    bot.play(own, theirs)
    assert bot.predictor.tried.min() >= 2 and np.ptp(bot.predictor.tried) <= 1


def test_rule_tables_are_read_and_played():
    table = read_rules("mine", EXAMPLE)
    assert table.rows[0] == (0, 1, 0) and table.rows[8] == (0, 2 / 3, 1 / 3)
    rock = rule_bot(read_rules("rock", "start: 1 0 0\n* *: 1 0 0"), 0)
    assert play_match(BOTS["always-paper"](0), rock, 50).score == 50


@pytest.mark.parametrize(
    ("text", "told"),
    [("R P 0 1 0", "no colon"), ("R X: 1 1 1", "two of R, P, S"), ("R P: 1 1", "three weights")]
    + [("R P: 0 0 0", "three weights"), ("R P: nan 1 1", "three weights"), ("R P: -1 1 1", "three weights")],
)
def test_a_mistake_in_a_rule_table_gets_one_sentence(text, told):
    with pytest.raises(ValueError, match=told):
        read_rules("mine", text)
