"""The room of shuffling in a real browser: a step, the link again, another walk, a preset, phone and dark."""

import re

from playwright.sync_api import expect

from tests.browser import rooms


def number(visitor, label):
    """One of the three numbers above the figure."""
    return visitor.page.get_by_test_id("stMetric").filter(has_text=label)


def test_a_step_more_brings_the_deck_down_and_the_link_keeps_it(visitor):
    visitor.open("/shuffling")
    expect(number(visitor, "Distance after 7")).to_contain_text("0.334")
    expect(rooms.charts(visitor)).to_have_count(5)
    steps = visitor.page.get_by_test_id("stSlider").filter(has_text="Steps").get_by_role("slider")
    steps.press("ArrowRight")
    expect(number(visitor, "Distance after 8")).to_contain_text("0.167")
    expect(visitor.page).to_have_url(re.compile("t=8"))
    visitor.settle().reload()
    expect(number(visitor, "Distance after 8")).to_contain_text("0.167")
    assert rooms.take_home(visitor, "Distances (CSV)").startswith(b"step,distance,bound\n0,1,")
    visitor.picture("shuffling-riffle")
    assert visitor.errors() == [] and visitor.sentences() == []


def test_another_walk_and_a_preset_are_chosen_from_the_lists(visitor):
    visitor.open("/shuffling?walk=circle&places=12&stay=never")
    expect(number(visitor, "Mixed after")).to_contain_text("never")
    expect(visitor.page.get_by_test_id("stAlert")).to_contain_text("half of the places")
    rooms.choose(visitor, "Begin with", "A hundred switches")
    expect(number(visitor, "Mixed after")).to_contain_text("139")
    assert "places" not in visitor.page.url and visitor.errors() == []


def test_it_fits_a_phone_at_night(passer_by):
    visitor = passer_by(dark=True, phone=True).open("/shuffling?walk=transpositions&deck=52&cards=x")
    expect(number(visitor, "Mixed after")).to_contain_text("109")
    assert "cards = x" in visitor.sentences()[0]
    assert visitor.sideways() <= 0 and visitor.errors() == []
    visitor.picture("shuffling-phone")
