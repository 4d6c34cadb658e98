"""From nothing to the first picture: until the server is healthy, the front door drawn, a picture rendered.

``python -m benchmarks.start`` starts the house in its public profile with an empty cache and lets one visitor
(a real websocket session) in; babel is asleep until then.
"""

import asyncio
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.sessions import Session
from tests.browser import house

WISH = "/morph?" + urlencode([("p", "a rainy city"), ("p", "a rainy forest"), ("frames", 16)])


async def first_picture(url: str, began: float) -> None:
    """Print the seconds until the front door, the room, its first picture and its whole film."""
    visitor = await Session(url).enter("/")
    tell("the front door is drawn", began)
    await visitor.leave()
    await visitor.enter(WISH)
    tell("the morph room is drawn, with a film in it", began)
    await visitor.press("Render")
    await visitor.until(lambda: visitor.says("frames finished") or visitor.says("same for everybody"), 600)
    tell("the first pictures of one's own", began)
    await visitor.until(lambda: visitor.says("same for everybody") is not None, 600)
    tell("the whole film", began)
    await visitor.leave()


def tell(what: str, began: float) -> None:
    """Print one line."""
    print(f"{what:48} {time.perf_counter() - began:6.1f} s", flush=True)


def main() -> None:
    """Start the server and watch."""
    with tempfile.TemporaryDirectory() as folder:
        extra = {"LATENT_LIBRARY_CACHE": folder, "LATENT_LIBRARY_PROFILE": "public"}
        began = time.perf_counter()
        with house.opened(Path(folder), **extra) as opened:
            tell("the server is healthy", began)
            asyncio.run(first_picture(opened.url, began))


if __name__ == "__main__":
    main()
