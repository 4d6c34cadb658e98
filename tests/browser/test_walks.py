"""Variations and mix as a visitor has them: look, render, choose, begin anew, drag, take home."""

import io
import json
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser import rooms

FAST = "steps=2&guidance=1&scheduler=ddim"
WALK = f"/variations?prompt=a+street&count=4&{FAST}"
BLENDS = f"/mix?p=a+street&p=a+forest&p=a+desert&parts=2&{FAST}"


def cells(visitor, name):
    return visitor.page.get_by_role("group", name=name).get_by_role("button")


@pytest.mark.parametrize("address", ["/variations", "/mix"])
def test_something_finished_is_there_on_opening(visitor, address):
    visitor.open(address).see_pictures()
    expect(visitor.page.get_by_text(re.compile("that ships? with the library")).first).to_be_visible()
    assert visitor.errors() == [] and visitor.sentences() == []


def test_a_variation_becomes_the_new_start_and_the_link_keeps_the_way(visitor):
    visitor.open(WALK)
    rooms.press_render(visitor)
    expect(visitor.page.get_by_text(re.compile("5 pictures in"))).to_be_visible()
    expect(cells(visitor, "Variations of a street")).to_have_count(5)
    expect(visitor.page.get_by_text(re.compile("Standard deviation, step 1"))).to_be_visible()
    cells(visitor, "Variations of a street").nth(0).press("ArrowRight")
    cells(visitor, "Variations of a street").nth(1).press("Enter")
    visitor.page.get_by_role("button", name="Begin anew at step 1").click()
    expect(visitor.page).to_have_url(re.compile(r"pick=1%2C42%2C0\.02%2C0\.5"))
    expect(visitor.page.get_by_role("button", name="the prompt")).to_be_visible()
    expect(visitor.page.get_by_text(re.compile("5 pictures in"))).to_be_visible()
    visitor.page.get_by_role("button", name="the prompt").click()
    expect(visitor.page).not_to_have_url(re.compile("pick="))
    assert visitor.errors() == []


def test_a_walk_is_a_film_with_its_recipe_inside(visitor):
    visitor.open("/variations?look=film").see_pictures()
    expect(rooms.frame_count(visitor)).to_have_text(re.compile(r" / 17$"))
    film = Image.open(io.BytesIO(rooms.take_home(visitor, "WebP")))
    recipe = json.loads(film.getexif()[0x010E])
    assert recipe["experiment"] == "variations" and recipe["unit"] > 1
    assert film.n_frames > 8


def test_the_point_is_moved_by_keys_and_by_the_mouse_and_the_link_follows(visitor):
    visitor.open("/mix").see_pictures()
    point = visitor.page.get_by_role("slider", name=re.compile("arrow keys"))
    expect(point).to_have_attribute("aria-valuetext", re.compile("33 % .*33 % .*33 %"))
    point.press("Shift+ArrowUp")
    expect(point).to_have_attribute("aria-valuetext", re.compile("^43 %"))
    expect(visitor.page).to_have_url(re.compile(r"w=0\.433"))
    box = visitor.page.locator(".simplex canvas").bounding_box()
    visitor.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 2)  # the upper corner
    expect(point).to_have_attribute("aria-valuetext", re.compile("^100 %"))
    expect(visitor.page).to_have_url(re.compile(r"w=1%2C0%2C0"))
    assert visitor.errors() == []


def test_blends_are_rendered_and_compared(visitor):
    visitor.open(BLENDS)
    rooms.press_render(visitor)
    expect(visitor.page.get_by_text(re.compile("6 pictures in"))).to_be_visible()
    expect(visitor.page.get_by_text(re.compile("of the 6 blends that were tried"))).to_be_visible()
    visitor.page.get_by_text("All 6 blends").click()
    cells(visitor, "All blends").nth(1).click()
    expect(visitor.page).to_have_url(re.compile(r"w=0\.5%2C0\.5%2C0"))
    recipe = json.loads(Image.open(io.BytesIO(rooms.take_home(visitor, "WebP"))).getexif()[0x010E])
    assert set(recipe["likeness"]) == {"seen", "pixels", "text"}
    assert visitor.errors() == []


def test_two_sources_have_sliders_that_add_up(visitor):
    visitor.open(f"/mix?p=a+street&p=a+forest&parts=2&{FAST}")
    slider = visitor.page.get_by_test_id("stSlider").filter(has_text="street").get_by_role("slider")
    slider.press("Home")
    expect(visitor.page).to_have_url(re.compile("w=0%2C1"))
    other = visitor.page.get_by_test_id("stSlider").filter(has_text="forest").get_by_role("slider")
    expect(other).to_have_value("100")
    assert visitor.errors() == []
