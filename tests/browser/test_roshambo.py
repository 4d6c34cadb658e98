"""RoShamBo in a real browser: thirty rounds by keyboard, the thoughts, the other rooms, the phone."""

import hashlib
import re
import time

from playwright.sync_api import expect

ROUNDS = 30


def play(visitor, keys):
    """Press one key after another, each when the last round is on the table; returns the seconds of each."""
    strip = visitor.page.locator(".board .strip span")
    seconds = []
    for key in keys:
        before = min(48, strip.count())
        begun = time.perf_counter()
        visitor.page.keyboard.press(key)
        expect(strip).to_have_count(before + 1)
        seconds.append(time.perf_counter() - begun)
    return seconds


def test_thirty_rounds_by_keyboard_then_a_portrait(visitor):
    visitor.open("/roshambo")
    visitor.page.locator(".board canvas").scroll_into_view_if_needed()
    play(visitor, ("rps123" * ROUNDS)[:ROUNDS])
    tally = visitor.page.locator(".board .tally").inner_text()
    assert sum(map(int, re.findall(r"\d+", tally))) == ROUNDS
    kept = visitor.page.locator(".board .promise code")
    text = kept.nth(1).inner_text().strip("“”")
    assert hashlib.sha256(text.encode()).hexdigest() == kept.nth(2).get_attribute("title")
    expect(visitor.page.locator(".board .verdict")).to_contain_text("as promised")
    visitor.page.locator(".board .check summary").click()
    expect(visitor.page.locator(".board .check pre")).to_contain_text(
        hashlib.sha256(text.encode()).hexdigest()
    )
    visitor.page.get_by_role("button", name="Paint my portrait").click()
    expect(visitor.page.get_by_text(f"Your portrait after {ROUNDS} rounds")).to_be_visible()
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="Portrait (PNG)").click()
    assert download.value.suggested_filename == "portrait.png"
    assert visitor.errors() == []
    visitor.picture("roshambo-play")


def test_it_says_what_it_was_thinking_and_touch_plays_too(invite):
    visitor = invite(phone=True).open("/roshambo?think=true")
    rock = visitor.page.locator(".board .moves").get_by_role("button", name="rock")
    for number in range(1, 6):
        rock.tap()
        expect(visitor.page.locator(".board .strip span")).to_have_count(number)
    expect(visitor.page.locator(".board .words")).to_contain_text("It expected of you")
    assert visitor.sideways() <= 0 and visitor.errors() == []
    visitor.picture("roshambo-phone")


def test_a_tournament_is_played_with_a_bot_of_ones_own(visitor):
    visitor.open("/roshambo?room=tournament&length=50")
    expect(visitor.page.get_by_text("The field of the library")).to_be_visible()
    visitor.page.get_by_text("Enter a bot of your own").click()
    expect(visitor.page.get_by_text("28 pairs, 1400 rounds")).to_be_visible()
    visitor.page.get_by_role("button", name="Play", exact=True).click()
    expect(visitor.page.get_by_text("Your tournament: 8 players")).to_be_visible()
    assert visitor.errors() == []


def test_a_history_is_heard_and_the_triangle_turns(visitor):
    visitor.open("/roshambo?room=listen&turn=2&then=2")
    visitor.page.get_by_text("The turns of a triangle").click()
    expect(visitor.page.get_by_text("2 + 2 = 1 in Z/3")).to_be_visible()
    visitor.page.get_by_role("button", name="Hear it").click()
    expect(visitor.page.locator("audio")).to_have_count(1)
    assert visitor.errors() == []
