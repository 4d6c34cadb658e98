"""Photograph the rooms: ``python -m tests.browser.pictures`` writes docs/images/<word>.png."""

import tempfile
from pathlib import Path

from PIL import Image

from lab.catalog import open_rooms
from tests.browser import chromium, house
from tests.browser.visitor import enter

IMAGES = house.ROOT / "docs/images"
COLOURS = 256


def photograph(browser, home: str, address: str, name: str) -> None:
    """Open an address at a desk, wait for its pictures, and keep a small PNG of the window."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, color_scheme="light")
    visitor = enter(context, home).open(address)
    visitor.see_pictures()
    path = IMAGES / f"{name}.png"
    visitor.page.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    context.close()
    print(f"{path.relative_to(house.ROOT)}: {path.stat().st_size // 1000} kB")


def main() -> None:
    """Take a picture of the front door and of every open room."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium.opened() as browser,
        house.opened(Path(folder)) as opened,
    ):
        enter(browser.new_context(), opened.url).open("/")  # a cold house gives its sidebar another width
        photograph(browser, opened.url, "/", "home")
        for room in open_rooms():
            photograph(browser, opened.url, f"/{room.word}", room.word)


if __name__ == "__main__":
    main()
