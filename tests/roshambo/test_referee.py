"""The batched referee against the exact Markov chain, and against the bots one by one."""

import numpy as np
import pytest
import torch

from lab.roshambo import BOTS, play_match
from lab.roshambo.referee import Counting, Tables, _dice, expected_score, referee
from lab.roshambo.rules import RuleTable, read_rules, rule_bot

SWITCH = read_rules("switch", "start: 1 1 1\n R *: 0 1 1\n P *: 1 0 1\n S *: 1 1 0")
COUNTER = read_rules("counter", "start: 1 1 1\n* R: 0 0 1\n* P: 1 0 0\n* S: 0 1 0")


def drawn_table(seed):
    rows = np.random.default_rng(seed).dirichlet((1, 1, 1), size=10).tolist()
    return RuleTable(f"drawn {seed}", tuple(rows[0]), tuple(map(tuple, rows[1:])))


@pytest.mark.parametrize("seed", range(4))
def test_the_mean_score_is_that_of_the_markov_chain(seed):
    first, second = drawn_table(seed), drawn_table(seed + 50)
    scores = referee(Tables([first]), Tables([second]), matches=3000, rounds=40, seed=seed).score
    error = scores.std(ddof=1) / np.sqrt(len(scores))
    assert abs(scores.mean() - expected_score(first, second, 40)) < 4 * error


def test_the_best_reply_to_switchbot_is_exact():
    assert np.isclose(expected_score(COUNTER, SWITCH, 1000), 999 / 2)
    scores = referee(Tables([COUNTER]), Tables([SWITCH]), matches=500, rounds=100)
    assert (scores.lost <= 1).all() and (scores.won + scores.tied + scores.lost == 100).all()


def test_counting_in_a_batch_scores_as_the_bot_does():
    batch = referee(Counting(1), Tables([SWITCH]), matches=2000, rounds=200).score
    one_by_one = [
        play_match(BOTS["bayes-1"](seed), BOTS["switchbot"](seed + 99), 200).score for seed in range(40)
    ]
    assert abs(batch.mean() - np.mean(one_by_one)) < 4 * np.std(one_by_one) / np.sqrt(40)


def one_by_one(players, rounds, seed):
    """The same matches by bots that know nothing of batches, with the same dice."""
    rolled = torch.stack(list(_dice(len(players), rounds, seed))).numpy()
    scores = []
    for number, pair in enumerate(players):
        for side, bot in enumerate(pair):
            bot.dice = rolled[:, side, number].tolist().__getitem__
        scores.append(play_match(*pair, rounds))
    return [match.tally for match in scores]


@pytest.mark.parametrize("order", [1, 2, 3])
def test_a_batch_plays_the_very_moves_of_bots_one_by_one(order):
    tables = [drawn_table(seed) for seed in range(12)]
    batch = referee(Counting(order), Tables(tables), matches=12, rounds=120, seed=5)
    alone = one_by_one([(BOTS[f"bayes-{order}"](0), rule_bot(table, 0)) for table in tables], 120, 5)
    assert np.array_equal(np.stack([batch.won, batch.tied, batch.lost], axis=1), alone)
    batch = referee(Tables([SWITCH]), Tables(tables), matches=12, rounds=120, seed=6)
    alone = one_by_one([(rule_bot(SWITCH, 0), rule_bot(table, 0)) for table in tables], 120, 6)
    assert np.array_equal(batch.score, [won - lost for won, _, lost in alone])


def test_a_table_for_each_match_and_the_same_seed_twice():
    tables = [drawn_table(seed) for seed in range(20)]
    once, twice = (
        referee(Tables(tables), Counting(2), matches=20, rounds=50, seed=9).score for _ in range(2)
    )
    assert (once == twice).all() and len(set(once.tolist())) > 3


@pytest.mark.parametrize(("matches", "rounds", "told"), [(0, 10, "0 matches"), (10, 0, "0 rounds")])
def test_what_cannot_be_gets_one_sentence(matches, rounds, told):
    with pytest.raises(ValueError, match=told):
        referee(Counting(1), Counting(1), matches, rounds)
    with pytest.raises(ValueError, match="2 tables for 3 matches"):
        referee(Tables([SWITCH, COUNTER]), Counting(1), 3, 10)
