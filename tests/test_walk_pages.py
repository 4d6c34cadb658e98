"""The rooms of variations and mix without a browser: they render, the link follows, mistakes are told."""

import ast
import shlex
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from lab import catalog, cli
from lab.diffusion import MixSpec, Pick, VariationsSpec, simplex
from lab.galleries import mix as mix_gallery
from lab.galleries import variations as variations_gallery
from lab.presets import read
from lab.views.mix import code as mix_code
from lab.views.mix import gather, point
from lab.views.mix import knobs as mix_knobs
from lab.views.variations import code as variations_code
from lab.views.variations import show as walks
from lab.views.variations import way
from tests.diffusion import tiny

FACTS = {"steps": 2, "guidance": 1.0, "scheduler": "ddim", "embedding_unit": 2.0}
PATIENCE = 120
WALK = {"prompt": "a cat", "count": "3"}
BLENDS = {"p": ["a cat", "a dog", "and"], "parts": "2"}


@pytest.fixture(scope="module", autouse=True)
def babel(tmp_path_factory):
    """A tiny pipeline in babel's place, so that a page can really render."""
    folder = tmp_path_factory.mktemp("babel")
    with tiny.in_babels_place(folder, FACTS, "a cat and dog"):
        yield folder


def opened(word, query=None):
    app = AppTest.from_file(str(catalog.by_word(word).page), default_timeout=PATIENCE)
    for name, value in (query or {}).items():
        app.query_params[name] = value
    return app.run()


def rendered(app, word):
    """The page after a press on Render, when the job is over."""
    app.button(key=f"{word} render button").click().run()
    assert app.session_state[f"{word} render"].job.wait(PATIENCE)
    return app.run()


def sentences(app):
    return [warning.value.replace("\\", "") for warning in app.warning]


def captions(app):
    return " ".join(caption.value.replace("\\", "") for caption in app.caption)


def test_variations_are_rendered_with_their_start_and_their_panel():
    app = rendered(opened("variations", WALK), "variations")
    render = app.session_state["variations render"]
    assert not app.exception and not sentences(app)
    assert [shown.frame.step for shown in render.items] == [0, 1, 2, 3]
    assert render.items[0].recipe["unit"] == 2
    assert "4 pictures in" in captions(app) and "step 1: 0.0" in captions(app)
    assert "babel's unit is 2" in captions(app)
    images = walks.of_render(app.session_state["variations render"]).images
    assert len(images()) == len(images()) == 4, "the second file that one takes holds the pictures too"


def test_a_pick_becomes_the_start_and_the_way_back_is_kept():
    app = rendered(opened("variations", WALK), "variations")
    first = app.session_state["variations render"]
    app.session_state["variations chosen"] = (f"render {first.job.key}", 2)
    app.run()
    app.button(key="variations pick").click().run()
    app.run()
    render = app.session_state["variations render"]
    assert render.spec.picks == (Pick(2, 42, 0.02, 0.5),)
    assert app.query_params["pick"] == "2,42,0.02,0.5"
    assert render.job.wait(PATIENCE)
    assert (render.items[0].frame.image == first.items[2].frame.image).all()  # the start is what was picked
    app.run().button(key="variations crumb 0").click().run()
    assert app.session_state["variations render"].spec.picks == () and "pick" not in app.query_params
    app.button(key="variations crumb 1").click().run()  # and forward again
    assert app.session_state["variations render"].spec.picks == render.spec.picks


def test_a_link_holds_the_way():
    app = opened(
        "variations", WALK | {"pick": ["2,42,0.02,0.5", "1,43,0.1,0.25"], "sigma": "0.1", "walk": "7"}
    )
    app.button(key="variations render button").click().run()
    spec = app.session_state["variations render"].spec
    assert spec.picks == (Pick(2, 42, 0.02, 0.5), Pick(1, 43, 0.1, 0.25))
    assert (spec.sigma, spec.walk_seed, spec.count) == (0.1, 7, 3) and not sentences(app)


def test_another_walk_has_other_noise_around_the_same_picture():
    app = opened("variations", WALK)
    app.button(key="variations another").click().run()
    assert app.session_state["variations render"].spec.walk_seed == 43
    assert app.query_params["walk"] == "43"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"sigma": "-1"}, "sigma = -1"),
        ({"pull": "nan"}, "pull = nan"),
        ({"count": "1000"}, "count = 1000"),
        ({"pick": ["2,42,0.02,0.5", "zebra"]}, "pick = zebra"),
        ({"walk": "-3"}, "walk = -3"),
        ({"seed": "![x](http://nowhere)"}, "![x](http\u2060://nowhere)"),
    ],
)
def test_a_bent_link_to_variations_gets_a_sentence(query, said):
    app = opened("variations", WALK | query)
    assert not app.exception and said in " ".join(sentences(app))


def test_an_empty_prompt_gets_one_sentence():
    app = opened("variations", WALK)
    app.text_input(key="prompt").set_value("  ").run()
    assert not app.exception and "prompt is empty" in sentences(app)[0]


def test_blends_are_rendered_and_the_least_like_is_told():
    app = rendered(opened("mix", BLENDS), "mix")
    render = app.session_state["mix render"]
    assert not app.exception and not sentences(app)
    assert [shown.frame.weights for shown in render.items] == list(simplex.lattice(3, 2))
    assert set(render.items[-1].recipe["likeness"]) == {"seen", "pixels", "text"}
    assert "6 pictures in" in captions(app) and "of the 6 blends that were tried" in captions(app)
    images = gather.of_render(render).images
    assert len(images()) == len(images()) == 6, "the second file that one takes holds the pictures too"


def test_the_exact_blend_is_rendered_with_its_sources():
    app = rendered(opened("mix", BLENDS | {"w": "0.6,0.3,0.1"}), "mix")
    app.button(key="mix exact").click().run()
    render = app.session_state["mix blend render"]
    assert render.spec.weights == ((0.6, 0.3, 0.1), *simplex.corners(3))
    assert render.job.wait(PATIENCE)
    app.run()
    assert not app.exception and "60 % a cat, 30 % a dog, 10 % and" in captions(app)


def test_sources_come_and_go_and_the_point_stays_on_the_simplex():
    app = opened("mix", BLENDS | {"w": "0.6,0.3,0.1"})
    app.button(key="mix remove 2").click().run()
    assert app.query_params["p"] == ["a cat", "a dog"]
    assert app.session_state["mix weights"] == (0.5, 0.5) and "w" not in app.query_params
    for _ in range(4):
        app.button(key="mix add").click().run()
    assert app.button(key="mix add").disabled
    assert "Source 3 is empty" in sentences(app)[0]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"mean": "median"}, "mean = median"),
        ({"parts": "99"}, "parts = 99"),
        ({"w": "0,0,0"}, "w = 0,0,0"),
        ({"p": ["a", " "]}, "p =  "),
    ],
)
def test_a_bent_link_to_a_mix_gets_a_sentence(query, said):
    app = opened("mix", BLENDS | query)
    assert not app.exception and said in " ".join(sentences(app))


def test_a_slider_of_the_simplex_leaves_the_others_their_proportions():
    assert point.moved((0.5, 0.3, 0.2), 0, 0.0) == pytest.approx((0, 0.6, 0.4))
    assert point.moved((1.0, 0.0, 0.0), 0, 0.4) == pytest.approx((0.4, 0.3, 0.3))
    assert point.from_text(point.to_text((0.125, 0.5, 0.375))) == pytest.approx((0.125, 0.5, 0.375))


@pytest.mark.parametrize("preset", read("variations"), ids=lambda preset: preset.title)
def test_every_walk_to_begin_with_can_be(preset):
    variations_gallery.spec_of(preset).validate()
    assert variations_gallery.film_of(preset).is_file()


@pytest.mark.parametrize("preset", read("mix"), ids=lambda preset: preset.title)
def test_every_mix_to_begin_with_can_be(preset):
    spec = mix_gallery.spec_of(preset).validate()
    assert mix_knobs.divisions(spec) == preset.values["divisions"]
    assert mix_gallery.film_of(preset).is_file()


def test_two_sources_have_sliders_that_add_up():
    two = read("mix")[1]
    app = opened("mix", {"p": two.values["prompts"], "parts": str(two.values["divisions"])})
    assert not app.exception and "blends that ship with the library" in captions(app)
    app.slider(key="mix share 0").set_value(80).run()
    assert app.session_state["mix weights"] == pytest.approx((0.8, 0.2))
    assert app.slider(key="mix share 1").value == 20 and app.query_params["w"] == "0.8,0.2"


def test_sources_can_be_weighed_before_anything_of_them_is_rendered():
    app = opened("mix", {"p": ["a cat", "a dog"], "parts": "2"})
    assert not app.exception and not sentences(app) and "Press Render" in app.info[0].value
    assert [app.slider(key=f"mix share {k}").label for k in (0, 1)] == ["cat", "dog"]
    app.slider(key="mix share 0").set_value(25).run()
    assert app.session_state["mix weights"] == pytest.approx((0.25, 0.75)) and not app.exception


SPEC = VariationsSpec('a cat\'s "life"', (Pick(2, 5, 0.1, 0.25),), count=3, sigma=0.05, seed=7, walk_seed=1)


def test_the_code_of_a_walk_says_the_same_walk():
    python, command = variations_code.code(SPEC)
    call = next(
        node
        for node in ast.walk(ast.parse(python))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "variations"
    )
    said = {word.arg: ast.literal_eval(word.value) for word in call.keywords if word.arg != "picks"}
    assert VariationsSpec(ast.literal_eval(call.args[1]), SPEC.picks, **said) == SPEC
    assert f"    {SPEC.picks[0]!r}," in python
    asked = cli.build_parser().parse_args(shlex.split(command)[3:])
    assert (asked.prompt, tuple(asked.picks), asked.walk_seed) == (SPEC.prompt, SPEC.picks, 1)
    assert (asked.count, asked.sigma, asked.seed) == (3, 0.05, 7)
    assert way.from_text(way.to_text(SPEC.picks[0])) == SPEC.picks[0]


def test_the_code_of_a_mix_says_the_same_mix():
    spec = MixSpec(("a cat", "it's a dog"), simplex.lattice(2, 4), mean="restored", steps=3)
    python, command = mix_code.code(spec, (0.25, 0.75))
    ast.parse(python)
    assert "lattice(2, 4), mean='restored', steps=3" in python and "[0.25, 0.75]" in python
    asked = cli.build_parser().parse_args(shlex.split(command)[3:])
    assert tuple(asked.prompts) == spec.prompts and asked.weights == [(0.25, 0.75)]
    assert (asked.divisions, asked.mean, asked.steps) == (4, "restored", 3)
    assert replace(spec, weights=()).validate()
