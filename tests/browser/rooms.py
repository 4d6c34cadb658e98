"""What a visitor does in the rooms, in the words of the page; shared by the tests and the benchmarks."""

import re
from urllib.parse import urlencode

from playwright.sync_api import Locator, expect

from tests.browser.visitor import PATIENCE, Visitor

FINISHED = re.compile(r"\d+ frames? in .*same for everybody")
GROWING = re.compile(r"^[1-9]\d* frames? finished")
CANCELLED = re.compile(r"Cancelled with (\d+) of (\d+) frames")


def morph_address(*prompts: str, **settings: object) -> str:
    """Link to a morph."""
    return "/morph?" + urlencode([*(("p", prompt) for prompt in prompts), *settings.items()])


def prompt_field(visitor: Visitor, number: int) -> Locator:
    """Field of a prompt, counted from 1."""
    return visitor.page.get_by_role("textbox", name=f"Prompt {number}", exact=True)


def prompts(visitor: Visitor) -> list[str]:
    """All prompts as they stand on the page."""
    fields = visitor.page.get_by_role("textbox", name=re.compile(r"^Prompt \d+$"))
    return [fields.nth(index).input_value() for index in range(fields.count())]


def press_render(visitor: Visitor) -> None:
    """Ask for the morph that the controls describe."""
    visitor.page.get_by_role("button", name="Render", exact=True).click()


def wait_for_film(visitor: Visitor) -> str:
    """Wait until the render is over and return the line that says so."""
    line = visitor.page.get_by_text(FINISHED)
    complaint = visitor.page.get_by_test_id("stAlert")
    expect(line.or_(complaint).first).to_be_visible(timeout=3 * PATIENCE)
    assert visitor.sentences() == []
    return line.inner_text()


def render_a_morph(visitor: Visitor, walk: list[str]) -> None:
    """Write two prompts, render, and wait for the film."""
    for number, prompt in enumerate(walk, start=1):
        visitor.write(prompt_field(visitor, number), prompt)
    press_render(visitor)
    wait_for_film(visitor)


def frame_count(visitor: Visitor) -> Locator:
    """The player's counter: ``3 / 16``."""
    return visitor.page.locator(".player .count")


def scrub_to(visitor: Visitor, index: int) -> bytes:
    """Move the player's slider to a frame (from 0) and return what the stage then shows, as a PNG."""
    visitor.page.get_by_role("slider", name="Frame", exact=True).fill(str(index))
    expect(frame_count(visitor)).to_have_text(re.compile(rf"^{index + 1} / "))
    return visitor.page.locator(".player canvas").screenshot()


def choose(visitor: Visitor, label: str, option: str) -> None:
    """Open a select box, write what one looks for, and take it from the list."""
    box = visitor.settle().page.get_by_role("combobox", name=re.compile(label))
    box.click()
    box.press_sequentially(option)
    visitor.page.get_by_role("option", name=re.compile(option)).first.click()


def take_home(visitor: Visitor, label: str) -> bytes:
    """Press a download button and return the bytes of the file."""
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("button", name=label, exact=True).click()
    return waiting.value.path().read_bytes()


def charts(visitor: Visitor) -> Locator:
    """The figures that the house draws by itself."""
    return visitor.page.locator(".chart > svg:has(.marks)")
