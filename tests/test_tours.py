"""Guided tours: whole data, links that the pages would write themselves, a view that survives any link."""

import io
import re

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from lab import catalog, tours
from lab.figures import morph
from lab.figures.morph import read_film
from lab.views import gallery
from tests.diffusion import tiny

TOURS = tours.tours()
PATIENCE = 120
FACTS = {"steps": 2, "guidance": 1.0, "scheduler": "ddim"}
each_tour = pytest.mark.parametrize("tour", TOURS, ids=lambda tour: tour.word)


@pytest.fixture(scope="module", autouse=True)
def babel(tmp_path_factory):
    """A tiny pipeline in babel's place: a tour needs no render."""
    folder = tmp_path_factory.mktemp("babel")
    with tiny.in_babels_place(folder, FACTS):
        yield folder


def opened(word, **query):
    """A page as a visitor with this link finds it."""
    app = AppTest.from_file(str(catalog.by_word(word).page), default_timeout=PATIENCE)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def state(app):
    """The link of the page, without the tour."""
    return {
        name: listed(value) for name, value in app.query_params.items() if name not in ("tour", "present")
    }


def listed(value):
    """A value of a link, which AppTest gives as a text or as a list of texts."""
    return [value] if isinstance(value, str) else list(value)


def told(app):
    """What the page complains about."""
    return [warning.value.replace("\\", "") for warning in app.warning]


def test_every_open_room_but_the_reading_room_has_a_tour():
    rooms = {experiment.word for experiment in catalog.open_rooms()} - {"reading"}
    assert {tour.word for tour in TOURS} == rooms


@each_tour
def test_a_tour_is_five_to_eight_stops_with_one_question_each(tour):
    assert 5 <= len(tour.steps) <= 8 and tour.aim.endswith(".")
    assert len({step.title for step in tour.steps}) == len(tour.steps)
    for step in tour.steps:
        assert step.question.endswith("?") and step.question.count("?") == 1, step.question
        assert re.search(r"[.]$", step.look) and re.search(r"[.)]$", step.answer), step.title
        assert "$" not in step.look + step.question + step.answer, "tours are printed: no LaTeX"


@each_tour
def test_every_stop_is_a_state_of_the_page(tour):
    app = opened(tour.word, tour=tour.word)
    for number, step in enumerate(tour.steps, start=1):
        assert not app.exception and not told(app), step.title
        assert listed(app.query_params["tour"]) == [str(number)]
        assert state(app) == {name: listed(value) for name, value in step.link.items()}, step.title
        assert any(step.look == text.value for text in app.markdown)
        assert any(f"*Question.* {step.question}" == text.value for text in app.markdown)
        (answer,) = [fold for fold in app.expander if fold.label == "Reveal the answer"]
        assert not answer.proto.expanded and answer.markdown[0].value == step.answer
        assert app.button(key="tour next").disabled == (number == len(tour.steps))
        if number < len(tour.steps):
            app.button(key="tour next").click().run()


@each_tour
def test_plates_are_shipped_and_lead_to_a_stop(tour):
    for plate in tour.plates:
        assert plate.path.is_file() and read_film(plate.path)
        assert tour.state(plate.step).startswith(tour.word)
        assert plate.caption.endswith(".")


def test_a_teachers_link_sets_the_page_and_then_lets_it_go():
    step = tours.read("similarity").step(2)
    app = opened("similarity", tour="similarity", step="2")
    assert listed(app.query_params["tour"]) == ["2"] and state(app) == {
        name: listed(value) for name, value in step.link.items()
    }
    app.slider(key="k").set_value(3).run()
    assert state(app)["k"] == ["3"] and listed(app.query_params["tour"]) == ["2"]
    app.button(key="tour leave").click().run()
    assert "tour" not in app.query_params and state(app)["k"] == ["3"]
    assert app.button(key="tour open")


def test_a_stop_alone_sets_the_page_once_and_a_reset_stays_a_reset():
    app = opened("similarity", tour="4")
    assert state(app) == {
        name: listed(value) for name, value in tours.read("similarity").step(4).link.items()
    }
    app.button(key="reset").click().run()
    assert app.run().session_state["step"] == "direction" and state(app) == {}
    assert listed(app.query_params["tour"]) == ["4"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"tour": "nowhere"}, "tour 'nowhere'"),
        ({"tour": "mix", "step": "2"}, "tour 'mix'"),
        ({"tour": "99"}, "step 99"),
        ({"tour": "similarity", "step": "0"}, "step 0"),
        ({"tour": "similarity", "step": "![x](http://nowhere)"}, "step ![x](http\u2060://nowhere)"),
        ({"tour": "similarity", "step": "²"}, "step ²"),
        ({"tour": ""}, "tour ''"),
    ],
)
def test_a_bent_tour_gets_one_sentence_and_the_page_goes_on(query, said):
    app = opened("similarity", **query)
    assert not app.exception
    assert len(told(app)) == 1 and said in told(app)[0]
    assert any(fold.label == "Show me the code" for fold in app.expander)


def test_the_presentation_is_in_the_link_and_is_switched_off_again():
    app = opened("multiwindow", tour="multiwindow", step="3", present="1")
    assert app.toggle(key="tour present").value
    app.button(key="tour next").click().run()
    assert listed(app.query_params["present"]) == ["1"]
    app.toggle(key="tour present").set_value(False).run()
    assert "present" not in app.query_params and listed(app.query_params["tour"]) == ["4"]


def test_the_wall_on_the_front_page_has_every_plate_and_begins_with_one_of_each_room():
    wall = gallery.plates()
    assert sorted(id(plate) for _, plate in wall) == sorted(
        id(plate) for tour in TOURS for plate in tour.plates
    )
    rooms = [tour.word for tour, _ in wall]
    first = {tour.word for tour in TOURS if tour.plates}
    assert set(rooms[: len(first)]) == first


@pytest.mark.parametrize(
    "plate", [plate for tour in TOURS for plate in tour.plates], ids=lambda plate: plate.file
)
def test_a_poster_is_a_small_square_and_shows_no_more_than_it_must(plate):
    body = morph.poster(plate.path, plate.moving)
    with Image.open(io.BytesIO(body)) as poster:
        assert poster.format == "JPEG" and poster.size == (320, 320)
        assert np.asarray(poster.convert("L")).std() > 3
    assert len(body) < 60_000


def test_a_stop_overrules_what_the_visitor_made_of_the_room_before():
    app = opened("mix", p=["a portrait of Ada", "a portrait of Bruno"], tour="1")
    assert app.session_state["mix count"] == 2
    app.button(key="tour next").click().run()
    app.button(key="tour next").click().run()
    assert state(app)["p"] == tours.read("mix").step(3).link["p"]
    app.text_input(key="mix source 0").set_value("a portrait of Clio").run()
    assert state(app)["p"][0] == "a portrait of Clio" and not app.exception
    app.button(key="tour back").click().run()
    app.button(key="tour next").click().run()
    assert state(app)["p"] == tours.read("mix").step(3).link["p"]
