"""The latents room without a browser: looks, the calculator, files that come back, and every wrong turn."""

import io
import json

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from lab import catalog, exports
from lab.diffusion import replay
from lab.diffusion.latents import VIEWS, LatentsSpec
from lab.galleries.latents import spec_of
from lab.presets import read
from lab.views.latents import link
from tests.diffusion import tiny

FACTS = {"steps": 2, "guidance": 1.0, "scheduler": "ddim"}
PATIENCE = 120


@pytest.fixture(scope="module", autouse=True)
def babel(tmp_path_factory):
    """A tiny pipeline in babel's place, so that a page can really draw."""
    folder = tmp_path_factory.mktemp("babel")
    with tiny.in_babels_place(folder, FACTS):
        yield folder


def opened(query=None, word="latents"):
    app = AppTest.from_file(str(catalog.by_word(word).page), default_timeout=PATIENCE)
    for name, value in (query or {}).items():
        app.query_params[name] = value
    return app.run()


def settled(app, key="latents render"):
    """The page when the job is over."""
    assert app.session_state[key].job.wait(PATIENCE)
    return app.run()


def drawn(query):
    app = opened(query)
    app.button(key="latents go").click().run()
    return settled(app)


def sentences(app):
    return [box.value.replace("\\", "") for box in app.warning]


@pytest.mark.parametrize("preset", read("latents"), ids=lambda preset: preset.title)
def test_every_preset_opens_filled(preset):
    app = opened(link.to_query(spec_of(preset)))
    assert not app.exception and not sentences(app)
    assert any("ships with the library" in caption.value for caption in app.caption)


@pytest.mark.parametrize("view", VIEWS)
def test_every_look_is_drawn(view):
    app = drawn({"p": ["a cat", "a dog"], "view": view, "count": "3"})
    assert not app.exception and not sentences(app)
    assert any(caption.value.startswith("Done in") for caption in app.caption)


def test_another_expression_is_calculated_at_once():
    app = drawn({"p": ["a cat", "a dog"], "view": "calculator", "expression": "a - b"})
    first = app.session_state["latents render"].job
    app.text_input(key="latents expression").set_value("mean(a, b)").run()
    app = settled(app)
    render = app.session_state["latents render"]
    assert render.job is not first and render.items[-1].expression == "mean(a, b)"
    assert app.query_params["expression"] == "mean(a, b)"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"view": "calculator", "expression": "a +"}, "Character 4: the expression ends"),
        ({"view": "calculator", "expression": "z"}, "there is no picture 'z'"),
        ({"view": "sculpture"}, "view = sculpture"),
        ({"p": ["a cat"], "view": "blend"}, "A blend needs two pictures"),
        ({"p": ["own:" + "0" * 16]}, "bring it again"),
        ({"p": [" "]}, "Picture a is empty"),
    ],
)
def test_what_cannot_be_gets_a_sentence(query, said):
    app = opened(query)
    assert not app.exception and said in " ".join(sentences(app))


@pytest.mark.parametrize(
    "spec",
    [LatentsSpec(("a cat",)), LatentsSpec(("a", "b & c"), "calculator", "-a + 2*b", 5, 7, 3, 1.5, "lcm")],
)
def test_a_link_holds_the_whole_look(spec):
    assert link.from_query(link.to_query(spec), LatentsSpec(("x",))) == (spec, "")


def picture(size=(40, 24)):
    buffer = io.BytesIO()
    Image.effect_noise(size, 60).save(buffer, "PNG")
    return buffer.getvalue()


def test_a_brought_picture_gets_the_next_letter():
    app = opened({"p": ["a cat"]})
    app.file_uploader(key="latents file 0").set_value(("mine.png", picture(), "image/png")).run()
    app.button(key="latents take").click().run()
    assert not app.exception and app.query_params["p"][1].startswith("own:")
    app.button(key="latents go").click().run()
    app = settled(app)
    assert not app.exception and not sentences(app)
    assert app.session_state["latents render"].items[0]["own"]


def test_a_text_named_png_gets_one_sentence():
    app = opened({"p": ["a cat"]})
    app.file_uploader(key="latents file 0").set_value(("mine.png", b"hello", "image/png")).run()
    assert not app.exception and "mine.png is not a PNG" in sentences(app)[0]


@pytest.mark.parametrize("word", ["morph", "mix", "variations", "latents", "librarian", "anatomy"])
def test_every_room_takes_a_file_back(word):
    app = opened(word=word)
    app.file_uploader(key=f"{word} replay file").set_value(("x.png", b"hello", "image/png")).run()
    assert not app.exception and any("holds no recipe" in said for said in sentences(app))


def test_a_file_sets_the_page_and_comes_out_bit_equal():
    app = drawn({"p": ["a cat"], "seed": "7"})
    known, source, *_ = app.session_state["latents render"].items
    data = exports.png(source.image, known)
    again = opened()
    again.file_uploader(key="latents replay file").set_value(("x.png", data, "image/png")).run()
    again.button(key="latents replay render").click().run()
    again = settled(again, f"replay {replay.bring(data).digest} render")
    assert "Bit-equal: the picture comes out again to the last bit." in [box.value for box in again.success]
    again.button(key="latents replay set").click().run()
    assert not again.exception
    assert again.query_params["p"] == "a cat" and again.query_params["seed"] == "7"


def test_a_notebook_holds_the_pages_code():
    from lab.views.notebook import notebook

    python, _ = link.code(LatentsSpec(("a cat",)))
    cells = json.loads(notebook("Latents", "", python))["cells"]
    assert cells[1]["source"] == python and np.size(cells) == 2
