"""The room of shuffling without a browser: its figures as data, its page, its code, its command."""

import csv
import json
import subprocess
import sys

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lab import catalog
from lab.cli import main
from lab.figures import shuffling as figures
from lab.figures.style import LIGHT
from lab.presets import read
from lab.shuffling import ShuffleSpec, family, shuffle
from lab.views.shuffling import taken
from tests.figures import charts

PATIENCE = 120
RIFFLES = shuffle(ShuffleSpec("riffle", 52))


def opened(**query):
    app = AppTest.from_file(str(catalog.by_word("shuffling").page), default_timeout=PATIENCE)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def metrics(app):
    """The three numbers above the figure."""
    return [metric.value for metric in app.metric]


def named(figure):
    """Traces of a figure that are in its legend, by name."""
    return {trace.name: trace for trace in figure.data if trace.name}


def test_the_page_opens_with_seven_riffles_and_five_figures():
    app = opened()
    assert metrics(app) == ["0.334", "0.510", "8"]
    assert app.session_state["shuffling preset"] == "Seven riffles"
    assert charts(app) == 5 and not app.query_params


def test_every_preset_is_shown_and_named():
    app = opened()
    for preset in read("shuffling"):
        app.selectbox(key="shuffling preset").select(preset.title).run()
        assert not app.exception and not app.warning
        assert app.session_state["shuffling preset"] == preset.title
        assert all(app.session_state[key] == value for key, value in preset.values.items())


def test_another_walk_is_looked_at_half_way_down_and_reset_goes_back():
    app = opened(t="3", log="true")
    assert metrics(app)[0] == "1.000"
    app.selectbox(key="walk").select("circle").run()
    assert "t" not in app.query_params and metrics(app)[0].startswith("0.4")
    app.selectbox(key="stay").select("never").run()
    app.slider(key="places").set_value(12).run()
    assert metrics(app)[2] == "never" and "never mixes" in app.info[0].value
    app.button(key="reset").click().run()
    assert metrics(app) == ["0.334", "0.510", "8"] and not app.query_params


def test_a_deck_without_laws_shows_its_bound_and_says_so():
    app = opened(walk="transpositions", deck="40")
    assert not app.exception and metrics(app)[0] == "unknown"
    assert charts(app) == 3
    assert any("says nothing above 1" in caption.value for caption in app.caption)


def test_a_bent_link_gets_one_sentence():
    app = opened(walk="tea", t="-2", cards="10000")
    assert len(app.warning) == 1 and "walk = tea" in app.warning[0].value.replace("\\", "")
    assert metrics(app) == ["0.334", "0.510", "8"]


def test_the_distance_is_drawn_step_by_step_under_its_bound():
    drawn = named(figures.draw_distance(RIFFLES, 7, False, LIGHT))
    exact, bound = drawn["exact distance"], drawn["the lemma's bound"]
    assert list(exact.x) == list(range(13)) and np.allclose(exact.y, RIFFLES.laws.distance)
    assert (np.array(bound.y) >= exact.y).all() and max(bound.y) <= 30
    assert drawn["after 7"].x == (7,) and drawn["after 7"].y[0] == pytest.approx(0.334, abs=5e-4)
    long = figures.draw_distance(shuffle(ShuffleSpec("circle", 75)), 500, True, LIGHT)
    assert max(len(trace.x) for trace in long.data) <= figures.DRAWN


def test_the_law_and_the_uniform_one_are_drawn_in_the_same_places():
    bars, line = figures.draw_law(RIFFLES, 7, LIGHT).data
    assert list(bars.x) == list(line.x) == list(range(1, 53))
    assert sum(bars.y) == pytest.approx(1) and sum(line.y) == pytest.approx(1)


def test_the_loudest_part_has_the_largest_dot():
    found = shuffle(ShuffleSpec("cube", 30))
    sizes = np.array(figures.draw_spectrum(found, 40, LIGHT).data[-1].marker.size)
    assert sizes.argmax() in (1, 30) and sizes[0] == sizes.min()
    assert not figures.draw_spectrum(shuffle(ShuffleSpec("circle", 9)), 3, LIGHT).data[-1].marker.showscale


def test_a_family_is_drawn_on_its_own_clocks_and_nobody_twice():
    drawn = named(figures.draw_family(family(RIFFLES.spec), RIFFLES, LIGHT))
    assert list(drawn) == ["13", "26", "104", "156", "52"]
    assert drawn["52"].x[1] == pytest.approx(1 / RIFFLES.spec.cutoff)


@pytest.mark.parametrize("spec", [ShuffleSpec(), ShuffleSpec("turn", 4, "half")], ids=lambda spec: spec.walk)
def test_the_shown_command_writes_what_the_shown_code_prints(spec, tmp_path, capsys):
    found = shuffle(spec)
    words = taken.command(spec).split()[3:]
    assert main([*words[:-1], str(tmp_path)]) == 0
    rows = list(csv.DictReader((tmp_path / "distances.csv").open()))
    assert np.allclose([float(row["distance"]) for row in rows], found.laws.distance)
    assert np.allclose([float(row["bound"]) for row in rows], found.bound)
    spectrum = list(csv.DictReader((tmp_path / "spectrum.csv").open()))
    assert sum(float(row["dimensions"]) for row in spectrum) == pytest.approx(found.spectrum.weights.sum())
    told = json.loads((tmp_path / "result.json").read_text())
    assert f"mixed after: {told['mixed after']}" in capsys.readouterr().out
    printed = subprocess.run(
        [sys.executable, "-c", taken.python(found)], cwd=catalog.ROOT, capture_output=True, text=True
    )
    assert printed.stdout.split()[-1] == str(told["mixed after"]), printed.stderr


def test_the_command_refuses_in_one_sentence(tmp_path, capsys):
    assert main(["shuffling", "--walk", "cube", "--size", "1", "--out", str(tmp_path)]) == 2
    assert "takes from 2 to 100" in capsys.readouterr().err
