"""Memory of the server after every page was visited and one morph rendered, with babel loaded (Linux).

``python -m benchmarks.memory`` prints resident memory after each step; the floor of free hosting is 690 MB.
"""

import tempfile
from pathlib import Path

from benchmarks.pages import house_pages
from tests.browser import chromium, house
from tests.browser.rooms import render_a_morph
from tests.browser.visitor import enter


def main() -> None:
    """Open the house, walk through every page, render, and say what it weighs each time."""
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium.opened() as browser,
        house.opened(Path(folder)) as opened,
    ):
        print(f"{'after':32} {'MB now':>7} {'MB most':>8}")
        visitor = enter(browser.new_context(), opened.url)
        for address in house_pages():
            visitor.open(address)
            tell(f"opening {address}", opened)
        render_a_morph(visitor.open("/morph"), ["a rainy city", "a rainy forest"])
        tell("a morph", opened)


def tell(step: str, opened: house.House) -> None:
    """Print one line of the table."""
    resident = opened.resident()
    print(f"{step:32} {resident['now']:7.0f} {resident['highest']:8.0f}", flush=True)


if __name__ == "__main__":
    main()
