"""The anatomy's page without a browser: link, code, scene, words, a run, a comparison, mistakes in words."""

import ast
import shlex
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from lab import catalog, presets
from lab.diffusion.anatomy import Anatomy, AnatomySpec, files, record
from lab.figures.anatomy import scene
from lab.figures.anatomy.apart import apart
from lab.figures.anatomy.plate import lit, plate
from lab.figures.anatomy.scene import groups, shares, signed
from lab.figures.sheet import Picture, Text, svg
from lab.galleries import anatomy as gallery
from lab.views.anatomy import code, telling
from tests.diffusion import tiny

FACTS = {"steps": 2, "guidance": 2.0, "scheduler": "ddim"}
PATIENCE = 120


@pytest.fixture(scope="module", autouse=True)
def babel(tmp_path_factory):
    """A tiny pipeline in babel's place, so that the page can really record."""
    folder = tmp_path_factory.mktemp("babel")
    with tiny.in_babels_place(folder, FACTS, "a cat and dog"):
        yield folder


@pytest.fixture(scope="module")
def anatomy(babel):
    from lab.diffusion import load

    spec = AnatomySpec("a cat and a zebra", steps=3, guidance=3.0, scheduler="ddim")
    return Anatomy.of(record(load("babel", "cpu"), spec))


def opened(query=None):
    app = AppTest.from_file(str(catalog.by_word("anatomy").page), default_timeout=PATIENCE)
    for name, value in (query or {}).items():
        app.query_params[name] = value
    return app.run()


def finished(app, button, word):
    """The page after a press on a button, when its job is over."""
    app.button(key=button).click().run()
    assert app.session_state[f"{word} render"].job.wait(PATIENCE)
    return app.run()


def test_a_run_is_recorded_and_told():
    app = finished(opened({"prompt": "a cat", "seed": "7"}), "anatomy go", "anatomy")
    assert not app.exception and not app.warning
    render = app.session_state["anatomy render"]
    found = Anatomy.of(render.items)
    assert found.spec == AnatomySpec("a cat", 7).with_defaults(FACTS) and found.ending
    assert any("2 steps recorded" in caption.value for caption in app.caption)


def test_two_runs_are_compared():
    link = {"prompt": "a cat", "scheduler": "euler_a", "versus": "step_seed", "other_step_seed": "9"}
    app = finished(opened(link), "anatomy compare", "anatomy pair")
    assert not app.exception and not app.warning
    told = [text.value for text in app.markdown if "first latents" in text.value]
    assert len(told) == 1 and "differ by" in told[0]


def test_equal_runs_are_told_to_be_equal():
    link = {"prompt": "a cat", "versus": "step_seed"}
    app = opened(link)
    assert any("equal to the last bit" in caption.value for caption in app.caption)
    app = finished(app, "anatomy compare", "anatomy pair")
    assert any("and so are the pictures" in text.value for text in app.markdown)


@pytest.mark.parametrize(
    "query, said",
    [
        ({"steps": "61"}, "steps = 61"),
        ({"seed": "-1"}, "seed"),
        ({"scheduler": "magic"}, "scheduler = magic"),
        ({"versus": "step_seed", "other_step_seed": "no"}, "whole number"),
    ],
)
def test_a_mistake_gets_a_sentence(query, said):
    app = opened(query)
    assert not app.exception
    assert said in " ".join(warning.value.replace("\\", "") for warning in app.warning)


def test_presets_and_reset_set_every_control():
    app = opened({"prompt": "a cat", "seed": "7"})
    app.radio(key="anatomy preset").set_value("The generator's state").run()
    assert app.session_state["scheduler"] == "euler_a" and app.session_state["versus"] == "step_seed"
    assert "euler_a" in app.query_params["scheduler"] and "step_seed" in app.query_params["versus"]
    assert "seed" not in app.query_params and not app.exception
    app.button(key="reset").click().run()
    assert app.session_state["anatomy preset"] == "A rainy city" and not app.query_params


def test_every_preset_asks_for_what_can_be():
    for preset in presets.read("anatomy"):
        gallery.pair_of(preset).validate()
    assert set(gallery.makers()) == {gallery.shipped_run(), *gallery.pairs()}


def test_what_ships_is_whole():
    shipped = files.read(gallery.shipped_run())
    assert shipped.ending and shipped.spec.prompt == gallery.spec_of(presets.read("anatomy")[0]).prompt
    assert sum(path.stat().st_size for path in gallery.makers()) < 500_000


@given(
    st.builds(
        AnatomySpec,
        prompt=st.text(max_size=40),
        seed=st.integers(0, 2**64 - 1),
        steps=st.none() | st.integers(1, 60),
        guidance=st.none() | st.floats(0, 30).map(lambda x: round(x, 2)),
        scheduler=st.none() | st.sampled_from(["pndm", "euler_a"]),
        negative=st.text(max_size=20),
        step_seed=st.none() | st.integers(0, 9),
    )
)
def test_the_code_says_the_same_picture(spec):
    python, command = code.of(spec)
    calls = [node for node in ast.walk(ast.parse(python)) if isinstance(node, ast.Call)]
    (call,) = (node for node in calls if ast.unparse(node.func) == "AnatomySpec")
    said = {word.arg: ast.literal_eval(word.value) for word in call.keywords}
    assert AnatomySpec(ast.literal_eval(call.args[0]), **said) == spec
    words = shlex.split(command)
    assert words[words.index("--prompt") + 1] == spec.prompt


def test_the_browser_gets_every_tensor_to_a_percent(anatomy):
    planes = scene(anatomy).planes
    for name in ("latents", "clean", "conditional", "prediction"):
        plane = planes[name]
        levels = np.frombuffer(plane.data, np.uint8).reshape(plane.shape).astype(float) - 128
        again = levels / 127 * np.array(plane.scales)[:, None, None, None]
        exact = np.stack([getattr(moment, name) for moment in anatomy.moments]).astype(float)
        assert np.abs(again - exact).max() <= 0.005 * np.abs(exact).max()
    assert planes["embedding"].shape == (1, 1, 16, 32) and planes["final"].shape == (1, 4, 8, 8)


def test_words_with_marks_and_padding_share_all_the_attention(anatomy):
    words = groups(anatomy)
    assert sorted(number for word in words for number in word["tokens"]) == list(range(16))
    assert [word["text"] for word in words] == ["start", "a", "cat", "and", "a", "zebra", "padding"]
    assert [word["taught"] for word in words][4:6] == [True, False]
    plane = shares(anatomy.attention, [word["tokens"] for word in words])
    levels = np.frombuffer(plane.data, np.uint8).reshape(plane.shape) / 255
    total = (levels * np.array(plane.scales)[:, :, None, None]).sum(axis=1)
    assert np.allclose(total, 1, atol=0.02)


def test_a_tensor_of_zeros_is_drawn_in_the_middle():
    assert set(signed(np.zeros((1, 2, 3, 3))).data) == {128}


def test_large_maps_are_averaged_before_they_are_sent():
    maps = np.random.default_rng(1).random((1, 2, 64, 64)).astype(np.float32)
    plane = shares(maps, [[0], [1]])
    assert plane.shape == (1, 2, 32, 32)
    levels = np.frombuffer(plane.data, np.uint8).reshape(plane.shape) / 255 * plane.scales[0][0]
    assert np.allclose(levels[0, 0, 0, 0], maps[0, 0, :2, :2].mean(), atol=0.01)


def test_every_box_is_told_with_its_shape(anatomy):
    boxes = telling.boxes(anatomy)
    assert boxes["latents"]["shape"] == "4 × 8 × 8" and boxes["embedding"]["shape"] == "16 × 32"
    assert boxes["picture"]["shape"] == "16 × 16 × 3" and "zebra" in " ".join(boxes["prompt"]["sentences"])
    assert all(len(box["sentences"]) == 2 and all(box["sentences"]) for box in boxes.values())


def test_an_unfinished_run_is_drawn_too(anatomy):
    half = Anatomy(anatomy.opening, anatomy.moments[:1], None)
    drawn = scene(half)
    assert drawn.picture is None and len(drawn.pictures) == 1 and "final" not in drawn.planes
    assert telling.boxes(half)["unet"]["facts"] == []
    none = Anatomy(anatomy.opening, (), None)
    assert (
        "attention" not in scene(none).planes and telling.boxes(none)["scheduler"]["shape"] == "0 of 3 calls"
    )


def test_the_plate_has_every_word_and_every_step_on_one_sheet(anatomy):
    sheet = plate(anatomy)
    pictures = [mark for mark in sheet.marks if isinstance(mark, Picture)]
    said = [mark.words for mark in sheet.marks if isinstance(mark, Text)]
    words, steps = groups(anatomy), len(anatomy.moments)
    assert len(pictures) == len(words) + 3 + 6 * steps  # five tensors and a picture of each step
    shares = [float(text.removesuffix(" %")) for text in said if text.endswith(" %")]
    assert len(shares) == len(words) and sum(shares) == pytest.approx(100, abs=0.05 * len(words))
    assert {f"step {k}" for k in range(1, steps + 1)} <= set(said)
    assert all(0 <= mark.x and mark.x + mark.width <= sheet.width for mark in pictures)
    assert all(mark.y + mark.height <= sheet.height for mark in pictures)
    assert ElementTree.fromstring(svg(sheet)).tag.endswith("svg")


def test_a_lit_place_keeps_its_colour_and_the_rest_sinks_into_the_paper():
    picture = np.zeros((64, 64, 3), np.uint8)
    share = np.zeros((4, 4), np.float32)
    share[0, 0] = 1
    shown = np.asarray(lit(picture, share)).astype(int)
    assert shown[2, 2].max() < 12 and shown[-3, -3].min() > 220


def test_the_curves_are_the_distances():
    figure = apart({"latents": [0, 0.5], "clean": [0.1, 0.2]})
    assert [list(trace.y) for trace in figure.data] == [[0, 0.5], [0.1, 0.2]]
    assert [trace.name for trace in figure.data] == ["noisy latents", "predicted x0"]
