"""Pages without a browser: each opens, says what it is, keeps what was typed, answers a mistake in words."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from lab import catalog
from tests.diffusion import tiny

FACTS = {"steps": 2, "guidance": 1.0, "scheduler": "ddim"}
WALK = {"p": ["a cat", "a dog"], "frames": "2"}
PATIENCE = 120


@pytest.fixture(scope="module", autouse=True)
def babel(tmp_path_factory):
    """A tiny pipeline in babel's place, so that a page can really render."""
    folder = tmp_path_factory.mktemp("babel")
    with tiny.in_babels_place(folder, FACTS, "a cat and dog"):
        yield folder


def opened(word, query=None):
    """A page as a visitor with this link finds it."""
    app = AppTest.from_file(str(catalog.by_word(word).page), default_timeout=PATIENCE)
    for name, value in (query or {}).items():
        app.query_params[name] = value
    return app.run()


def rendered(app):
    """The page after a press on Render, when the job is over."""
    app.button(key="morph go").click().run()
    render = app.session_state["morph render"]
    assert render.job.wait(PATIENCE)
    return app.run()


def sentences(app):
    """What the page complains about."""
    return [warning.value.replace("\\", "") for warning in app.warning]


@pytest.mark.parametrize("experiment", catalog.open_rooms(), ids=lambda e: e.word)
def test_every_room_opens_with_its_title_its_sentence_and_its_code(experiment):
    app = opened(experiment.word)
    assert not app.exception
    assert [title.value for title in app.title] == [experiment.title]
    assert any(experiment.sentence in text.value for text in app.markdown)
    assert any(expander.label == "Show me the code" for expander in app.expander)
    assert any(caption.value.startswith("Sources:") for caption in app.caption)
    assert not sentences(app)


def test_the_front_door_has_a_card_for_every_room():
    app = AppTest.from_file(str(catalog.ROOT / "Home.py"), default_timeout=PATIENCE).run()
    assert not app.exception
    assert app.title[0].value == "The Latent Library"
    for experiment in catalog.open_rooms():
        assert any(experiment.sentence == text.value for text in app.markdown)


def test_a_link_fills_the_controls_and_leaves_no_complaint():
    app = opened("morph", WALK | {"seed": "7", "loop": "none", "steps": "3"})
    assert [field.value for field in app.text_input][:3] == ["a cat", "a dog", "7"]
    assert app.session_state["morph loop"] == "none" and app.session_state["morph steps"] == 3
    assert not sentences(app)


def test_the_link_follows_the_controls():
    app = opened("morph", WALK)
    app.text_input(key="morph prompt 1").set_value("a dog and a cat").run()
    assert app.query_params["p"] == ["a cat", "a dog and a cat"]
    assert app.query_params["frames"] == "2"
    assert "seed" not in app.query_params


def test_a_render_ends_with_all_its_frames_and_the_same_link_finds_it_finished():
    app = rendered(opened("morph", WALK))
    render = app.session_state["morph render"]
    assert not app.exception and not sentences(app)
    assert len(render.items) == 4 and render.job.state == "done"
    assert any("4 frames in" in caption.value for caption in app.caption)
    again = opened("morph", WALK)
    again.button(key="morph go").click().run()
    assert again.session_state["morph render"].job is render.job


def test_a_cancelled_render_keeps_its_finished_frames():
    app = opened("morph", WALK | {"frames": "60", "steps": "20"})
    app.button(key="morph go").click().run()
    render = app.session_state["morph render"]
    patience = time.monotonic() + PATIENCE
    while not render.items and time.monotonic() < patience:
        time.sleep(0.05)
    app.button(key="morph cancel").click().run()
    kept = app.session_state["morph render"].items
    assert 0 < len(kept) < 120
    assert any(f"Cancelled with {len(kept)} of 120" in caption.value for caption in app.caption)
    assert render.job.wait(PATIENCE)
    assert app.run().session_state["morph render"].items == kept


def test_prompts_are_added_and_taken_out_without_losing_the_others():
    app = opened("morph", WALK)
    app.button(key="morph add").click().run()
    app.text_input(key="morph prompt 2").set_value("a cat and a dog").run()
    app.button(key="morph remove 0").click().run()
    assert app.query_params["p"] == ["a dog", "a cat and a dog"]
    assert all(app.button(key=f"morph remove {number}").disabled for number in (0, 1))


def test_sixteen_prompts_are_the_most():
    app = opened("morph", {"p": [f"a cat {number}" for number in range(16)], "frames": "1"})
    assert app.button(key="morph add").disabled


def test_words_babel_does_not_know_and_cut_tokens_are_told():
    app = opened("morph", {"p": ["a *helicopter*", "a " * 400]})
    told = [caption.value.replace("\\", "") for caption in app.caption]
    assert "babel does not know: *, helicopter." in told
    assert any("tokens are read" in text and "cut off" in text for text in told)


MISTAKES = {
    "empty": ("morph prompt 0", "  ", "Prompt 1 is empty"),
    "endless": ("morph prompt 1", "word " * 2500, "limit is 10000"),
    "negative seed": ("morph seed", "-1", "seed is -1"),
    "large seed": ("morph seed", str(2**64), f"from 0 to {2**64 - 1}"),
    "no number": ("morph seed", "🦊", "seed is '🦊'"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_gets_one_sentence_and_what_was_typed_stays(case):
    key, typed, said = MISTAKES[case]
    app = opened("morph", WALK)
    app.text_input(key=key).set_value(typed).run()
    app.button(key="morph go").click().run()
    assert not app.exception
    assert len(sentences(app)) == 1 and said in sentences(app)[0]
    assert app.text_input(key=key).value == typed
    assert "morph render" not in app.session_state


@pytest.mark.parametrize("frames", [0, -4, 10_000])
def test_too_few_or_too_many_frames_get_one_sentence(frames):
    app = opened("morph", WALK)
    app.number_input(key="morph frames").set_value(frames).run()
    app.button(key="morph go").click().run()
    assert not app.exception and "from 1 to 120" in sentences(app)[0]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"frames": "0"}, "frames = 0"),
        ({"seed": "-1", "loop": "spiral"}, "loop = spiral, seed = -1"),
        ({"p": ["alone"]}, "one prompt"),
        ({"p": ["a"] * 50}, "50 prompts"),
        ({"p": ["![x](http://nowhere)", ""]}, "Prompt 2 is empty"),
        ({"seed": "![x](http://nowhere)"}, "![x](http\u2060://nowhere)"),
    ],
)
def test_a_bent_link_gets_a_sentence_and_defaults(query, said):
    app = opened("morph", query)
    assert not app.exception
    assert said in " ".join(sentences(app))
    assert not app.button(key="morph go").disabled


def test_reset_and_presets_set_every_control():
    app = opened("morph", WALK | {"seed": "7"})
    app.selectbox(key="morph preset").select("Four seasons").run()
    assert len(app.query_params["p"]) == 4 and "seed" not in app.query_params
    app.button(key="morph reset").click().run()
    assert app.session_state["morph preset"] == "Rainy city, rainy forest"


def test_emoji_are_rendered_like_any_other_word():
    app = rendered(opened("morph", WALK | {"p": ["🦊", "a dog 🦉"]}))
    assert not app.exception and len(app.session_state["morph render"].items) == 4
