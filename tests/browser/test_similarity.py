"""PCA via similarity in a real browser: walk on, brush the scores, bring a table of one's own."""

import re

import pytest
from playwright.sync_api import expect

from lab.similarity import steps
from lab.tables import table
from tests.browser import rooms

PEAK = re.compile(r"At (\d+)° the cloud's total squared similarity")


def test_a_direction_is_turned_with_the_slider_by_dragging_and_with_the_keys(visitor):
    visitor.open("/similarity")
    told = visitor.page.get_by_text(PEAK)
    expect(told).to_contain_text("At 90°")
    slider = visitor.page.get_by_test_id("stSlider").filter(has_text="Angle of the direction")
    slider.get_by_role("slider").press("ArrowRight")
    expect(told).to_contain_text("At 91°")
    expect(visitor.page).to_have_url(re.compile("angle=91"))
    cloud = visitor.settle().page.get_by_role("img", name="An oval cloud")
    cloud.scroll_into_view_if_needed()
    box = cloud.bounding_box()
    middle, up = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    visitor.page.mouse.move(middle, up - 100)
    visitor.page.mouse.down()
    visitor.page.mouse.move(middle + 100, up - 100, steps=4)
    live = visitor.page.locator(".reading")
    expect(live).to_contain_text("at 45°")  # before anything is told to the server
    expect(told).to_contain_text("At 91°")
    visitor.page.mouse.up()
    expect(told).to_contain_text("At 45°")
    assert live.inner_text().split()[0] == re.search(r"similarity is ([\d.]+)", told.inner_text())[1]
    handle = visitor.page.get_by_role("slider", name="arrow keys turn it")
    handle.press("Home")
    expect(told).to_contain_text("100.0% of the most")
    expect(slider.get_by_role("slider")).to_have_value("35")
    visitor.picture("similarity-turned")
    assert visitor.errors() == []


def test_a_preset_and_the_files_of_a_step(visitor):
    visitor.open("/similarity?step=matrix&k=3")
    for label, start in (
        ("SVG", b"<svg"),
        ("PDF", b"%PDF"),
        ("PNG", b"\x89PNG"),
        ("Numbers", b"k,eigenvalue"),
    ):
        assert rooms.take_home(visitor, label).startswith(start)
    expect(visitor.page.get_by_text("--step matrix --table iris --k 3").first).to_be_attached()
    rooms.choose(visitor, "Begin with", "Europe")
    expect(visitor.page.get_by_text("351 distances and nothing else")).to_be_visible()
    assert "similarity=distances" in visitor.page.url and "k=3" not in visitor.page.url
    assert visitor.errors() == []


def test_a_file_of_two_gigabytes_gets_one_sentence(visitor, tmp_path):
    visitor.open("/similarity?step=real&data=own")
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(2 * 2**30)  # holes: nothing is written
    visitor.page.locator("input[type=file]").set_input_files(huge)
    expect(visitor.page.get_by_text(re.compile(r"must be 50(\.0)? ?MB or smaller"))).to_be_visible()
    assert visitor.errors() == []


def test_the_walk_goes_on_and_the_link_remembers_the_step(visitor):
    visitor.open("/similarity")
    visitor.page.get_by_role("button", name="Next: Similarity").click()
    expect(visitor.page.get_by_text("the theorem, Σ λ²")).to_be_visible()
    visitor.settle().reload()
    expect(visitor.page.get_by_text("the theorem, Σ λ²")).to_be_visible()
    assert "step=matrix" in visitor.page.url


def drag(visitor, area, left, top, right, bottom):
    """Drag a box over an element, its corners as shares of it."""
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    visitor.page.mouse.move(box["x"] + left * box["width"], box["y"] + top * box["height"])
    visitor.page.mouse.down()
    visitor.page.mouse.move(box["x"] + right * box["width"], box["y"] + bottom * box["height"], steps=6)
    visitor.page.mouse.up()


def test_samples_brushed_in_the_scores_are_marked_in_the_maps_and_the_other_way_round(visitor):
    visitor.open("/similarity?step=matrix")
    drag(visitor, visitor.page.locator(".maps canvas").first, 0.01, 0.01, 0.2, 0.3)
    told = visitor.page.get_by_text(re.compile(r"(\d+) samples are lit in both"))
    expect(told).to_contain_text("45 samples")  # rows 1 to 45 of 150 hold columns 1 to 30
    drag(visitor, visitor.page.locator(".scatter svg"), 0.14, 0.02, 0.36, 0.86)
    expect(told).to_contain_text("50 samples")  # all of setosa
    expect(visitor.page.locator(".maps rect")).to_have_count(50)
    visitor.picture("similarity-brushed")
    visitor.page.get_by_role("button", name="Put the light out").click()
    expect(told).to_have_count(0)
    expect(visitor.page.locator(".maps rect")).to_have_count(0)
    assert visitor.errors() == []


def test_the_maps_show_the_products_of_the_scores(visitor):
    visitor.open("/similarity?step=matrix&k=1")
    first = visitor.page.locator(".maps canvas").nth(1)
    first.scroll_into_view_if_needed()
    box = first.bounding_box()
    visitor.page.mouse.move(box["x"] + 1, box["y"] + 1)
    tip = visitor.page.locator(".tip")
    expect(tip).to_contain_text("samples")
    i, j, value = re.match(r"samples (\d+) and (\d+): (\S+)", tip.inner_text()).groups()
    truncated = steps.compare(table("iris").matrix(), 1).found.truncated
    assert float(value.replace("−", "-")) == pytest.approx(truncated[int(i), int(j)], rel=6e-3)
    assert visitor.errors() == []


def test_a_table_of_ones_own_with_gaps_is_mended_and_a_bad_one_is_told(visitor, tmp_path):
    visitor.open("/similarity?step=real&data=own")
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    rows = "".join(f"{i},{i * i % 17},{'' if i == 3 else i % 5},{'ab'[i % 2]}\n" for i in range(40))
    good.write_text("one,two,three,kind\n" + rows)
    bad.write_text("a,b\nx,y\nz,w\n")
    chooser = visitor.page.locator("input[type=file]")
    chooser.set_input_files(bad)
    expect(visitor.page.get_by_test_id("stAlert")).to_contain_text("no column of numbers")
    chooser.set_input_files(good)
    expect(visitor.page.get_by_text("1 of 40 rows have a gap")).to_be_visible()
    expect(visitor.page.get_by_text(re.compile("39 samples, 3 features"))).to_be_visible()
    visitor.page.get_by_text("Fill with the column's median").click()
    expect(visitor.page.get_by_text(re.compile("40 samples, 3 features"))).to_be_visible()
    assert visitor.errors() == []
