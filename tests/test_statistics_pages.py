"""The statistics pages without a browser: every table, every step and every offer opens."""

import pytest
from streamlit.testing.v1 import AppTest

from lab import catalog
from lab.views.multiwindow import knobs
from lab.views.notebook import notebook
from lab.views.similarity import kernels, real, walk


def opened(word, **state):
    """A page with some of its state set."""
    app = AppTest.from_file(str(catalog.by_word(word).page), default_timeout=120)
    for key, value in state.items():
        app.session_state[key] = value
    app.run()
    assert not app.exception
    return app


def charts(app):
    """Figures on a page: plotly's, and those that the house draws by itself."""
    return len(app.get("plotly_chart")) + len(app.get("bidi_component"))


@pytest.mark.parametrize("word", knobs.WORDS)
def test_every_table_has_its_windows(word):
    app = opened("multiwindow", data=word)
    assert not app.warning and charts(app) >= 1


def test_other_roles_walk_through_all_assignments():
    app = opened("multiwindow")
    seen = set()
    for _ in range(3):
        seen.add(tuple(app.selectbox(key=role).value for role in knobs.ROLES))
        app.button(key="turn").click().run()
    assert len(seen) == 3 and not app.exception


def test_windows_answer_their_knobs_and_reset():
    app = opened("multiwindow", columns=7, rows=3, frames="doubled", binning="quantile")
    assert any("Doubled frames" in caption.value for caption in app.caption)
    app.button(key="reset").click().run()
    assert app.slider(key="columns").value == 4
    assert any("Single frames" in caption.value for caption in app.caption)


@pytest.mark.parametrize("step", walk.WORDS)
def test_every_step_shows_figures_and_code(step):
    app = opened("similarity", step=step)
    assert not app.warning and charts(app) >= 1 and app.code


@pytest.mark.parametrize("step", ["matrix", "duality", "real"])
@pytest.mark.parametrize("word", real.WORDS[1:])
def test_every_table_goes_through_every_step(step, word):
    assert not opened("similarity", step=step, data=word).warning


@pytest.mark.parametrize("similarity", kernels.LABELS)
def test_every_similarity_is_shown(similarity):
    assert charts(opened("similarity", step="kernels", similarity=similarity)) >= 1


@pytest.mark.parametrize("word", ["similarity", "multiwindow"])
def test_a_bent_link_gets_one_sentence(word):
    app = AppTest.from_file(str(catalog.by_word(word).page), default_timeout=120)
    app.query_params["data"] = "<script>"
    app.run()
    assert not app.exception and len(app.warning) == 1 and "which cannot be" in app.warning[0].value


def test_a_notebook_is_json_with_its_cells():
    import json

    cells = json.loads(notebook("Title", "Text.", "x = 1", "x"))["cells"]
    assert [cell["cell_type"] for cell in cells] == ["markdown", "code", "code"]


def test_asides_are_drawn_when_they_are_opened():
    plain = charts(opened("multiwindow"))
    film = "As a film: a row of windows in time"
    assert charts(opened("multiwindow", **{film: True})) == plain + 1
    assert charts(opened("multiwindow", **{"Other ways to see four dimensions": True})) == plain + 2


def test_no_preset_is_named_that_the_link_does_not_show():
    app = AppTest.from_file(str(catalog.by_word("multiwindow").page), default_timeout=120)
    app.query_params["data"] = "gas"
    app.query_params["columns"] = "6"
    app.run()
    assert not app.exception and app.session_state["multiwindow preset"] is None
