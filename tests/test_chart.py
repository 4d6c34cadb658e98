"""Which figures the house draws by itself, and that the others are left to plotly."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from lab import catalog
from lab.figures.chart import MARKS_MOST, unknown, written
from lab.figures.style import LIGHT, dress, scale
from tests.figures import charts, plots

OPENING = {"anatomy": 1, "circles": 3, "communities": 3, "mix": 2, "shuffling": 5, "variations": 3}


def figure(*traces, **layout):
    """A figure in the dress of the house."""
    made = dress(go.Figure(list(traces)))
    made.update_layout(layout)
    return made


SEQUENCE = scale(LIGHT.sequence)
LINE = go.Scatter(y=[1, 2, 3], mode="lines")
KNOWN = {
    "a line": figure(LINE),
    "bars": figure(go.Bar(x=[1, 2], y=["a", "b"], orientation="h", text=["1", "2"], textposition="outside")),
    "heat": figure(go.Heatmap(z=np.eye(3), colorscale=SEQUENCE)),
    "colours by number": figure(go.Scatter(y=[1, 2], marker=dict(color=[1, 2], colorscale=SEQUENCE))),
}
LEFT = {
    "another kind of trace": figure(go.Pie(values=[1, 2])),
    "a word it does not know": figure(go.Scatter(y=[1, 2], stackgroup="one")),
    "a value it does not know": figure(go.Scatter(y=[1, 2], fill="tonexty")),
    "a symbol it does not know": figure(go.Scatter(y=[1, 2], marker_symbol="hexagram")),
    "text in bars": figure(go.Bar(y=[1, 2], text=["1", "2"], textposition="inside")),
    "a scale of plotly's": figure(go.Heatmap(z=np.eye(3))),
    "a scale in other words": figure(go.Heatmap(z=np.eye(3), colorscale=[[0, "red"], [1, "blue"]])),
    "numbers without a scale": figure(go.Scatter(y=[1, 2], marker_color=[1, 2])),
    "an axis it does not know": figure(LINE, xaxis_rangeslider_visible=True),
    "a menu": figure(LINE, updatemenus=[dict(type="buttons")]),
    "frames": go.Figure(data=[LINE], frames=[go.Frame(data=[LINE])]),
    "too many points": figure(go.Scatter(y=np.zeros(MARKS_MOST + 1), mode="markers")),
}


@pytest.mark.parametrize("name", KNOWN)
def test_what_the_component_knows_is_written_without_plotlys_template(name):
    tree = json.loads(written(KNOWN[name]))
    assert len(tree["data"]) == 1 and "template" not in tree["layout"]
    assert tree["layout"]["height"] == KNOWN[name].layout.height


@pytest.mark.parametrize("name", LEFT)
def test_what_it_does_not_know_is_left_to_plotly(name):
    assert written(LEFT[name]) is None


def test_it_says_which_words_it_does_not_know():
    tree = figure(go.Scatter(y=[1, 2], stackgroup="one"), barnorm="percent").to_plotly_json()
    tree["layout"].pop("template")
    assert unknown(tree) == {"scatter.stackgroup", "layout.barnorm"}


@pytest.mark.parametrize("word", OPENING)
def test_a_room_opens_without_plotly(word):
    app = AppTest.from_file(str(catalog.by_word(word).page), default_timeout=120).run()
    assert not app.exception
    assert (charts(app), plots(app)) == (OPENING[word], 0)
