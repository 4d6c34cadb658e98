"""Guided tours, the presentation, the handout, the reading room and the wall of results in a real browser."""

import re
from urllib.parse import urlencode

import pypdfium2
from playwright.sync_api import expect

from lab import tours
from tests.browser import rooms

TOUR = tours.read("similarity")


def look(visitor):
    """The tour's box."""
    return visitor.page.locator(".st-key-tour")


def test_a_teachers_link_goes_through_the_front_door_and_on_to_the_next_step(visitor):
    visitor.open("/?tour=similarity&step=2")
    expect(visitor.page.get_by_role("heading", name="PCA via similarity", level=1)).to_be_visible()
    step = TOUR.step(2)
    expect(look(visitor)).to_contain_text(f"2 of {len(TOUR.steps)} · {step.title}")
    expect(visitor.page).to_have_url(re.compile(r"/similarity\?.*step=matrix"))
    answer = look(visitor).get_by_text(step.answer, exact=True)
    expect(answer).not_to_be_visible()
    look(visitor).get_by_text("Reveal the answer").click()
    expect(answer).to_be_visible()
    look(visitor).get_by_role("button", name="Next").click()
    expect(look(visitor)).to_contain_text(TOUR.step(3).title)
    expect(visitor.page).to_have_url(re.compile("tour=3"))
    expect(visitor.page.get_by_text("largest difference").first).to_be_visible()
    expect(look(visitor).get_by_text(TOUR.step(3).answer, exact=True)).not_to_be_visible()
    visitor.settle().reload()
    expect(look(visitor)).to_contain_text(TOUR.step(3).title)
    assert visitor.errors() == [] and visitor.sentences() == []


def test_the_presentation_shows_the_figures_and_no_controls_but_the_tours(visitor):
    visitor.open("/similarity?tour=similarity&step=1&present=1")
    main = visitor.page.get_by_test_id("stMain")
    expect(visitor.page.get_by_role("img", name="An oval cloud")).to_be_visible()
    expect(visitor.page.get_by_test_id("stSidebar")).not_to_be_visible()
    expect(main.get_by_test_id("stSlider").first).not_to_be_visible()
    expect(main.get_by_role("button", name="Reset")).not_to_be_visible()
    assert visitor.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") > 22
    assert visitor.sideways() <= 0
    visitor.picture("tour-presentation")
    look(visitor).get_by_role("button", name="Next").click()
    expect(look(visitor)).to_contain_text(TOUR.step(2).title)
    look(visitor).get_by_text("Present", exact=True).click()
    expect(main.get_by_test_id("stSelectbox").first).to_be_visible()
    expect(visitor.page.get_by_test_id("stSidebar")).to_be_visible()
    assert "present" not in visitor.page.url and visitor.errors() == []


def test_the_handout_is_printed_from_the_tour(visitor):
    visitor.open("/mix?tour=mix&step=4")
    visitor.page.get_by_text("For the teacher").click()
    body = rooms.take_home(visitor, "Print the handout (PDF)")
    document = pypdfium2.PdfDocument(body)
    assert len(document) >= 2 and "Answers" in document[len(document) - 1].get_textpage().get_text_range()
    assert visitor.errors() == []


def test_the_tour_goes_by_keyboard(visitor):
    visitor.open("/multiwindow")
    visitor.page.get_by_role("button", name="Guided tour").press("Enter")
    first, second = tours.read("multiwindow").steps[:2]
    expect(look(visitor)).to_contain_text(first.title)
    visitor.settle()
    look(visitor).get_by_role("button", name="Next").press("Enter")
    expect(look(visitor)).to_contain_text(second.title)
    expect(visitor.page).to_have_url(re.compile("counts=false"))
    assert visitor.errors() == []


def test_a_bent_tour_says_one_sentence_and_the_page_goes_on(visitor):
    visitor.open("/?tour=nowhere")
    expect(visitor.page.get_by_test_id("stAlert")).to_contain_text("nowhere")
    visitor.open("/similarity?tour=similarity&step=99")
    expect(visitor.page.get_by_test_id("stAlert")).to_contain_text("steps are 1 to")
    expect(look(visitor)).to_contain_text(TOUR.step(1).title)
    assert visitor.errors() == []


def test_a_result_on_the_front_page_leads_to_the_state_that_made_it(visitor):
    visitor.open("/").see_pictures()
    wall = visitor.page.get_by_role("list", name="Results that ship with the library")
    caption = tours.read("multiwindow").plates[1].caption
    wall.get_by_role("link").filter(has_text=caption).click()
    expect(visitor.page.get_by_role("heading", name="4D scatter plot", level=1)).to_be_visible()
    expect(visitor.page).to_have_url(re.compile("data=gas"))
    assert visitor.errors() == []


def test_a_film_plays_under_the_pointer_and_rests_again(visitor):
    visitor.open("/")
    film = visitor.page.get_by_role("link").filter(has_text=tours.read("morph").plates[0].caption)
    film.hover()
    expect(film).to_have_class(re.compile("playing"))
    visitor.page.mouse.move(0, 0)
    expect(film).not_to_have_class(re.compile("playing"))


def test_the_reading_room_by_phone_at_night(passer_by):
    visitor = passer_by(dark=True, phone=True).open("/reading?essay=meaning")
    expect(visitor.page.get_by_role("heading", name="Every picture is there already")).to_be_visible()
    assert visitor.sideways() <= 0 and visitor.errors() == []
    visitor.picture("reading-phone")


def test_references_are_taken_home_and_an_essay_leads_to_a_step(visitor):
    visitor.open("/reading?shelf=references")
    assert b"@book{scott1998" in rooms.take_home(visitor, "BibTeX")
    visitor.open("/reading?essay=metis")
    link = visitor.page.get_by_role("link", name=re.compile("See how a total hides"))
    assert link.get_attribute("href") == "multiwindow?tour=multiwindow&step=4"
    assert visitor.errors() == []


def test_what_a_link_says_makes_no_link(visitor):
    for text in (
        "http://nowhere.example",
        "www.nowhere.example",
        "[x](http://nowhere.example)",
        "<a href=x>y</a>",
    ):
        visitor.open(f"/similarity?{urlencode({'tour': text})}")
        alert = visitor.page.get_by_test_id("stAlert")
        expect(alert).to_be_visible()
        assert text[:20] in alert.inner_text().replace("\u2060", "")
        expect(alert.locator("a, img")).to_have_count(0)
