"""The anatomy as a visitor has it: the diagram of the shipped run scrubbed and opened, and one's own run."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import rooms

SHORT = "prompt=a+forest+in+fog&steps=3&guidance=2.5&scheduler=ddim"
RECORDED = re.compile(r"3 steps recorded in")


@pytest.fixture
def diagram(visitor):
    """A visitor before the run that ships, with every tensor on the screen."""
    visitor.open("/anatomy").see_pictures()
    expect(visitor.page.locator(".anatomy .word canvas").first).to_be_visible()
    visitor.page.wait_for_function(PAINTED)
    return visitor


# The heat map of the noise has colours only when its bytes have arrived.
PAINTED = """() => {
  const hosts = [...document.querySelectorAll('*')].filter((element) => element.shadowRoot);
  const canvas = hosts.map((host) => host.shadowRoot.querySelector('.box.noise canvas')).find(Boolean);
  if (!canvas) return false;
  return canvas.getContext('2d').getImageData(0, 0, 1, 1).data[3] === 255;
}"""


def lens(visitor):
    return visitor.page.locator(".anatomy .lens")


def test_the_diagram_is_filled_on_opening(diagram):
    assert diagram.errors() == [] and diagram.sentences() == []
    assert diagram.page.locator(".anatomy .wires > path").count() == 11
    for name in ("noise", "embedding", "latents", "clean", "picture"):
        expect(diagram.page.locator(f".anatomy .box.{name}")).to_be_visible()


def test_scrubbing_the_steps_asks_the_server_nothing(diagram):
    diagram.settle()
    asked = len(diagram.asked)
    scrub = diagram.page.get_by_role("slider", name="Step", exact=True)
    seen = set()
    for index in range(3):
        scrub.fill(str(index))
        expect(diagram.page.locator(".anatomy .count")).to_contain_text(f"step {index + 1} /")
        seen.add(diagram.page.locator(".anatomy .box.latents").screenshot())
    assert len(seen) == 3 and len(diagram.asked) == asked


def test_every_box_opens_with_two_sentences_and_escape_closes_it(diagram):
    for name in (
        "noise",
        "encoder",
        "embedding",
        "latents",
        "unet",
        "clean",
        "scheduler",
        "decoder",
        "picture",
    ):
        diagram.page.locator(f".anatomy .box.{name}").click()
        expect(lens(diagram).locator(".tell > p").nth(1)).to_be_visible()
        assert diagram.sideways() <= 0
    diagram.page.keyboard.press("Escape")
    expect(lens(diagram)).to_have_count(0)


def test_a_word_shows_where_it_was_asked_for(diagram):
    word = diagram.page.locator(".anatomy button.word.word").nth(4)
    word.click()
    expect(lens(diagram)).to_contain_text(re.compile(r"gets \d+\.\d % of the attention"))
    expect(word).to_have_attribute("aria-pressed", "true")
    whole = lens(diagram).locator("canvas").first.screenshot()
    lens(diagram).get_by_label("mean over all steps").uncheck()
    diagram.page.get_by_role("slider", name="Step", exact=True).fill("0")
    assert lens(diagram).locator("canvas").first.screenshot() != whole


def test_ones_own_run_fills_the_diagram(visitor):
    visitor.open(f"/anatomy?{SHORT}")
    rooms.press_render(visitor)
    expect(visitor.page.get_by_text(RECORDED)).to_be_visible(timeout=180_000)
    expect(visitor.page.locator(".anatomy .count")).to_contain_text("/ 3")
    assert rooms.take_home(visitor, "Tensors (.npz)")[:2] == b"PK"
    assert visitor.errors() == []


@pytest.mark.parametrize("look", ["light-phone", "dark-desk"])
def test_an_open_lens_fits_every_window(passer_by, look):
    visitor = passer_by(dark="dark" in look, phone="phone" in look).open("/anatomy").see_pictures()
    visitor.page.locator(".anatomy .box.embedding").click()
    visitor.page.wait_for_function(PAINTED)
    visitor.picture(f"anatomy-lens-{look}")
    assert visitor.sideways() <= 0 and visitor.errors() == []
