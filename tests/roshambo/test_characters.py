"""Fourier analysis on (Z/3)^m against direct sums, Pearson's statistic and brute force."""

import numpy as np
import pytest
from scipy.stats import chisquare

from lab.roshambo.characters import (
    character_table,
    degree,
    inverse,
    non_uniformity,
    null_amplitude,
    null_non_uniformity,
    null_power,
    transform,
    turn,
    words,
)
from lab.roshambo.moves import OMEGA, coefficient, distribution, expected_gain, payoff, read_moves, spell
from lab.roshambo.patterns import (
    Pattern,
    all_patterns,
    counts,
    fingerprint,
    looks,
    partial_sums,
    spectrum,
    time_spectrum,
)

SIZES = (0, 1, 2, 3, 4)


def drawn(*shape, seed=0):
    return np.random.default_rng(seed).random(shape)


@pytest.mark.parametrize("m", SIZES)
def test_the_transform_is_the_direct_sum(m):
    f = drawn(3**m)
    direct = [sum(f[i] * OMEGA ** int(a @ x) for i, x in enumerate(words(m))) for a in words(m)]
    assert np.allclose(transform(f), direct)


@pytest.mark.parametrize("m", SIZES)
def test_inverse_and_parseval(m):
    f = drawn(2, 3**m) + 1j * drawn(2, 3**m, seed=1)
    assert np.allclose(inverse(transform(f)), f)
    assert np.allclose((np.abs(transform(f)) ** 2).sum(-1), 3**m * (np.abs(f) ** 2).sum(-1))


@pytest.mark.parametrize("m", SIZES)
def test_characters_are_orthogonal_homomorphisms(m):
    table, letters = character_table(m), words(m)
    assert np.allclose(table @ table.conj().T, 3**m * np.eye(3**m))
    x, y = letters[m // 2], letters[-1]
    place = {tuple(word): index for index, word in enumerate(letters.tolist())}
    both = place[tuple(((x + y) % 3).tolist())]
    assert np.allclose(table[:, both], table[:, m // 2] * table[:, -1])


@pytest.mark.parametrize("k", range(3))
def test_characters_take_the_turns_of_the_triangle_apart(k):
    waves = character_table(1).conj()  # rows omega ** (-j y)
    for j, wave in enumerate(waves):
        assert np.allclose(turn(k) @ wave, OMEGA ** (j * k) * wave)
    assert (turn(k) @ turn(2) == turn((k + 2) % 3)).all()
    assert (turn(k) @ np.arange(3) == (np.arange(3) - k) % 3).all()


def test_degrees_count_the_letters_read():
    assert np.bincount(degree(3)).tolist() == [1, 6, 12, 8]


def test_the_bound_bounds_the_distance_and_is_pearsons_statistic():
    tally = np.random.default_rng(3).integers(1, 20, size=27)
    share = tally / tally.sum()
    bound = float(non_uniformity(tally))
    assert np.abs(share - 1 / 27).sum() / 2 <= bound
    assert np.isclose(4 * tally.sum() * bound**2, chisquare(tally).statistic)


def test_chance_stays_below_the_null_limits_as_often_as_they_say():
    generator, rounds = np.random.default_rng(5), 400
    tallies = generator.multinomial(rounds, np.full(9, 1 / 9), size=4000)
    below = (non_uniformity(tallies) < null_non_uniformity(rounds, 2)).mean()
    assert abs(below - 0.95) < 0.015
    moves = generator.integers(3, size=(4000, rounds))
    amplitude = np.abs((OMEGA**moves).mean(axis=1))
    assert abs((amplitude < null_amplitude(rounds)).mean() - 0.95) < 0.015
    loudest = amplitude.reshape(-1, 10).max(axis=1)
    assert abs((loudest < null_amplitude(rounds, 10)).mean() - 0.95) < 0.04


def test_running_means_of_noise_have_the_power_told():
    terms = OMEGA ** np.random.default_rng(6).integers(3, size=(200, 1500))
    mean = np.zeros(200, dtype=complex)
    powers = []
    for number, term in enumerate(terms.T):
        mean = 0.9 * mean + 0.1 * term
        if number > 200:
            powers.append((np.abs(mean) ** 2).mean())
    assert np.isclose(np.mean(powers), null_power(0.9), rtol=0.05)


def test_a_length_that_is_no_power_of_three_is_refused():
    with pytest.raises(ValueError, match="10 entries"):
        transform(np.ones(10))


def test_gain_is_the_expected_payoff():
    shares = np.random.default_rng(7).dirichlet((1, 1, 1))
    direct = [sum(shares[y] * payoff(a, y) for y in range(3)) for a in range(3)]
    z = coefficient(shares)
    assert np.allclose(expected_gain(z), direct)
    assert np.allclose(distribution(z), shares)


def test_moves_are_read_and_spelt():
    assert spell(read_moves("rps 012\nR")) == "RPSRPSR"
    with pytest.raises(ValueError, match="'X'"):
        read_moves("RPX")


def test_there_are_ten_forty_five_and_one_hundred_and_twenty_patterns():
    found = all_patterns()
    assert np.bincount([len(pattern.positions) for pattern in found]).tolist() == [0, 10, 45, 120]
    assert len(set(found)) == 175


def test_counts_and_spectrum_against_brute_force():
    generator = np.random.default_rng(8)
    own, theirs = generator.integers(3, size=(2, 60)).tolist()
    pattern = Pattern(((0, 1), (1, 3)))
    table = np.zeros((9, 3), dtype=int)
    sums = np.zeros(9, dtype=complex)
    for t in range(3, 60):
        word = np.array([own[t - 1], theirs[t - 3]])
        table[3 * word[0] + word[1], theirs[t]] += 1
        for index, a in enumerate(words(2)):
            sums[index] += OMEGA ** int(theirs[t] + a @ word)
    assert (counts(pattern, own, theirs) == table).all()
    assert np.allclose(spectrum(pattern, own, theirs), sums / 57)
    walk = partial_sums(pattern, 5, own, theirs)
    assert walk.size == 58 and np.isclose(walk[-1], sums[5])


def test_a_bot_that_adds_both_last_moves_rings_in_one_character_alone():
    own = np.random.default_rng(9).integers(3, size=200)
    theirs = [0]
    for t in range(1, 200):
        theirs.append(int(own[t - 1] + theirs[-1]) % 3)
    amplitudes = np.abs(spectrum(Pattern(((0, 1), (1, 1))), own, theirs))
    assert np.isclose(amplitudes.max(), 1) and (amplitudes > 0.5).sum() == 1
    assert words(2)[amplitudes.argmax()].tolist() == [2, 2]
    portrait = fingerprint(own, theirs)
    assert np.isclose(portrait[0, 1], 1) and np.allclose(portrait, portrait.T)


def test_the_loudest_cell_of_a_random_fingerprint_is_below_its_limit_as_often_as_told():
    games = np.random.default_rng(11).integers(3, size=(60, 2, 200))
    loudest = np.array([fingerprint(own, theirs).max() for own, theirs in games])
    assert looks() == 10 * 2 + 45 * 4
    assert abs((loudest < null_amplitude(200, looks())).mean() - 0.95) <= 0.06


def test_a_cycle_rings_at_its_frequency():
    power = time_spectrum([0, 0, 1, 2] * 25)
    assert set(np.flatnonzero(power > 0.1).tolist()) <= {0, 25, 50, 75}
