"""The multiwindow plot in a real browser: the finished plot, the brush, the link, the downloads."""

import re

from playwright.sync_api import expect

ROOM = (0.45, 5.14 + 0.45, 0.55, 5.14 + 0.42)  # left, right, below, above the lattice, in windows
LIT = re.compile(r"(\d+) of 150 rows are lit")


def brush(visitor, row, column):
    """Drag a box over a whole window; rows from below, columns from the left, 4 is the margin."""
    plot = visitor.page.locator(".plane")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    left, right, below, above = ROOM

    def place(x, y):
        x, y = x + 0.14 * (column == 4), y + 0.14 * (row == 4)
        across, up = (x + left) / (left + right), (y + below) / (below + above)
        return box["x"] + box["width"] * across, box["y"] + box["height"] * (1 - up)

    visitor.page.mouse.move(*place(column + 0.01, row + 0.01))
    visitor.page.mouse.down()
    visitor.page.mouse.move(*place(column + 0.5, row + 0.5), steps=4)
    visitor.page.mouse.move(*place(column + 0.99, row + 0.99), steps=4)
    visitor.page.mouse.up()


INK = """canvas => {
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  let found = 0;
  for (let i = 3; i < pixels.length; i += 4) found += pixels[i] > 128;
  return found;
}"""


def ink(visitor):
    """Pixels of points that are not faded."""
    return visitor.page.locator(".plane canvas").evaluate(INK)


def test_the_room_opens_on_iris_and_the_brush_lights_a_window_up(visitor):
    visitor.open("/multiwindow")
    expect(visitor.page.get_by_text("150", exact=True).first).to_be_visible()
    before = ink(visitor)
    brush(visitor, row=1, column=0)
    assert 0 < ink(visitor) < 0.25 * before  # 11 rows and their margins
    expect(visitor.page.get_by_text(LIT)).to_have_text(re.compile(r"11 of 150 rows are lit"))
    visitor.picture("multiwindow-brushed")
    visitor.page.get_by_role("button", name="Put the light out").click()
    expect(visitor.page.get_by_text(LIT)).to_have_count(0)
    assert ink(visitor) == before
    assert visitor.errors() == []


def test_the_keyboard_walks_through_the_windows_and_what_is_lit_stays_lit(visitor):
    visitor.open("/multiwindow")
    door = visitor.page.get_by_role(
        "button", name="sepal length (cm) 4.3–5.2, sepal width (cm) 2.0–2.6: 6 rows"
    )
    door.focus()
    visitor.page.keyboard.press("ArrowUp")
    visitor.page.keyboard.press("ArrowUp")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_text(LIT)).to_have_text(re.compile(r"21 of 150 rows are lit"))
    slider(visitor, "Columns").get_by_role("slider").press("ArrowRight")
    shows(visitor, "Columns", 5)
    expect(visitor.page.get_by_text(LIT)).to_have_text(re.compile(r"21 of 150 rows are lit"))
    visitor.settle().page.get_by_role("button", name="all rows: 150 rows").focus()
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.get_by_text(LIT)).to_have_count(0)
    everything = ink(visitor)
    visitor.page.get_by_role("button", name="setosa", exact=True).click()
    assert ink(visitor) < 0.8 * everything
    assert visitor.errors() == []


def slider(visitor, label):
    """A whole slider: its thumb is a range input, and the number on it a text of its own."""
    return visitor.page.get_by_test_id("stSlider").filter(has_text=label)


def shows(visitor, label, number):
    """Wait until a slider stands at a number."""
    expect(slider(visitor, label).get_by_test_id("stSliderThumbValue")).to_have_text(str(number))


def test_the_link_holds_the_state(visitor):
    visitor.open("/multiwindow?data=wine&binning=quantile&columns=3")
    shows(visitor, "Columns", 3)
    slider(visitor, "Rows").get_by_role("slider").press("ArrowRight")
    expect(visitor.page).to_have_url(re.compile("rows=5"))
    visitor.settle().reload()
    shows(visitor, "Columns", 3)
    shows(visitor, "Rows", 5)
    expect(visitor.page.locator("svg .title", has_text="proline")).to_be_visible()
    assert "data=wine" in visitor.page.url and "binning=quantile" in visitor.page.url
    visitor.page.get_by_role("button", name="Reset").click()
    shows(visitor, "Columns", 4)
    assert visitor.errors() == []


def test_the_plate_and_the_table_come_down_whole(visitor):
    visitor.open("/multiwindow")
    for button, start in (("SVG", b"<svg"), ("PDF", b"%PDF"), ("Table of windows", b"row,column")):
        with visitor.page.expect_download() as coming:
            visitor.page.get_by_role("button", name=button, exact=True).click()
        assert coming.value.path().read_bytes().startswith(start)
