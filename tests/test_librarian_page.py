"""The librarian's page without a browser: each way of working, the link, the tree, every wrong turn."""

import pytest
from streamlit.testing.v1 import AppTest

from lab import catalog
from lab.views.librarian import way
from tests.diffusion import tiny

FACTS = {"steps": 2, "guidance": 1.0, "scheduler": "ddim"}
PATIENCE = 120


@pytest.fixture(scope="module", autouse=True)
def babel(tmp_path_factory):
    """A tiny pipeline in babel's place, so that the page can really render."""
    folder = tmp_path_factory.mktemp("babel")
    with tiny.in_babels_place(folder, FACTS, "a cat and dog night snow"):
        yield folder


def opened(**query):
    app = AppTest.from_file(str(catalog.by_word("librarian").page), default_timeout=PATIENCE)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def brought(app):
    app.button(key="librarian go button").click().run()
    return finished(app)


def finished(app):
    assert app.session_state["librarian render"].job.wait(PATIENCE)
    app.run()
    assert not app.exception and not sentences(app)
    return app


def sentences(app):
    return [warning.value.replace("\\", "") for warning in app.warning]


def pictures(app):
    items = app.session_state["librarian render"].items
    return {item.index: item for item in items if item.image is not None}


def link(app):
    """The link as plain texts."""
    return {name: value if isinstance(value, str) else value[0] for name, value in app.query_params.items()}


def told(app):
    return " ".join(caption.value.replace("\\", "") for caption in app.caption)


def test_the_page_opens_with_its_shelves_and_no_render():
    app = opened()
    assert not app.exception and not sentences(app)
    assert "librarian render" not in app.session_state
    assert any("Borges" in text.value for text in app.markdown)


def test_one_picture_is_seen_while_it_forms_and_told_in_its_call_number():
    app = brought(opened(prompt="a cat", seed="7"))
    items = app.session_state["librarian render"].items
    assert [item.step for item in items] == [1, 2, 0] and items[-1].recipe["spec"]["seed"] == 7
    assert "“a cat” · seed 7 · 2 steps of ddim · guidance 1" in told(app)
    assert link(app) == {"prompt": "a cat", "seed": "7"}


def test_a_row_of_seeds_and_what_is_there_already_is_not_rendered_again():
    app = brought(opened(mode="seeds", prompt="a cat", count="3", seed="7"))
    assert [pictures(app)[k].spec.seed for k in range(3)] == [7, 8, 9]
    again = opened(mode="seeds", prompt="a cat", count="3", seed="7")
    assert "3 pictures, all of them there already" in told(again)


def test_a_scout_ranks_by_evenness():
    query = {"mode": "scout", "prompt": "a cat", "towards": "a dog", "rank": "evenness", "party": "3"}
    app = brought(opened(**query))
    assert len(app.session_state["librarian render"].items) == 3
    assert all(0 < item.score <= 1 for item in app.session_state["librarian render"].items)


def test_a_grid_of_prompts_and_steps():
    query = {"mode": "grid", "across": "prompt", "columns": "a cat | a dog", "down": "steps", "rows": "1,2"}
    app = brought(opened(prompt="a cat", **query))
    found = [(item.spec.prompt, item.spec.steps) for _, item in sorted(pictures(app).items())]
    assert found == [("a cat", 1), ("a dog", 1), ("a cat", 2), ("a dog", 2)]
    assert link(app)["columns"] == "a cat | a dog"


def test_refining_walks_into_a_room_and_back_and_the_link_holds_the_tree():
    app = brought(opened(mode="refine", prompt="a cat"))
    assert len(pictures(app)) == 7
    spec = app.session_state["librarian render"].spec
    move = spec.moves()[0]
    app.session_state[way.TREE], app.session_state[way.AT] = f"0{move}", 1
    app.session_state[way.GO] = True
    app = finished(app.run())
    assert len(pictures(app)) == 8 and link(app)["tree"] == f"0{move}"
    assert link(app)["at"] == "1"
    here = pictures(app)[0]
    friend = brought(opened(**link(app)))
    assert pictures(friend)[0].spec == here.spec and (pictures(friend)[0].image == here.image).all()
    app.button(key="librarian back one").click().run()
    app = finished(app)
    assert app.session_state["librarian render"].spec.at == 0 and "at" not in link(app)
    app.button(key="librarian others").click().run()
    assert link(finished(app))["round"] == "1"


def test_a_picture_becomes_the_root_of_a_search():
    app = brought(opened(prompt="a cat", seed="7"))
    app.button(key="librarian refine").click().run()
    app = finished(app)
    assert link(app)["mode"] == "refine" and link(app)["seed"] == "7"
    assert len(pictures(app)) == 7


@pytest.mark.parametrize(
    "query, said",
    [
        ({"seed": "-1"}, "seed is -1"),
        ({"mode": "dance"}, "mode = dance"),
        ({"mode": "grid", "columns": "1,two"}, "'1,two'"),
        ({"mode": "grid", "across": "steps", "columns": "0,4"}, "1 to 150"),
        ({"mode": "scout", "rank": "evenness"}, "second prompt is empty"),
        ({"mode": "refine", "tree": "5w100-dog"}, "tree = 5w100-dog"),
        ({"prompt": " "}, "prompt is empty"),
        ({"steps": "4000"}, "1 to 150"),
    ],
)
def test_a_bent_link_gets_one_sentence_and_nothing_is_lost(query, said):
    app = opened(**query)
    assert not app.exception and said in " ".join(sentences(app))


def test_presets_and_reset_set_every_control():
    app = opened(prompt="a cat", seed="7")
    app.selectbox(key="librarian preset").select("The post's picture, with the post's settings").run()
    assert link(app)["steps"] == "50" and link(app)["scheduler"] == "pndm"
    assert "seed" not in link(app)
    app.selectbox(key="librarian preset").select("Grid: six samplers, few steps and many").run()
    assert link(app)["across"] == "scheduler" and "guidance" not in link(app)
    app.button(key="librarian reset").click().run()
    assert link(app) == {}
    assert app.session_state["librarian preset"] == "The post's picture, as babel likes it"


def test_a_dear_wish_is_priced_and_cheaper_ones_are_offered():
    app = opened(mode="seeds", prompt="a dog", count="64", steps="100")
    assert "64 pictures, about" in told(app)
    app.button(key="librarian cheaper seeds seeds").click().run()
    assert link(app)["count"] == "32"
