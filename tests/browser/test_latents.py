"""The latents room as a visitor has it: every look, the calculator, pictures brought in, and bad files."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from lab.exports import png, read_recipe
from tests.browser import rooms
from tests.browser.visitor import PATIENCE
from tests.diffusion.test_uploads import HOSTILE

FAST = "steps=2&guidance=1&scheduler=ddim"
TWO = f"p=a+street&p=a+forest&{FAST}"
PICTURE = np.random.default_rng(0).integers(0, 255, (150, 200, 3), np.uint8)
LOOKS = {
    "negative": r"Latents against pixels: PSNR",
    "blend&count=3": r"In the middle the latents differ",
    "colours": r"The shipped map .* fitted to these pictures by least squares explains",
    "noise&count=3": r"At timestep \d+ the latents are",
    "channels": r"picture a comes out with",
}


def draw(visitor) -> None:
    """Press the button and wait until all is there."""
    visitor.page.get_by_role("button", name="Draw", exact=True).click()
    expect(visitor.page.get_by_text(re.compile(r"^Done in "))).to_be_visible(timeout=3 * PATIENCE)


@pytest.mark.parametrize("view", LOOKS)
def test_every_look_is_drawn(visitor, view):
    visitor.open(f"/latents?view={view}&{TWO}")
    draw(visitor)
    expect(visitor.page.get_by_text(re.compile(LOOKS[view])).first).to_be_visible()
    visitor.see_pictures().picture(f"latents-{view.split('&')[0]}")
    assert visitor.errors() == [] and visitor.sentences() == []


def test_the_calculator_answers_at_once_and_says_what_it_cannot_read(visitor):
    visitor.open(f"/latents?view=calculator&{TWO}")
    draw(visitor)
    field = visitor.page.get_by_label("Expression over the pictures", exact=True)
    visitor.write(field, "0.5*(a + b)")
    expect(visitor.page).to_have_url(re.compile("expression=0.5"))
    expect(visitor.page.get_by_alt_text("The latents' answer to 0.5 * (a + b).")).to_be_visible()
    visitor.write(field, "a + (b")
    expect(visitor.page.get_by_test_id("stAlert")).to_be_visible()
    visitor.write(field, "__import__('os')")
    expect(visitor.page.get_by_test_id("stAlert")).to_be_visible()
    visitor.write(field, "a - b")
    expect(visitor.page.get_by_test_id("stAlert")).to_have_count(0)
    expect(visitor.page.get_by_alt_text("The latents' answer to a - b.")).to_be_visible()
    recipe = read_recipe(rooms.take_home(visitor, "PNG"))
    assert recipe["spec"]["expression"] == "a - b"
    assert visitor.errors() == []


BAD = ("a text file", "100 megapixels", "a bomb", "half a JPEG")


def test_a_picture_is_brought_and_bad_files_get_one_sentence(visitor):
    visitor.open(f"/latents?view=channels&p=a+street&{FAST}")
    visitor.page.get_by_text("Bring a picture of your own", exact=True).click()
    chooser = visitor.page.get_by_test_id("stFileUploader").first.locator("input[type=file]")
    for data, said in map(HOSTILE.get, BAD):
        chooser.set_input_files({"name": "holiday.png", "mimeType": "image/png", "buffer": data})
        expect(visitor.page.get_by_test_id("stAlert").filter(has_text=said)).to_be_visible()
        assert len(visitor.sentences()) == 1 and visitor.errors() == []
    chooser.set_input_files({"name": "holiday.png", "mimeType": "image/png", "buffer": png(PICTURE)})
    visitor.page.get_by_role("button", name="Take it as a picture", exact=True).click()
    expect(visitor.page.get_by_text("b: a picture that was brought")).to_be_visible()
    draw(visitor)
    expect(visitor.page.get_by_text(re.compile("picture b comes out with"))).to_be_visible()
    assert visitor.errors() == [] and visitor.sentences() == []
