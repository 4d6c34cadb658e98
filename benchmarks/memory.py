"""Memory of the server after every page was visited and every room with a model has rendered (Linux).

``python -m benchmarks.memory`` opens every page as one visitor (a real websocket session), presses the main
button of each room of Stable Diffusion with the settings it opens with, and prints resident memory after each
step. Free hosting begins at 690 MB.
"""

import asyncio
import re
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.sessions import Session
from lab import catalog
from tests.browser import house

FLOOR = 690  # MB
PATIENCE = 300  # seconds
RENDERING = [e.word for e in catalog.rooms_by_section()["Stable Diffusion"]]


async def visit(opened: house.House) -> None:
    """Walk through every page, render in every room, and say what the server weighs each time."""
    visitor = await Session(opened.url).enter("/")
    tell("opening /", opened)
    for word in (e.word for e in catalog.open_rooms()):
        await visitor.leave()
        await visitor.enter(f"/{word}")
        tell(f"opening /{word}", opened)
    for word in RENDERING:
        await visitor.leave()
        await visitor.enter(f"/{word}")
        told = await render(visitor, word, opened)
        tell(f"{word}: {told}", opened)
    await visitor.leave()


async def render(visitor: Session, word: str, opened: house.House) -> str:
    """Press the main button of a room and wait until its job is over; returns the server's word on it."""
    main = next((button.label for button in visitor.buttons() if button.type == "primary"), None)
    if main is None:
        return "no button"
    ended = re.compile(rf"job ({word}\b.*)")
    before, patience = len(over(ended, opened)), time.monotonic() + PATIENCE
    await visitor.press(main)
    while len(over(ended, opened)) == before and time.monotonic() < patience:
        await asyncio.sleep(0.5)
    return re.sub(r"^\S+ \S+ ", "", (over(ended, opened) or ["nothing was asked of the engine"])[-1])


def over(ended: re.Pattern, opened: house.House) -> list[str]:
    """What the server told of jobs that are over."""
    return [told for told in ended.findall(opened.said()) if "begins" not in told]


def tell(step: str, opened: house.House) -> None:
    """Print one line of the table."""
    resident = opened.resident()
    print(f"{step:40} {resident['now']:7.0f} {resident['highest']:8.0f}", flush=True)


def main() -> int:
    """Open the house, visit it, and compare its highest weight with the floor."""
    with tempfile.TemporaryDirectory() as folder:
        extra = {"LATENT_LIBRARY_CACHE": folder, "LATENT_LIBRARY_LOG": "info"}
        with house.opened(Path(folder), **extra) as opened:
            print(f"{'after':40} {'MB now':>7} {'MB most':>8}")
            asyncio.run(visit(opened))
            highest = opened.resident()["highest"]
    print(f"{highest:.0f} MB at most; the floor of free hosting is {FLOOR} MB")
    return int(highest > FLOOR)


if __name__ == "__main__":
    sys.exit(main())
