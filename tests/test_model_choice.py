"""Every Stable Diffusion room renders with the model that was chosen, and says what it cannot do."""

import shutil

import pytest
from streamlit.testing.v1 import AppTest

from lab import catalog
from lab.diffusion import shelf
from lab.views import pipelines
from tests.diffusion import tiny

FACTS = {"steps": 2, "guidance": 1.0, "scheduler": "ddim"}
PATIENCE = 120
ROOMS = {  # link, button, and the name of the render
    "librarian": ({"prompt": "a cat"}, "librarian go button"),
    "anatomy": ({"prompt": "a cat", "steps": "2", "guidance": "2"}, "anatomy go"),
    "mix": ({"p": ["a cat", "a dog"], "parts": "1"}, "mix render button"),
    "variations": ({"prompt": "a cat", "count": "2"}, "variations render button"),
    "latents": ({"p": ["a cat"], "view": "negative"}, "latents go"),
    "morph": ({"p": ["a cat", "a dog"], "frames": "1", "loop": "none"}, "morph go"),
}


@pytest.fixture(scope="module", autouse=True)
def models(tmp_path_factory):
    """A tiny pipeline in babel's place, and another one in the models folder."""
    folder, models = map(tmp_path_factory.mktemp, ("babel", "models"))
    with tiny.in_babels_place(folder, FACTS), pytest.MonkeyPatch.context() as patch:
        shutil.copytree(folder, models / "other")
        patch.setenv(shelf.VARIABLE, str(models))
        yield models


def opened(word, **query):
    app = AppTest.from_file(str(catalog.by_word(word).page), default_timeout=PATIENCE)
    for name, value in (ROOMS[word][0] | query).items():
        app.query_params[name] = value
    return app.run()


def rendered(app, word):
    app.button(key=ROOMS[word][1]).click().run()
    job = app.session_state[f"{word} render"].job
    assert job.wait(PATIENCE)
    return job


@pytest.mark.parametrize("word", ROOMS)
def test_a_room_renders_with_the_model_of_its_link(word):
    app = opened(word, model="other")
    assert not app.exception and not app.warning
    job = rendered(app, word)
    assert not job.error and app.session_state[f"{word} render"].spec.model == "other"
    assert list(pipelines.models().resident) == ["other"]  # one at a time
    code = " ".join(block.value for block in app.run().code)
    assert "load('other')" in code.replace('"', "'") and "--model" in code
    assert app.query_params["model"] in ("other", ["other"])


@pytest.mark.parametrize("word", [word for word in ROOMS if word != "morph"])
def test_choosing_babel_again_takes_the_model_out_of_the_link(word):
    app = opened(word, model="other")
    app.selectbox(key="model").select("babel").run()
    assert not app.exception and "model" not in app.query_params


@pytest.mark.parametrize("word", ROOMS)
@pytest.mark.parametrize("asked", ["/etc/passwd", "gone"])
def test_a_link_to_no_model_gets_a_sentence_and_babel(word, asked):
    app = opened(word, model=asked)
    said = [warning.value.replace("\\", "") for warning in app.warning]
    assert not app.exception and len(said) == 1 and f"model = {asked}" in said[0]


@pytest.mark.parametrize("word", ["variations", "librarian"])
def test_a_model_of_the_hub_is_not_fetched_unasked(word):
    job = rendered(opened(word, model="somebody/something"), word)
    assert "allow" in job.error and "\n" not in job.error


HOSTILE = {
    "text.safetensors": (b"no tensors at all", "safetensors"),
    "pickle.safetensors": (b"\x80\x04}\x94\x8c\nstate_dict\x94}\x94s.", "safetensors"),
    "cut.ckpt": (b"PK\x03\x04" + bytes(200), "cut"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_checkpoint_that_cannot_be_read_is_one_sentence_on_the_page(models, name):
    data, said = HOSTILE[name]
    (models / name).write_bytes(data)
    app = opened("variations", model=name)
    job = rendered(app, "variations")
    shown = [warning.value for warning in app.run().warning]
    assert said in job.error and "\n" not in job.error and job.error.endswith(".")
    assert len(shown) == 1 and not app.exception


def test_the_librarian_says_what_a_strange_model_lacks():
    app = opened("librarian", mode="scout", model="other")
    assert any("judge knows no pictures of" in warning.value for warning in app.warning)
