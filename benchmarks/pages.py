"""How long until a page shows its figure, cold and warm, beside Streamlit's own demo pages in the same run.

Cold: the first visit to that address since the server started, in a browser without a cache. Warm: the
median of later visits. Each is the time from asking for the address to the first
figure on screen, in the same Chromium.
``python -m benchmarks.pages [--visits 5]`` prints one line a page and the ratio to the slowest demo page.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import streamlit.hello

from tests.browser import chromium, house
from tests.browser.visitor import PATIENCE, enter

FIGURES = (
    ".js-plotly-plot .main-svg",
    "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg",
    "[data-testid=stImage] img, [data-testid=stImageContainer] img",
    "[data-testid^=stBidiComponent] img, [data-testid^=stBidiComponent] canvas",
    "iframe[data-testid^=stCustomComponent], iframe[data-testid=stIFrame]",
)
DEMO = Path(streamlit.hello.__file__).parent / "streamlit_app.py"
DEMO_PAGES = ("/plotting_demo", "/animation_demo")


def house_pages() -> list[str]:
    """Addresses of the house: the front door, then one word a page."""
    return ["/", *(f"/{path.stem}" for path in sorted((house.ROOT / "pages").glob("*.py")))]


def seconds_to_figure(context, home: str, address: str) -> float:
    """Open an address in a fresh tab and wait for its first figure."""
    visitor = enter(context, home)
    start = time.perf_counter()
    visitor.page.goto(home + address, wait_until="commit")
    visitor.page.locator(", ".join(FIGURES)).first.wait_for(state="visible", timeout=PATIENCE)
    seconds = time.perf_counter() - start
    visitor.page.close()
    return seconds


def time_pages(browser, home: str, addresses: list[str], visits: int) -> dict[str, tuple[float, float]]:
    """Cold and warm seconds of each address."""
    timed = {}
    for address in addresses:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        cold = seconds_to_figure(context, home, address)
        warm = [seconds_to_figure(context, home, address) for _ in range(visits)]
        timed[address] = (cold, statistics.median(warm))
        context.close()
    return timed


def main() -> None:
    """Time the demo and the house one after the other and print both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visits", type=int, default=5)
    visits = parser.parse_args().visits
    with tempfile.TemporaryDirectory() as folder, chromium.opened() as browser:
        with house.opened(Path(folder) / "demo", str(DEMO)) as demo:
            peers = time_pages(browser, demo.url, list(DEMO_PAGES), visits)
        with house.opened(Path(folder) / "house") as opened:
            ours = time_pages(browser, opened.url, house_pages(), visits)
    anchor = max(warm for _, warm in peers.values())
    print(f"{'page':24} {'cold s':>7} {'warm s':>7} {'ratio':>6}")
    for label, timed in (("streamlit hello", peers), ("", ours)):
        for address, (cold, warm) in timed.items():
            print(f"{f'{label} {address}'.strip():24} {cold:7.2f} {warm:7.2f} {warm / anchor:6.2f}")


if __name__ == "__main__":
    main()
