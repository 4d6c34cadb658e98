"""Under a finished film of the morph, without a browser: the grid, more frames, one frame checked alone."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lab import catalog
from lab.diffusion import load
from lab.diffusion.bilinear import BilinearSpec, bilinear
from tests.diffusion import tiny

FACTS = {"steps": 2, "guidance": 1.0, "scheduler": "ddim"}
PATIENCE = 120
OWN = "the model's own sampling"


@pytest.fixture(scope="module", autouse=True)
def babel(tmp_path_factory):
    """A tiny pipeline in babel's place, so that a page can really render."""
    with tiny.in_babels_place(tmp_path_factory.mktemp("babel"), FACTS, "a cat and dog") as place:
        yield place


def opened(prompts, **query):
    """The page as a visitor with this link finds it."""
    app = AppTest.from_file(str(catalog.by_word("morph").page), default_timeout=PATIENCE)
    app.query_params["p"] = prompts
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def pressed(app, key, word):
    """The page after a press, when the job of this word is over."""
    app.button(key=key).click().run()
    assert app.session_state[f"{word} render"].job.wait(PATIENCE)
    assert not app.run().exception
    return app, app.session_state[f"{word} render"]


def said(app):
    return " ".join([*(text.value for text in app.markdown), *(text.value for text in app.caption)])


def test_the_grid_between_four_prompts_is_that_of_the_library():
    corners = ["a cat", "a dog", "a cat and a dog", "and"]
    app = opened(corners[:3], frames="2")
    assert "the form has 3 prompts: add some" in said(app)
    app = opened(corners, frames="2")
    app.slider(key="morph grid side").set_value(3).run()
    app, render = pressed(app, "morph grid go", "morph grid")
    spec = BilinearSpec(tuple(corners), 3, steps=2, guidance=1.0, scheduler="ddim")
    expected = [cell.image for cell in bilinear(load("babel", "cpu"), spec)]
    assert np.array_equal([cell.image for cell, _, _ in render.items], expected) and len(expected) == 9
    assert render.items[0][2]["experiment"] == "morph grid"


def test_a_frame_is_added_at_the_largest_step_and_one_is_found_exact_alone():
    app, render = pressed(opened(["a cat", "a dog"], frames="3", loop="none"), "morph go", "morph")
    before = len(render.items)
    assert "times the mean" in said(app)
    app.number_input(key="morph check frame").set_value(2).run()
    app, _ = pressed(app, "morph check go", "morph check")
    assert "Frame 2, rendered alone: **bit-equal to the film's**." in said(app)
    app.button(key="morph bisect").click().run()
    render = app.session_state["morph render"]
    assert render.job.wait(PATIENCE) and not app.run().exception
    assert len(render.spec.added) == 1 and len(app.session_state["morph render"].items) == before + 1


def test_what_costs_less_is_offered_where_a_morph_takes_long_and_fills_the_form(monkeypatch):
    monkeypatch.setattr("lab.views.morph_meter.LONG", 0)
    app = opened(["a cat", "a dog"], frames="40", steps="30", guidance="3")
    offered = {
        button.key: button.label for button in app.button if (button.key or "").startswith("morph cheaper")
    }
    assert list(offered) == [f"morph cheaper {title}" for title in ("half the frames", "15 steps", OWN)]
    app.button(key="morph cheaper 15 steps").click().run()
    assert app.query_params["steps"] == "15" and app.query_params["frames"] == "40"
    app.button(key="morph cheaper half the frames").click().run()
    assert app.query_params["frames"] == "20" and not app.exception
