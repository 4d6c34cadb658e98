"""Shuffling: every walk by brute force on the whole group, a published table, Plancherel, counts by hand."""

from itertools import permutations, product
from math import comb, erf, factorial, isclose, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.shuffling import WALKS, Mixing, ShuffleSpec, family, mixing_time, shipped, shuffle
from lab.shuffling.permutations import cycle_types, moves, representations
from lab.shuffling.riffle import cycle_numbers, eulerian

BAYER_DIACONIS = (1.000, 1.000, 1.000, 1.000, 0.924, 0.614, 0.334, 0.167, 0.085, 0.043)


@st.composite
def walks(draw):
    """Specs of every walk, of all sizes that a test can wait for."""
    word = draw(st.sampled_from(list(WALKS)))
    kind = WALKS[word]
    size = draw(st.integers(kind.least, min(kind.most, 24)))
    stay = draw(st.sampled_from(("one", "half", "never"))) if kind.stays else "one"
    return ShuffleSpec(word, size, stay)


def composed(left, right):
    """The permutation that does right, then left."""
    return tuple(left[place] for place in right)


def riffled(cards):
    """Every permutation's probability after one riffle: cut, then all ways to drop the packets alike."""
    law = {}
    for top in product((0, 1), repeat=cards):  # which packet each card of the shuffled deck comes from
        packets = iter(range(top.count(0))), iter(range(top.count(0), cards))
        deck = tuple(next(packets[packet]) for packet in top)
        law[deck] = law.get(deck, 0) + 2.0**-cards
    return law


def swapped(cards):
    """Every permutation's probability after two hands have swapped what they touch."""
    law = {}
    for left, right in product(range(cards), repeat=2):
        deck = list(range(cards))
        deck[left], deck[right] = deck[right], deck[left]
        law[tuple(deck)] = law.get(tuple(deck), 0) + cards**-2
    return law


def stepped(spec):
    """A group's elements, its product, and the law of one step, written down element by element."""
    n, stay = spec.size, spec.staying
    if spec.walk in ("riffle", "transpositions"):
        law = riffled(n) if spec.walk == "riffle" else swapped(n)
        return list(permutations(range(n))), composed, law
    base, letters = {"circle": (n, 1), "cube": (2, n), "redraw": (3, n), "turn": (3, n)}[spec.walk]
    law = {}
    for place in range(letters):
        ways = {"circle": {1: 0.5, n - 1: 0.5}, "redraw": {0: 1 / 3, 1: 1 / 3, 2: 1 / 3}}
        for turn, chance in ways.get(spec.walk, {1: 1.0}).items():
            word = tuple(turn if place == other else 0 for other in range(letters))
            law[word] = law.get(word, 0) + chance / letters * (1 if spec.walk == "redraw" else 1 - stay)
    still = (0,) * letters
    law[still] = law.get(still, 0) + (0 if spec.walk == "redraw" else stay)
    return (
        list(product(range(base), repeat=letters)),
        lambda a, b: tuple((x + y) % base for x, y in zip(a, b, strict=True)),
        law,
    )


def followed(spec, steps):
    """Laws on the whole group after 0, 1, .. steps, by powers of the matrix of a step."""
    elements, times, law = stepped(spec)
    index = {element: number for number, element in enumerate(elements)}
    matrix = np.zeros((len(elements), len(elements)))
    for element in elements:
        for move, chance in law.items():
            matrix[index[element], index[times(move, element)]] += chance
    now = np.zeros(len(elements))
    now[index[tuple(range(spec.size)) if spec.walk in ("riffle", "transpositions") else elements[0]]] = 1
    found = [now]
    for _ in range(steps):
        found.append(found[-1] @ matrix)
    return np.array(found), matrix


SMALL = [
    *(ShuffleSpec("riffle", n) for n in (2, 3, 4, 5)),
    *(ShuffleSpec("transpositions", n) for n in (2, 3, 4, 5)),
    *(ShuffleSpec("circle", n, stay) for n, stay in ((3, "never"), (6, "never"), (7, "one"), (8, "half"))),
    *(ShuffleSpec("cube", d, stay) for d, stay in ((2, "one"), (4, "one"), (3, "never"), (5, "half"))),
    *(ShuffleSpec("redraw", m) for m in (2, 4)),
    *(ShuffleSpec("turn", m, stay) for m, stay in ((2, "one"), (4, "one"), (3, "never"), (3, "half"))),
]


@pytest.mark.parametrize("spec", SMALL, ids=lambda spec: f"{spec.walk}-{spec.size}-{spec.stay}")
def test_distance_bound_and_spectrum_are_those_of_the_whole_group(spec):
    found = shuffle(spec)
    laws, matrix = followed(spec, min(found.steps, 40))
    order = laws.shape[1]
    times = slice(0, len(laws))
    assert np.allclose(found.laws.distance[times], abs(laws - 1 / order).sum(axis=1) / 2, atol=1e-12)
    plancherel = order * (laws**2).sum(axis=1) - 1  # the lemma's sum
    assert np.allclose(2 * found.bound[times], np.sqrt(plancherel.clip(0)), atol=1e-7)
    values, weights = found.spectrum.values, np.rint(found.spectrum.weights).astype(int)
    assert weights.sum() == order and values[0] == pytest.approx(1)
    traces = [np.trace(np.linalg.matrix_power(matrix, power)) for power in range(1, 6)]
    assert np.allclose([(weights * values**power).sum() for power in range(1, 6)], traces)


@settings(max_examples=60)
@given(walks())
def test_the_bound_is_never_below_the_distance_and_neither_ever_grows(spec):
    found = shuffle(spec)
    assert (found.bound >= found.laws.distance - 1e-9).all()
    assert (np.diff(found.bound) <= 1e-9).all() and (np.diff(found.laws.distance) <= 1e-9).all()
    assert np.allclose(found.laws.shares.sum(axis=1), 1) and found.laws.even.sum() == pytest.approx(1)
    assert found.laws.distance[0] == pytest.approx(1 - 1 / found.spectrum.weights.sum())
    seen = abs(found.laws.shares - found.laws.even).sum(axis=1) / 2  # what a statistic hears is no more
    assert (seen <= found.laws.distance + 1e-9).all()


@settings(max_examples=40)
@given(walks())
def test_a_walk_mixes_unless_it_has_a_period(spec):
    found = shuffle(spec)
    left = 1 - 1 / spec.period
    assert found.laws.distance[-1] == pytest.approx(left, abs=0.021)
    assert (mixing_time(found.laws.distance) is None) == (spec.period > 1)


def test_fifty_two_cards_are_those_of_bayer_and_diaconis():
    found = shuffle(ShuffleSpec("riffle", 52))
    assert found.laws.distance[1:11].round(3).tolist() == list(BAYER_DIACONIS)
    assert mixing_time(found.laws.distance, 0.5) == 7


@pytest.mark.parametrize("cards", [25, 52, 104])
def test_other_decks_follow_the_same_law_of_the_cutoff(cards):
    distance = shuffle(ShuffleSpec("riffle", cards)).laws.distance
    normal = [1 - 2 * _phi(-(2 ** -(t - 1.5 * log(cards, 2))) / (4 * 3**0.5)) for t in range(len(distance))]
    assert np.allclose(distance[5:], normal[5:], atol=0.02)  # theorem 2 of Bayer and Diaconis


def _phi(x):
    """The normal distribution function."""
    return (1 + erf(x / 2**0.5)) / 2


@pytest.mark.parametrize("cards", range(2, 9))
def test_euler_and_stirling_count_permutations(cards):
    decks = np.array(list(permutations(range(cards))))
    where = np.argsort(decks, axis=1)
    rising = 1 + (np.diff(where, axis=1) < 0).sum(axis=1)
    assert tuple(np.bincount(rising, minlength=cards + 1)[1:]) == eulerian(cards)
    assert sum(cycle_numbers(cards)) == factorial(cards)
    assert cycle_numbers(cards)[1] == comb(cards, 2)


@pytest.mark.parametrize("cards", [2, 3, 7, 20, 52])
def test_squared_dimensions_add_up_to_the_order_of_the_group(cards):
    contents, dimensions = representations(cards)
    assert isclose((dimensions**2).sum(), factorial(cards), rel_tol=1e-12)
    assert contents.max() == comb(cards, 2) and (np.sort(contents) == np.sort(-contents)).all()
    assert np.allclose(dimensions, np.rint(dimensions)) or cards > 20


def test_dimensions_of_five_cards_can_be_counted():
    contents, dimensions = representations(5)
    assert sorted(zip(contents.tolist(), dimensions.round().astype(int).tolist(), strict=True)) == [
        *((-10, 1), (-5, 4), (-2, 5), (0, 6), (2, 5), (5, 4), (10, 1))
    ]


def test_steps_between_cycle_types_add_up_and_keep_the_uniform_law():
    here, there, chance = moves(12)
    types = cycle_types(12)
    assert len(types) == 77 and (types @ np.arange(13) == 12).all()
    assert np.allclose(np.bincount(here, chance, len(types)), 1 - 1 / 12)
    signs = (12 - types.sum(axis=1)) % 2
    assert (signs[here] != signs[there]).all()


@pytest.mark.parametrize("walk", ["riffle", "transpositions", "cube", "redraw", "turn"])
def test_a_larger_group_falls_more_steeply_around_its_cutoff(walk):
    widths = []
    for found in family(ShuffleSpec(walk)):
        high, low = (mixing_time(found.laws.distance, level) for level in (0.9, 0.1))
        widths.append((low - high) / found.spec.cutoff)
        assert high <= 1.1 * found.spec.cutoff and low >= 0.9 * found.spec.cutoff
    assert widths[-1] < 0.75 * widths[0]


def test_a_circle_has_no_cutoff():
    widths = [
        (mixing_time(found.laws.distance, 0.1) - mixing_time(found.laws.distance, 0.9)) / found.spec.cutoff
        for found in family(ShuffleSpec("circle"))
    ]
    assert max(widths) < 1.1 * min(widths)


def test_a_deck_too_large_for_its_cycle_types_has_a_bound_alone():
    found = shuffle(ShuffleSpec("transpositions", 51))
    assert isinstance(found, Mixing) and found.laws is None
    assert found.known.max() == 1 and 100 < mixing_time(found.known) < 130


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (dict(walk="cards"), "No walk is called 'cards'"),
        (dict(size=1), "takes from 2 to 156"),
        (dict(walk="circle", size=5, stay="ever"), "No way to stay"),
        (dict(stay="half"), "part of the walk"),
    ],
)
def test_a_walk_that_cannot_be_gets_one_sentence(wrong, said):
    with pytest.raises(ValueError, match=said):
        shuffle(ShuffleSpec(**wrong))


def test_what_ships_of_fifty_two_cards_keeps_the_signs_and_stays_below_the_bound():
    found = shuffle(ShuffleSpec("transpositions", 52))
    laws, times = found.laws, np.arange(found.steps + 1)
    signs = laws.shares @ (-1.0) ** (52 - laws.places)
    assert np.allclose(signs, (-50 / 52.0) ** times, atol=1e-5)  # the character of the signs, step by step
    assert (laws.distance <= found.bound).all() and (np.diff(laws.distance) < 1e-12).all()
    seen = abs(laws.shares - laws.even).sum(axis=1) / 2
    assert (seen <= laws.distance + 1e-5).all()
    assert mixing_time(laws.distance) == 109 and mixing_time(found.bound) == 120


def test_what_ships_is_what_the_command_would_write(tmp_path, monkeypatch):
    monkeypatch.setattr(shipped, "DECK", 14)
    path = shipped.write(tmp_path / "transpositions-14.npz")
    with np.load(path) as kept:
        found = shuffle(ShuffleSpec("transpositions", 14)).laws
        assert np.allclose(kept["distance"], found.distance) and np.allclose(kept["even"], found.even)
        assert np.allclose(kept["shares"], found.shares, atol=1e-6)
