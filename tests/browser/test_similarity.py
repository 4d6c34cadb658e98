"""PCA via similarity in a real browser: walk on, brush the scores, bring a table of one's own."""

import re

from playwright.sync_api import expect


def test_the_walk_goes_on_and_the_link_remembers_the_step(visitor):
    visitor.open("/similarity")
    visitor.page.get_by_role("button", name="Next: Similarity").click()
    expect(visitor.page.get_by_text("the theorem, Σ λ²")).to_be_visible()
    visitor.settle().reload()
    expect(visitor.page.get_by_text("the theorem, Σ λ²")).to_be_visible()
    assert "step=matrix" in visitor.page.url


def test_samples_brushed_in_the_scores_are_marked_in_the_heat_map(visitor):
    visitor.open("/similarity?step=matrix")
    plot = visitor.page.get_by_test_id("stPlotlyChart").nth(1).locator(".nsewdrag").first
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    visitor.page.mouse.move(box["x"] + 3, box["y"] + 3)
    visitor.page.mouse.down()
    visitor.page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] - 3, steps=6)
    visitor.page.mouse.up()
    expect(visitor.page.get_by_text(re.compile(r"50 samples are lit in both"))).to_be_visible()
    assert visitor.errors() == []


def test_a_table_of_ones_own_with_gaps_is_mended_and_a_bad_one_is_told(visitor, tmp_path):
    visitor.open("/similarity?step=real&data=own")
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    rows = "".join(f"{i},{i * i % 17},{'' if i == 3 else i % 5},{'ab'[i % 2]}\n" for i in range(40))
    good.write_text("one,two,three,kind\n" + rows)
    bad.write_text("a,b\nx,y\n")
    chooser = visitor.page.locator("input[type=file]")
    chooser.set_input_files(bad)
    expect(visitor.page.get_by_test_id("stAlert")).to_contain_text("no column of numbers")
    chooser.set_input_files(good)
    expect(visitor.page.get_by_text("1 of 40 rows have a gap")).to_be_visible()
    expect(visitor.page.get_by_text(re.compile("39 samples, 3 features"))).to_be_visible()
    visitor.page.get_by_text("Fill with the column's median").click()
    expect(visitor.page.get_by_text(re.compile("40 samples, 3 features"))).to_be_visible()
    assert visitor.errors() == []


def test_it_fits_a_phone_at_night(invite):
    visitor = invite(dark=True, phone=True).open("/similarity")
    assert visitor.sideways() <= 0 and visitor.errors() == []
    visitor.picture("similarity-phone")
