"""The reading room: whole data, references that are cited, lessons that fill their time, true arithmetic."""

import math
import re
from itertools import permutations, product

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lab import catalog, reading, tours
from lab.cli import main

WORDS = {experiment.word for experiment in catalog.EXPERIMENTS}
KEYS = {reference.key for reference in reading.references()}


def opened(**query):
    """The reading room as a visitor with this link finds it."""
    app = AppTest.from_file(str(catalog.by_word("reading").page), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


@pytest.mark.parametrize("essay", reading.essays(), ids=lambda essay: essay.word)
def test_an_essay_cites_what_there_is_and_leads_to_rooms(essay):
    assert set(essay.references) <= KEYS and len(essay.references) >= 3
    assert 250 <= len(essay.text.split()) <= 700
    for room, why, step in essay.rooms:
        assert room in WORDS and why.endswith(".")
        assert tours.read(room).step(step)


def test_terms_are_one_sentence_each_and_know_a_room():
    assert len(reading.glossary()) >= 50
    for term in reading.glossary():
        assert term.room in WORDS
        assert term.sentence.endswith(".") and ". " not in term.sentence, term.name
    assert [term.name for term in reading.matching("RANDOM graph")] == [
        "planted partition",
        "stochastic block model",
    ]


def test_there_is_one_lesson_for_each_room_of_the_catalog():
    assert [lesson.room for lesson in reading.course()].count("morph") == 1
    assert {lesson.room for lesson in reading.course()} == WORDS
    for lesson in reading.course():
        assert sum(minutes for minutes, _ in lesson.plan) == reading.LESSON_MINUTES
        assert len(lesson.exercises) >= 2
        assert all(e.solution.endswith(".") for e in lesson.exercises)


def entries(text):
    """Entries of a BibTeX file, read by its grammar: braces that balance, fields with commas between them."""
    found = {}
    for kind, key, body in re.findall(r"@(\w+)\{(\w+),\n(.*?)\n\}\n", text, re.DOTALL):
        fields = dict(re.findall(r"^  (\w+) = \{(.*)\},$", body, re.MULTILINE))
        assert len(fields) == len(body.splitlines()) and body.count("{") == body.count("}")
        found[key] = (kind, fields)
    return found


def test_bibtex_has_every_reference_with_what_its_kind_wants():
    wanted = {
        "article": {"author", "title", "journal", "year"},
        "book": {"author", "title", "publisher", "year"},
        "incollection": {"author", "title", "booktitle", "publisher", "year"},
        "inproceedings": {"author", "title", "booktitle", "year"},
        "misc": {"author", "title", "howpublished", "year"},
    }
    found = entries(reading.bibtex())
    assert set(found) == KEYS
    for key, (kind, fields) in found.items():
        assert wanted[kind] <= set(fields), key
        assert 1900 < int(fields["year"]) < 2100


def test_every_reference_leans_on_a_room_and_is_written_as_one_line():
    for one in reading.references():
        assert set(one.rooms) <= WORDS and one.rooms
        line = reading.cited(one)
        assert "\n" not in line and line.endswith(f"{one.year}.") and ", ," not in line


def solution(room, number):
    """The text of a solution."""
    return next(lesson for lesson in reading.course() if lesson.room == room).exercises[number].solution


def test_numbers_of_the_solutions_are_right():
    assert f"{sum(math.comb(12, k) for k in (10, 11, 12))}/4096" in solution("librarian", 1)
    assert f"{512 * 512 * 3 // (64 * 64 * 4)}" in solution("anatomy", 0)
    assert f"= {math.comb(7, 2)}" in solution("mix", 0)
    assert math.isclose(1 / math.sqrt(6), 0.408, abs_tol=5e-4) and "0.408" in solution("mix", 1)
    steps = [next(k for k in range(1, 99) if a ** (2 * k) <= 0.01) for a in (0.5, 0.9)]
    assert all(f"k = {k}" in solution("variations", 2) for k in steps)
    digits = math.floor(80 * 40 * 410 * math.log10(25)) + 1
    assert f"{digits:,}".replace(",", " ") in solution("reading", 2)
    assert str(math.factorial(4) // 4) in solution("multiwindow", 0)


def test_one_riffle_of_four_cards_and_ten_steps_on_a_circle_are_counted():
    ways = [sorted(range(4), key=[*packets].__getitem__) for packets in product((0, 1), repeat=4)]
    assert len(ways) == 16 and len({tuple(way) for way in ways}) == 12
    assert "= 16 ways" in solution("shuffling", 0) and "= 12 orders" in solution("shuffling", 0)
    slow, fast = (math.cos(math.radians(angle)) for angle in (144, 72))
    total = 2 * (slow**20 + fast**20)
    assert f"{slow:.3f}".replace("-", "−") in solution("shuffling", 1) and f"{fast:.3f}" in solution(
        "shuffling", 1
    )
    assert f"{total:.4f}" in solution("shuffling", 1) and f"{math.sqrt(total) / 2:.3f}" in solution(
        "shuffling", 1
    )


def test_the_example_of_a_trend_that_turns_around_does():
    first, second = [(0, 2), (1, 1), (2, 0)], [(10, 12), (11, 11), (12, 10)]
    assert str(first)[1:-1] in solution("multiwindow", 1)
    slopes = [np.polyfit(*np.transpose(points), 1)[0] for points in (first, second, first + second)]
    assert slopes[0] < 0 and slopes[1] < 0 and slopes[2] > 0


def test_the_cost_of_circles_is_the_minimum_over_matchings():
    truth, told = [set("abc"), set("cd")], [set("ab"), set("cde")]
    costs = [sum(len(a ^ b) for a, b in zip(truth, order, strict=True)) for order in permutations(told)]
    assert min(costs) == 2 and max(costs) == 8
    assert "The minimum is 2" in solution("circles", 0) and "together 8" in solution("circles", 0)


def test_the_squared_mean_arrow_and_the_best_answer():
    p, q, r = 0.6, 0.3, 0.1
    omega = np.exp(2j * np.pi / 3)
    assert np.isclose(abs(p + q * omega + r * omega**2) ** 2, p**2 + q**2 + r**2 - p * q - q * r - r * p)
    wins = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]  # of rock, paper, scissors against each
    assert (np.array(wins) @ [0.5, 0.5, 0]).tolist() == [-0.5, 0.5, 0]


@pytest.mark.parametrize("shelf", ["essays", "course", "glossary", "references"])
def test_every_shelf_opens_and_is_in_the_link(shelf):
    app = opened(shelf=shelf)
    assert not app.exception and not app.warning
    assert app.title[0].value == "Reading room"


def test_a_lesson_keeps_its_solutions_until_they_are_asked_for():
    app = opened(shelf="course", lesson="mix")
    assert not app.info
    app.toggle(key="solutions").set_value(True).run()
    assert [box.value for box in app.info] == [e.solution for e in reading.course()[4].exercises]
    assert not app.exception


def test_a_term_is_found_and_what_is_not_there_is_told():
    app = opened(shelf="glossary", find="gram")
    assert any("**Gram matrix**" in text.value for text in app.markdown)
    app.text_input(key="find").set_value("![x](http://nowhere)").run()
    assert len(app.warning) == 1 and not app.exception


def test_a_bent_link_to_a_shelf_gets_one_sentence():
    app = opened(shelf="cellar")
    assert "shelf = cellar" in app.warning[0].value.replace("\\", "") and not app.exception


def test_the_command_prints_a_shelf_or_bibtex(capsys):
    assert main(["reading", "glossary", "--find", "gram matrix"]) == 0
    assert "dot products" in capsys.readouterr().out
    assert main(["reading", "--bibtex"]) == 0
    assert set(entries(capsys.readouterr().out)) == KEYS
    assert main(["reading", "references", "--find", "nobody at all"]) == 2
