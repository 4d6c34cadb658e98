"""A server that is killed in the middle of a render, and opened again: what was finished is found."""

import asyncio
import time
from urllib.parse import urlencode

from benchmarks.sessions import Session
from tests.browser import house
from tests.diffusion import tiny

FACTS = {"steps": 2, "guidance": 1.0, "scheduler": "ddim"}
FRAMES = 20
LINK = urlencode({"p": ["a cat", "a dog"], "frames": FRAMES, "steps": 10, "loop": "none"}, doseq=True)
PATIENCE = 240


async def press_render(opened):
    """A visitor without a browser who opens the link and presses Render."""
    visitor = await Session(opened.url).enter(f"/morph?{LINK}")
    await visitor.press("Render")
    return visitor


async def kill_in_the_middle(opened, frames):
    """Press Render, wait for a few finished frames and kill the server."""
    visitor = await press_render(opened)
    patience = time.monotonic() + PATIENCE
    while len(list(frames.glob("*.png"))) < 3:
        assert time.monotonic() < patience and not visitor.errors, opened.said()
        await asyncio.sleep(0.02)
    opened.server.kill()
    opened.server.wait()
    await visitor.leave()


async def render_to_the_end(opened):
    """Press Render and wait until the page says that it is done; returns what it complains about."""
    visitor = await press_render(opened)
    await visitor.until(lambda: visitor.says(f"{FRAMES + 1} frames in"), PATIENCE)
    told = [*visitor.alerts(), *visitor.errors]
    await visitor.leave()
    return told


def test_frames_finished_before_the_kill_are_found_again_and_nothing_else_is_written(tmp_path):
    cache, home = tmp_path / "cache", tmp_path / "home"
    home.mkdir()
    place = {
        "LATENT_LIBRARY_BABEL": str(tiny.build(tmp_path / "babel", facts=FACTS)),
        "LATENT_LIBRARY_CACHE": str(cache),
        "HOME": str(home),
    }
    frames = cache / "frames"
    with house.opened(tmp_path / "first", **place) as opened:
        asyncio.run(kill_in_the_middle(opened, frames))
    before = {path.name: path.stat().st_ino for path in frames.glob("*.png")}
    assert 3 <= len(before) < FRAMES + 1
    with house.opened(tmp_path / "second", **place) as opened:
        assert asyncio.run(render_to_the_end(opened)) == []
        assert not opened.outbound() and "Traceback" not in opened.said()
    after = {path.name: path.stat().st_ino for path in frames.glob("*.png")}
    assert len(after) == FRAMES + 1
    assert {name: after.get(name) for name in before} == before  # rendered again, they would be other files
    assert [path for path in cache.rglob("*") if path.is_file() and path.parent != frames] == []
    assert [path for path in home.rglob("*") if path.is_file()] == []
