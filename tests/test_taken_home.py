"""What a visitor brings and takes home: files of one's own on the pages, and every file that is offered."""

import csv
import hashlib
import io
import json
import time

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from lab import catalog
from lab.networks import network, read_network
from lab.roshambo.archive import from_json
from lab.roshambo.tournament import play_tournament
from lab.similarity import decompose, steps
from lab.tables import table
from lab.tables.made import oval
from lab.views import takeaways

PATIENCE = 120


@pytest.fixture
def offered(monkeypatch):
    """Every file that a page has offered, by its name."""
    found, plain = {}, takeaways.downloads

    def noted(offers, disabled=False):
        found.update({offer.name: offer for offer in offers})
        plain(offers, disabled)

    monkeypatch.setattr(takeaways, "downloads", noted)
    return found


def opened(word, **link):
    """A page as a visitor with this link finds it."""
    app = AppTest.from_file(str(catalog.by_word(word).page), default_timeout=PATIENCE)
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def until(app, name, offered):
    """The page as soon as a file is offered, whatever it waits for."""
    patience = time.monotonic() + PATIENCE
    while name not in offered and time.monotonic() < patience:
        time.sleep(0.2)
        app.run()
    assert not app.exception
    return offered[name].build()


def rows(body):
    return list(csv.reader(io.StringIO(body.decode())))


def club():
    """Zachary's club as a file of one's own, and as a network."""
    known = network("karate")
    ends = zip(*known.adjacency.nonzero(), strict=True)
    lines = [f"{known.names[a]},{known.names[b]}" for a, b in ends if a < b]
    return "\n".join(["source,target", *lines]).encode(), known


def friendships(graph):
    """Who knows whom, by name."""
    ends = zip(*graph.adjacency.nonzero(), strict=True)
    return {frozenset((graph.names[a], graph.names[b])) for a, b in ends}


def test_a_graph_of_ones_own_is_recovered_and_its_files_are_read_again(offered):
    body, known = club()
    app = opened("communities", graph="own")
    app.file_uploader(key="own graph").set_value(("club.csv", body, "text/csv")).run()
    header, *labels = rows(until(app, "labels.csv", offered))
    assert header == ["vertex", "group", "certainty"]
    assert {name for name, _, _ in labels} == set(known.names)
    assert all(0 <= float(certainty) <= 1 for _, _, certainty in labels)
    again = read_network(offered["edges.csv"].build(), "edges.csv")
    assert friendships(again) == friendships(known)
    book = json.loads(offered["communities.ipynb"].build())
    assert any("club.csv" in "".join(cell["source"]) for cell in book["cells"])
    app.file_uploader(key="own graph").set_value(("club.csv", b"\x00\x01", "text/csv")).run()
    assert app.warning and not app.exception


def test_hidden_groups_stand_beside_the_recovered_ones(offered):
    app = opened("communities", n="100", k="2")
    header, *labels = rows(until(app, "labels.csv", offered))
    assert header[-1] == "hidden" and len(labels) == 100
    assert {hidden for *_, hidden in labels} == {"0", "1"}


def test_friends_of_ones_own_have_circles_and_their_files_are_read_again(offered):
    body, known = club()
    app = opened("circles", **{"from": "own"})
    app.file_uploader(key="own graph").set_value(("club.csv", body, "text/csv")).run()
    busiest = known.names[int(known.degrees.argmax())]
    around = known.around(known.names.index(busiest))
    until(app, "circles.csv", offered)
    assert friendships(read_network(offered["friends.csv"].build(), "friends.csv")) == friendships(around)
    app.selectbox(key="whose").select("everybody").run()
    header, *members = rows(until(app, "circles.csv", offered))
    assert header == ["circle", "member"] and {name for _, name in members} <= set(known.names)
    assert friendships(read_network(offered["friends.csv"].build(), "friends.csv")) == friendships(known)
    commands = [block.value for block in app.code]
    assert any("--graph club.csv" in text for text in commands)


def printed(offered, name, word):
    """The three plates of a state: each opens, one after the other, and they have one shape."""
    assert offered[f"{name}.svg"].build().startswith(b"<svg")
    document = pypdfium2.PdfDocument(offered[f"{name}.pdf"].build())
    width, height = document[0].get_size()
    with Image.open(io.BytesIO(offered[f"{name}.png"].build())) as picture:
        assert picture.width / picture.height == pytest.approx(width / height, rel=0.02)
    assert len(document) == 1 and word in document[0].get_textpage().get_text_range()


def test_the_numbers_of_a_direction_are_those_of_the_library(offered):
    opened("similarity", step="direction", angle="33")
    name = next(name for name in offered if name.endswith(".csv")).removesuffix(".csv")
    header, *numbers = rows(offered[f"{name}.csv"].build())
    turned = steps.turn(oval(), 33)
    assert header == ["angle", "total squared similarity"]
    written = np.array(numbers, float)
    np.testing.assert_allclose(written, np.column_stack([turned.angles, turned.similarity]))
    printed(offered, name, "PCA")


def test_a_table_of_ones_own_is_decomposed_and_its_scores_are_taken_home(offered):
    known = table("iris")
    names = list(known.columns)
    species = known.labels()
    lines = [",".join([*map(str, row), str(kind)]) for row, kind in zip(known.matrix(), species, strict=True)]
    body = "\n".join([",".join([*names, "kind"]), *lines]).encode()
    app = opened("similarity", step="real", data="own")
    app.file_uploader(key="own file").set_value(("flowers.csv", body, "text/csv")).run()
    assert not app.exception and not app.warning
    name = next(name for name in offered if name.endswith(".csv")).removesuffix(".csv")
    header, *scores = rows(offered[f"{name}.csv"].build())
    assert header[:3] == ["group", "axis 1", "axis 2"] and len(scores) == 150
    found = decompose(known.standardised().matrix(), 2).scores[:, :2]
    np.testing.assert_allclose(np.array([row[1:3] for row in scores], float), found, rtol=1e-6, atol=1e-9)
    printed(offered, name, "flowers")
    app.file_uploader(key="own file").set_value(("flowers.csv", b"\xff\xfe\x00", "text/csv")).run()
    assert app.warning and not app.exception


def test_a_table_of_ones_own_is_looked_at_through_windows(offered):
    lines = [f"{i},{i * i % 17},{i % 5},{3 * i},{'ab'[i % 2]}" for i in range(40)]
    body = "\n".join(["one,two,three,four,kind", *lines]).encode()
    app = opened("multiwindow", data="own")
    app.file_uploader(key="own file").set_value(("mine.csv", body, "text/csv")).run()
    assert not app.exception and not app.warning
    header, *windows = rows(offered["windows.csv"].build())
    place = header.index("rows")
    whole = next(row for row in windows if row[:2] == ["all", "all"])
    assert int(whole[place]) == 40
    assert sum(int(row[place]) for row in windows if "all" not in row[:2]) == 40
    printed(offered, "multiwindow", "mine")


def test_every_promise_of_the_bot_is_what_its_hash_says_and_the_portrait_opens(offered):
    app = opened("roshambo")
    for move in range(24):
        app.session_state["roshambo game"].play(move % 3)
    app.button(key="paint").click().run()
    header, *rounds = rows(offered["moves.csv"].build())
    assert header == ["round", "you", "machine", "promised SHA-256", "of"] and len(rounds) == 24
    assert [yours for _, yours, *_ in rounds] == list("RPS" * 8)
    for _, _, shown, digest, text in rounds:
        assert hashlib.sha256(text.encode()).hexdigest() == digest and text.startswith(shown)
    with Image.open(io.BytesIO(offered["portrait.png"].build())) as picture:
        assert picture.width == picture.height and np.asarray(picture).std() > 0


def test_a_tournament_goes_home_as_its_table_and_all_its_moves(offered):
    app = opened("roshambo", room="tournament", length="50", players="switchbot,random,bayes-1")
    app.button(key="contest go").click().run()
    assert app.session_state["roshambo render"].job.wait(PATIENCE)
    app.run()
    played = from_json(offered["tournament.json"].build().decode())
    assert played.spec.names == ("switchbot", "random", "bayes-1") and played.spec.rounds == 50
    np.testing.assert_array_equal(played.payoff, play_tournament(played.spec).payoff)
    _, *matches = rows(offered["moves.csv"].build())
    assert len(matches) == 3
    for _, _, _, score, first, second in matches:
        gains = [("RPS".index(a) - "RPS".index(b) + 1) % 3 - 1 for a, b in zip(first, second, strict=True)]
        assert len(gains) == 50 and sum(gains) == int(score)
