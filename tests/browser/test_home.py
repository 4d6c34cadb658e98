"""The front door: it opens, shows its rooms, and leads into them."""

import pytest
from playwright.sync_api import expect

from lab.catalog import open_rooms, rooms_by_section


def test_the_front_door_names_every_open_room(visitor):
    visitor.open("/")
    assert visitor.errors() == []
    for room in open_rooms():
        expect(visitor.page.get_by_test_id("stMain").get_by_text(room.sentence).first).to_be_visible()


def test_navigation_has_the_sections_of_the_catalog(visitor):
    visitor.open("/")
    navigation = visitor.page.get_by_test_id("stSidebarNav")
    for section, rooms in rooms_by_section().items():
        expect(navigation.get_by_text(section, exact=True)).to_be_visible()
        for room in rooms:
            expect(navigation.get_by_role("link", name=room.title)).to_be_visible()


@pytest.mark.parametrize("room", open_rooms(), ids=lambda room: room.word)
def test_a_card_leads_into_its_room(visitor, room):
    visitor.open("/")
    visitor.page.get_by_test_id("stMain").locator(f"a[href$='{room.word}']").first.click()
    expect(visitor.page.get_by_role("heading", name=room.title, level=1)).to_be_visible()
    assert visitor.page.url.split("?")[0].endswith(f"/{room.word}")
