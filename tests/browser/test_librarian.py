"""The librarian as a visitor has it: a picture that forms, a search one can walk back, a scout, a grid."""

import io
import re
import zipfile

import pytest
from PIL import Image
from playwright.sync_api import expect

from lab.exports import read_recipe
from tests.browser import rooms
from tests.browser.visitor import PATIENCE

FAST = "steps=2&guidance=1&scheduler=ddim"
LONG = "steps=24&guidance=1&scheduler=ddim"
FOREST = "prompt=a+forest+in+fog"


def bring(visitor, count: str) -> None:
    """Press the button and wait for the line that says so many pictures, or sketches, are there."""
    visitor.page.get_by_role("button", name="Bring it", exact=True).click()
    wait_for(visitor, count)


def wait_for(visitor, count: str) -> None:
    """Wait until the render is over."""
    expect(visitor.page.get_by_text(re.compile(rf"^{count} in "))).to_be_visible(timeout=3 * PATIENCE)


def tiles(visitor, name: str):
    """Pictures of a wall or a plate, as buttons."""
    return visitor.page.get_by_role("group", name=re.compile(name)).get_by_role("button")


def test_a_picture_is_seen_while_it_forms(visitor):
    visitor.open(f"/librarian?{FOREST}&{LONG}")
    visitor.page.get_by_role("button", name="Bring it", exact=True).click()
    forming = visitor.page.get_by_role("group", name=re.compile(r"after step \d+ of 24"))
    expect(forming.locator("img")).to_be_visible(timeout=3 * PATIENCE)
    wait_for(visitor, "1 picture")
    visitor.page.get_by_text("How it came about", exact=True).click()
    tiles(visitor, "^Steps$").nth(0).click()
    expect(visitor.page.get_by_role("group", name=re.compile(r"after step 1 of 24"))).to_be_visible()
    recipe = read_recipe(rooms.take_home(visitor, "PNG"))
    assert recipe["spec"]["prompt"] == "a forest in fog" and recipe["spec"]["steps"] == 24
    links = {word: visitor.page.get_by_role("link", name=re.compile(word)) for word in ("Morph", "Anatomy")}
    assert "p=a+forest+in+fog" in links["Morph"].last.get_attribute("href")
    assert "prompt=a+forest+in+fog" in links["Anatomy"].last.get_attribute("href")
    assert visitor.errors() == [] and visitor.sentences() == []


def test_refining_grows_a_tree_and_one_walks_back(visitor):
    visitor.open(f"/librarian?mode=refine&{FOREST}&{FAST}")
    bring(visitor, "7 pictures")
    rooms_ = tiles(visitor, "in the middle of 6 neighbours")
    expect(rooms_).to_have_count(7)
    rooms_.nth(2).click()
    wait_for(visitor, "8 pictures")
    expect(visitor.page).to_have_url(re.compile(r"tree=0e100-\d+&at=1"))
    nodes = tiles(visitor, "The tree of the search")
    expect(nodes).to_have_count(2)
    there = zipfile.ZipFile(io.BytesIO(rooms.take_home(visitor, "ZIP of all")))
    assert len([name for name in there.namelist() if name.endswith(".png")]) == 8
    nodes.nth(0).click()
    expect(visitor.page).not_to_have_url(re.compile("at="))
    expect(visitor.page).to_have_url(re.compile(r"tree=0e100"))  # the way is kept, one stands at its root
    expect(visitor.page.get_by_role("button", name="Walk back", exact=True)).to_be_disabled()
    visitor.page.get_by_role("button", name="Six others", exact=True).click()
    expect(visitor.page).to_have_url(re.compile("round=1"))
    assert visitor.errors() == [] and visitor.sentences() == []


def test_a_scout_ranks_its_sketches_and_the_best_is_rendered_in_full(visitor):
    visitor.open("/librarian?mode=scout&party=4&prompt=a+watercolour+of+a+harbour+at+dawn&steps=4")
    bring(visitor, "4 sketches")
    wall = tiles(visitor, "Pictures of")
    scores = [float(re.match(r"-?[\d.]+", label)[0]) for label in wall.locator(".label").all_inner_texts()]
    assert scores == sorted(scores, reverse=True) and len(scores) == 4
    wall.nth(0).click()
    visitor.page.get_by_role("button", name="Render this one in full", exact=True).click()
    wait_for(visitor, "1 picture")
    expect(visitor.page).not_to_have_url(re.compile("mode="))
    assert visitor.errors() == [] and visitor.sentences() == []


def test_a_grid_has_its_cells_and_its_sheet(visitor):
    visitor.open(f"/librarian?mode=grid&{FOREST}&{FAST}&across=steps&columns=1,2,3&down=seed&rows=7,8")
    bring(visitor, "6 pictures")
    expect(tiles(visitor, "Pictures of")).to_have_count(6)
    assert Image.open(io.BytesIO(rooms.take_home(visitor, "Sheet (PNG)"))).width > 300
    assert visitor.errors() == [] and visitor.sentences() == []


@pytest.mark.parametrize("look", ["light-phone", "dark-desk"])
def test_a_flower_of_rooms_fits_every_window(passer_by, look):
    visitor = passer_by(dark="dark" in look, phone="phone" in look)
    visitor.open(f"/librarian?mode=refine&{FOREST}&{FAST}&tree=0n100-7&at=1")
    bring(visitor, "8 pictures")
    visitor.see_pictures().picture(f"librarian-refine-{look}")
    assert visitor.sideways() <= 0 and visitor.errors() == []
