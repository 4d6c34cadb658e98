"""The morph as a visitor has it: from the front door to a film on the disk, and every wrong turn."""

import io
import re
import zipfile

import av
import pytest
from PIL import Image
from playwright.sync_api import expect

from lab.diffusion.spec import FRAMES_MOST, PROMPTS_MOST
from tests.browser import rooms

WALK = ("a city street in the rain", "a forest in the rain")
SHORT = {"loop": "none", "frames": 4, "steps": 2, "guidance": 6, "scheduler": "ddim"}  # five frames, soon


@pytest.fixture
def film(visitor):
    """A visitor before a finished film of five frames."""
    visitor.open(rooms.morph_address(*WALK, **SHORT))
    rooms.press_render(visitor)
    rooms.wait_for_film(visitor)
    return visitor


def frames_of(data: bytes) -> tuple[str, int, tuple[int, int]]:
    """Format, number of frames and size of an animated picture, every frame decoded."""
    with Image.open(io.BytesIO(data)) as picture:
        for index in range(picture.n_frames):
            picture.seek(index)
            picture.convert("RGB")
        return picture.format, picture.n_frames, picture.size


def pictures_of(data: bytes) -> list[tuple[str, tuple[int, int]]]:
    """Format and size of every picture in an archive, each one decoded."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".png")]
        pictures = [Image.open(archive.open(name)) for name in names]
        return [(picture.format, picture.convert("RGB").size) for picture in pictures]


def test_a_finished_morph_is_there_on_opening(visitor):
    visitor.open("/morph").see_pictures()
    expect(rooms.frame_count(visitor)).to_have_text(re.compile(r"^\d+ / \d+$"))
    assert visitor.errors() == [] and visitor.sentences() == []


def test_from_the_front_door_to_a_film_on_the_disk(visitor):
    visitor.open("/")
    visitor.page.get_by_test_id("stMain").locator("a[href$='morph']").first.click()
    expect(visitor.page.get_by_text("Sources:")).to_be_visible()  # the page's last line: all of it is there
    visitor.settle()

    visitor.write(rooms.prompt_field(visitor, 1), "an abandoned gas station at dusk")
    visitor.write(rooms.prompt_field(visitor, 2), "a library of hexagonal rooms")
    visitor.page.get_by_text("One way", exact=True).click()  # the radio's own input is hidden behind it
    visitor.write(visitor.page.get_by_role("spinbutton", name="Frames per segment"), "3")
    expect(visitor.page).to_have_url(re.compile(r"p=an\+abandoned.*p=a\+library.*frames=3"))
    rooms.press_render(visitor)
    rooms.wait_for_film(visitor)

    first, last = rooms.scrub_to(visitor, 0), rooms.scrub_to(visitor, 3)
    assert first != last
    kind, count, _ = frames_of(rooms.take_home(visitor, "WebP"))
    assert (kind, count) == ("WEBP", 4)

    link, walk = visitor.page.url, rooms.prompts(visitor)
    visitor.reload()
    assert visitor.page.url == link and rooms.prompts(visitor) == walk
    expect(visitor.page.get_by_role("spinbutton", name="Frames per segment")).to_have_value("3")


def test_a_link_brings_the_same_film_to_somebody_else(film, invite):
    friend = invite().open(film.page.url.removeprefix(film.home))
    assert rooms.prompts(friend) == rooms.prompts(film) == list(WALK)
    rooms.press_render(friend)
    rooms.wait_for_film(friend)
    assert rooms.take_home(friend, "ZIP of PNGs") == rooms.take_home(film, "ZIP of PNGs")


def test_scrubbing_asks_the_server_nothing(film):
    film.settle()
    asked = len(film.asked)
    shown = {rooms.scrub_to(film, index) for index in range(5)}
    assert len(shown) == 5
    assert len(film.asked) == asked


def test_the_player_listens_to_the_keyboard(film):
    rooms.scrub_to(film, 0)
    film.page.get_by_role("slider", name="Frame", exact=True).press("ArrowRight")
    expect(rooms.frame_count(film)).to_have_text("2 / 5")
    film.page.get_by_role("slider", name="Frame", exact=True).press("End")
    expect(rooms.frame_count(film)).to_have_text("5 / 5")


def test_every_download_can_be_decoded(film):
    assert frames_of(rooms.take_home(film, "WebP"))[:2] == ("WEBP", 5)
    assert frames_of(rooms.take_home(film, "GIF"))[:2] == ("GIF", 5)
    with av.open(io.BytesIO(rooms.take_home(film, "MP4"))) as container:
        assert sum(1 for _ in container.decode(video=0)) >= 5
    pictures = pictures_of(rooms.take_home(film, "ZIP of PNGs"))
    assert len(pictures) == 5 and len(set(pictures)) == 1


def test_a_cancelled_render_keeps_its_finished_frames(visitor):
    visitor.open(rooms.morph_address(*WALK, loop="ring", frames=100, steps=40, scheduler="ddim", seed=7))
    rooms.press_render(visitor)
    cancel = visitor.page.get_by_role("button", name="Cancel")
    expect(visitor.page.get_by_text(rooms.GROWING)).to_be_visible(timeout=180_000)
    cancel.click()
    line = visitor.page.get_by_text(rooms.CANCELLED)
    expect(line).to_be_visible()
    kept, total = map(int, rooms.CANCELLED.search(line.inner_text()).groups())
    assert 1 <= kept < total == 200
    assert len(pictures_of(rooms.take_home(visitor, "ZIP of PNGs"))) == kept
    expect(cancel).to_have_count(0)

    visitor.open(rooms.morph_address(*WALK, **SHORT, seed=8))
    rooms.press_render(visitor)
    rooms.wait_for_film(visitor)


def complaint(visitor, pattern: str):
    """Wait for the page's sentence and check that nothing else went wrong."""
    sentence = visitor.page.get_by_test_id("stAlert").filter(has_text=re.compile(pattern)).first
    expect(sentence).to_be_visible()
    assert visitor.errors() == []
    assert "Traceback" not in visitor.page.content()
    return sentence.inner_text()


TYPED = {
    "empty prompt": ("Prompt 1", "   ", r"Prompt 1 is empty"),
    "seed -1": ("Seed", "-1", r"-1.*0.*(2\^64|18446744073709551615)"),
    "seed 2^64": ("Seed", str(2**64), rf"{2**64}.*0.*(2\^64|18446744073709551615)"),
    "seed in words": ("Seed", "forty-two", r"forty-two.*whole number"),
    "no frames": ("Frames per segment", "0", rf"0.*1 to {FRAMES_MOST}"),
    "10000 frames": ("Frames per segment", "10000", rf"10.?000.*1 to {FRAMES_MOST}"),
}


@pytest.mark.parametrize("case", TYPED)
def test_what_cannot_be_typed_gets_one_sentence(visitor, case):
    label, text, pattern = TYPED[case]
    visitor.open(rooms.morph_address(*WALK, **SHORT))
    visitor.write(visitor.page.get_by_label(label, exact=True), text)
    rooms.press_render(visitor)
    complaint(visitor, pattern)
    assert rooms.prompts(visitor)[1] == WALK[1]


LINKED = {
    "one prompt": ((WALK[0],), {}, r"one prompt|1 prompt"),
    "fifty prompts": (WALK * 25, {}, rf"50 prompts.*{PROMPTS_MOST}"),
    "seed -1": (WALK, {"seed": -1}, r"seed = -1"),
    "seed 2^64": (WALK, {"seed": 2**64}, rf"seed = {2**64}"),
    "no frames": (WALK, {"frames": 0}, r"frames = 0"),
    "10000 frames": (WALK, {"frames": 10_000}, r"frames = 10000"),
    "a script": (WALK, {"loop": "<script>alert(1)</script>"}, r"loop = <script>alert"),
    "not a number": (WALK, {"guidance": "nan", "steps": "1e3"}, r"guidance = nan|steps = 1e3"),
    "markdown": (WALK, {"scheduler": "![x](https://example.com/x.png)"}, r"scheduler"),
}


@pytest.mark.parametrize("case", LINKED)
def test_a_tampered_link_gets_one_sentence_and_still_renders(visitor, case):
    walk, settings, pattern = LINKED[case]
    visitor.open(rooms.morph_address(*walk, **settings))
    complaint(visitor, pattern)
    expect(visitor.page.get_by_role("button", name="Render")).to_be_enabled()
    assert len(rooms.prompts(visitor)) >= 2


def test_five_hundred_words_are_cut_and_it_is_said(visitor):
    visitor.open(rooms.morph_address(*WALK, **SHORT))
    visitor.write(rooms.prompt_field(visitor, 1), " ".join(["tree"] * 500))
    expect(visitor.page.get_by_text(re.compile(r"\d+ tokens")).first).to_be_visible()
    rooms.press_render(visitor)
    rooms.wait_for_film(visitor)


def test_emoji_and_unknown_words_are_marked_and_rendered(visitor):
    visitor.open(rooms.morph_address("a 🦄 in a zeppelin", WALK[1], **SHORT))
    told = visitor.page.get_by_text(re.compile(r"babel does not know.*"))
    expect(told.first).to_contain_text("zeppelin")
    expect(told.first).to_contain_text("🦄")
    rooms.press_render(visitor)
    rooms.wait_for_film(visitor)


@pytest.mark.parametrize("look", ["light-phone", "dark-phone", "dark-desk"])
def test_a_rendered_film_fits_every_window(passer_by, look):
    visitor = passer_by(dark="dark" in look, phone="phone" in look).open(rooms.morph_address(*WALK, **SHORT))
    rooms.press_render(visitor)
    rooms.wait_for_film(visitor)
    visitor.see_pictures().picture(f"morph-film-{look}")
    assert visitor.sideways() <= 0
    assert visitor.errors() == []


def test_the_meter_adds_a_frame_where_the_film_jumps_and_one_frame_is_checked(film):
    told = film.page.get_by_text(
        re.compile(r"Distance of each frame to the next: the largest, from \d to \d")
    )
    expect(told).to_be_visible()
    film.page.get_by_role("button", name="Add a frame there").click()
    expect(film.page.get_by_text(re.compile(r"^6 frames in"))).to_be_visible()
    expect(film.page).to_have_url(re.compile(r"added=0"))
    film.page.get_by_role("button", name="Is it exact?").click()
    film.page.get_by_role("button", name="Compare it alone").click()
    expect(film.page.get_by_text(re.compile(r"rendered alone: bit-equal"))).to_be_visible()
    assert film.errors() == [] and film.sentences() == []


def test_how_to_walk_stands_in_the_link_and_is_rendered(visitor):
    walk = {"easing": "smooth", "spacing": "even", "seeds": "7,8", "hold": 2, "frames": 3, "loop": "none"}
    visitor.open(rooms.morph_address(*WALK, steps=2, scheduler="ddim", **walk))
    assert visitor.sentences() == []
    rooms.press_render(visitor)
    assert rooms.wait_for_film(visitor).startswith("8 frames")
    expect(visitor.page.get_by_text(re.compile(r"By the pilot pass the largest step is"))).to_be_visible()
    for part in ("easing=smooth", "spacing=even", "seeds=7", "hold=2"):
        assert part in visitor.page.url
    visitor.page.get_by_role("button", name="Reset").click()
    visitor.settle()
    expect(visitor.page).not_to_have_url(re.compile("spacing"))


@pytest.mark.parametrize(
    "seeds, said", [("7", r"1 seeds? for 2 prompts"), ("seven", r"'seven' cannot be read; write seeds like")]
)
def test_noise_that_cannot_be_is_one_sentence(visitor, seeds, said):
    visitor.open(rooms.morph_address(*WALK, **SHORT))
    visitor.page.get_by_text("How to walk", exact=True).click()
    visitor.write(visitor.page.get_by_role("textbox", name="Noise of each prompt"), seeds)
    rooms.press_render(visitor)
    complaint(visitor, said)
