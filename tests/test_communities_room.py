"""The room of communities without a browser: its matrices, its theory, its page, its command."""

import csv
import json

import networkx as nx
import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from lab import catalog
from lab.cli import main
from lab.commands.communities import exhibit
from lab.communities import PlantedGraph, erdos_renyi, planted_partition, rewired, signal_to_noise
from lab.communities.adjacency import degrees
from lab.communities.agreement import confusion, overlap
from lab.communities.archive import as_json, from_json
from lab.communities.detectability import (
    HARD,
    HARD_FROM,
    hard_from,
    mixing_at_threshold,
    rates,
    searched_from,
)
from lab.communities.graph_spec import GraphSpec
from lab.communities.modularity import modularity, modularity_groups
from lab.communities.ordering import bounds, by_groups, edge_ends, matched
from lab.figures import communities as figures
from lab.figures.style import DARK, LIGHT
from lab.presets import read
from lab.views.communities import answers, rooms
from tests.figures import charts

PATIENCE = 170  # seconds, on a machine with much else to do
GRAPH = GraphSpec(n=240, k=3, c_in=24, c_out=2, isolated=0.05, seed=1)


def test_a_spec_is_its_graph():
    made = GRAPH.draw()
    assert isinstance(made, PlantedGraph) and made.adjacency.shape == (240, 240)
    assert GRAPH.sizes.sum() == 240 and (degrees(made.adjacency) == 0).any()
    assert GRAPH.snr == pytest.approx(signal_to_noise(3, 24, 2))
    uneven = GraphSpec(n=1000, k=4, uneven=0.5).sizes
    assert uneven.sum() == 1000 and np.allclose(uneven[1:] / uneven[:-1], 0.5, atol=0.02)


@pytest.mark.parametrize(
    "wrong", [dict(k=0), dict(n=0), dict(c_in=-1), dict(tail=1.5), dict(n=10, c_in=40.0)]
)
def test_a_graph_that_cannot_be_gets_one_sentence(wrong):
    with pytest.raises(ValueError):
        GraphSpec(**wrong).validate()


def test_overlap_counts_what_chance_does_not():
    truth = np.array([0, 0, 0, 1, 1, 1])
    assert overlap(truth, np.array([1, 1, 1, 0, 0, 0])) == 1
    assert overlap(truth, np.zeros(6, int)) == 0
    assert overlap(truth, np.array([0, 0, 1, 1, 1, 1])) == pytest.approx((5 / 6 - 1 / 2) / (1 / 2))
    assert confusion(truth, np.array([1, 1, 0, 0, 0, 0])).tolist() == [[1, 2], [3, 0]]


def test_the_threshold_is_where_the_signal_is_the_noise():
    for groups in (2, 3, 7):
        for degree in (3.0, 9.0):
            c_in, c_out = rates(groups, degree, float(mixing_at_threshold(groups, degree)))
            assert c_in - c_out == pytest.approx(groups * degree**0.5)
            assert signal_to_noise(groups, c_in, c_out) == pytest.approx(1)
            assert (c_in + (groups - 1) * c_out) / groups == pytest.approx(degree)
    assert np.isnan(mixing_at_threshold(2, np.array([0.5]))[0])


def test_the_hard_band_opens_at_five_groups_and_grows(monkeypatch):
    assert hard_from(2) == hard_from(HARD_FROM - 1) == 1.0
    assert hard_from(HARD_FROM) < 1 and list(HARD) == sorted(HARD, reverse=True)
    monkeypatch.setattr("lab.communities.detectability.DRAWS", 8_000)
    assert searched_from(9) == pytest.approx(hard_from(9), abs=0.02)


def test_modularity_is_that_of_networkx_and_finds_groups_in_noise():
    noise = erdos_renyi(300, 5, seed=2).adjacency
    found = modularity_groups(noise)
    linked = degrees(noise) > 0
    graph = nx.from_scipy_sparse_array(noise)
    parts = [set(np.flatnonzero(found == name).tolist()) for name in range(found.max() + 1)]
    assert modularity(noise, found) == pytest.approx(nx.community.modularity(graph, parts))
    assert len(np.unique(found[linked])) >= 5 and modularity(noise, found) > 0.3


def test_the_order_puts_groups_together_and_the_isolated_last():
    made = GRAPH.draw()
    place = by_groups(made.adjacency, made.labels)
    assert sorted(place) == list(range(240))
    alone = degrees(made.adjacency) == 0
    assert place[alone].min() > place[~alone].max()
    ordered = made.labels[np.argsort(place)][: (~alone).sum()]
    assert (np.diff(ordered) >= 0).all()
    assert (
        bounds(made.adjacency, made.labels).tolist() == np.cumsum(np.bincount(made.labels[~alone])).tolist()
    )
    assert np.array_equal(matched(made.labels, (made.labels + 1) % 3), made.labels)


@pytest.mark.parametrize("count", [60, 4000])
@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_picture_has_ink_where_there_are_edges(count, colours):
    made = planted_partition(count, 2, 12, 0.001, seed=0)
    place = by_groups(made.adjacency, made.labels)
    group = made.labels if count <= figures.matrix.DOTS_MOST else None
    picture = figures.matrix_picture(edge_ends(made.adjacency), place, colours, group)
    assert isinstance(picture, Image.Image) and picture.size == (figures.matrix.SIDE,) * 2
    ink = np.asarray(picture.convert("RGB")).astype(int)
    paper = np.abs(ink - ink[-1, 0]).sum(2) > 30
    half = figures.matrix.SIDE // 2
    within, between = paper[:half, :half].mean(), paper[half:, :half].mean()
    assert within > 10 * max(between, 1e-4)


def test_recoveries_come_back_from_their_file_and_fit_the_presets():
    known = from_json(answers.SHIPPED.read_text(encoding="utf-8"))
    assert as_json(known) == answers.SHIPPED.read_text(encoding="utf-8").strip()
    for preset in read("communities"):
        key, adjacency = exhibit(preset.values)
        assert len(known[key].labels) == adjacency.shape[0], preset.title


def opened(**query):
    app = AppTest.from_file(str(catalog.by_word("communities").page), default_timeout=PATIENCE)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def said(app):
    return " ".join(caption.value for caption in app.caption)


def test_the_page_opens_with_three_matrices_and_no_torch():
    app = opened()
    assert charts(app) == 3 and not app.warning
    assert "**Recovered**: 4 groups, overlap" in said(app)


@pytest.mark.parametrize("view", [view.word for view in rooms.VIEWS])
def test_every_view_shows_a_small_graph(view):
    app = opened(view=view, graph="karate")
    for word in ("communities spectrum", "communities others", "communities steps"):
        if f"{word} render" in app.session_state:
            assert app.session_state[f"{word} render"].job.wait(PATIENCE)
            app.run()
    assert not app.exception and not app.warning and charts(app) >= 1
    assert "from lab.communities" in app.code[0].value


def test_shuffled_edges_drop_to_one_group():
    app = opened(view="why")
    app.button(key="shuffle edges").click().run()
    assert app.session_state["communities null render"].job.wait(PATIENCE)
    app.run()
    assert "**1** group found" in said(app)
    noise = rewired(GraphSpec().draw().adjacency, 1)
    assert np.array_equal(degrees(noise), degrees(GraphSpec().draw().adjacency))


def test_what_is_too_large_for_a_view_gets_one_sentence():
    app = opened(view="spectra", n="3000")
    assert len(app.warning) == 1 and "at most 800" in app.warning[0].value


def test_the_command_writes_labels_and_what_it_found(tmp_path, capsys):
    assert main(["communities", "--graph", "karate", "--out", str(tmp_path)]) == 0
    result = json.loads((tmp_path / "result.json").read_text())
    rows = list(csv.DictReader((tmp_path / "labels.csv").open()))
    assert result["vertices"] == 34 == len(rows) and {int(row["group"]) for row in rows} == set(
        range(result["k"])
    )
    assert str(result["k"]) in capsys.readouterr().out


def test_the_command_of_the_circles_writes_circles(tmp_path, capsys):
    assert (
        main(["circles", "--friends", "50", "--seed", "4", "--without", "merge", "--out", str(tmp_path)]) == 0
    )
    result = json.loads((tmp_path / "result.json").read_text())
    assert result["after each step"]["merge"] < result["guess nothing"]
    assert sum(result["circles"]) == len(list(csv.DictReader((tmp_path / "circles.csv").open())))
