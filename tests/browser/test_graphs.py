"""The two graph rooms in a real browser: groups appear, edges are shuffled, circles guessed, files come."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import rooms

TRIANGLES = "source,target\n" + "".join(
    f"{side}{a},{side}{b}\n" for side in "xy" for a in range(6) for b in range(a)
)


def test_the_triptych_is_there_and_another_graph_is_recovered(visitor):
    visitor.open("/communities")
    expect(visitor.page.get_by_text(re.compile(r"Recovered: 4 groups, overlap 0\.9"))).to_be_visible()
    expect(rooms.charts(visitor)).to_have_count(3)
    slider = visitor.page.get_by_test_id("stSlider").filter(has_text="Hidden groups k").get_by_role("slider")
    slider.press("ArrowLeft")
    expect(visitor.page.get_by_text("Planted: 3 groups")).to_be_visible()
    expect(visitor.page.get_by_text(re.compile("Recovered: 3 groups"))).to_be_visible()
    assert "k=3" in visitor.page.url and visitor.errors() == []
    assert rooms.take_home(visitor, "Labels (CSV)").startswith(b"vertex,group,certainty,hidden")
    visitor.picture("communities-recovered")


def test_shuffled_edges_drop_to_one_group_and_the_link_keeps_it(visitor):
    visitor.open("/communities?view=why")
    visitor.page.get_by_role("button", name="Shuffle the edges").click()
    expect(visitor.page.get_by_text("1 group found")).to_be_visible()
    visitor.settle().reload()
    expect(visitor.page.get_by_text("1 group found")).to_be_visible()
    assert "shuffles=1" in visitor.page.url and visitor.errors() == []


def test_a_graph_of_ones_own_in_both_rooms(visitor, tmp_path):
    own, bad = tmp_path / "own.csv", tmp_path / "bad.graphml"
    own.write_text(TRIANGLES)
    bad.write_text('<!DOCTYPE g [<!ENTITY a "b">]><graphml/>')
    visitor.open("/communities?graph=own")
    chooser = visitor.page.locator("input[type=file]")
    chooser.set_input_files(bad)
    expect(visitor.page.get_by_test_id("stAlert")).to_contain_text("document type or entities")
    chooser.set_input_files(own)
    expect(visitor.page.get_by_text(re.compile(r"12 vertices, 30 edges"))).to_be_visible()
    expect(visitor.page.get_by_text(re.compile("Recovered: 2 groups"))).to_be_visible()
    visitor.open("/circles?from=own")
    visitor.page.locator("input[type=file]").set_input_files(own)
    expect(visitor.page.get_by_text("Guessed among")).to_be_visible()
    assert visitor.errors() == []


def test_a_step_left_out_moves_the_score(visitor):
    visitor.open("/circles")
    score = visitor.page.get_by_test_id("stMetric").filter(has_text="Edits from the guess")
    before = score.text_content()
    visitor.page.get_by_test_id("stCheckbox").filter(has_text="Drop thin circles").click()
    expect(score).not_to_have_text(before)
    expect(visitor.page).to_have_url(re.compile("step"))
    assert rooms.take_home(visitor, "Circles (CSV)").startswith(b"circle,member")
    visitor.page.get_by_role("button", name="Reset").click()
    expect(score).to_have_text(before)
    assert visitor.errors() == []


@pytest.mark.parametrize("address", ["/communities?view=rows&graph=karate", "/circles?from=women"])
def test_the_graph_rooms_fit_a_phone_at_night(passer_by, address):
    visitor = passer_by(dark=True, phone=True).open(address)
    expect(rooms.charts(visitor).first).to_be_visible()
    assert visitor.sideways() <= 0 and visitor.errors() == []
    visitor.picture("graphs-phone")
