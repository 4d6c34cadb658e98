"""How long until a page shows its figure, cold and warm, beside Streamlit's own demo in the same run.

Cold: the first visit to that address since the server started, in a browser without a cache. Warm: the
median of later visits. Each is the time from asking for the address to the first
figure on screen, in the same Chromium. A page of one plain plotly chart stands beside them.
``python -m benchmarks.pages [--visits 5]`` prints one line a page with its ratio to the slowest peer, then
one line a slider: from the stroke of an arrow key until the sentence under the new figure has changed; the
first is that of a page with nothing but a slider, a small plotly figure and a sentence.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import streamlit.hello

from tests.browser import chromium, house
from tests.browser.visitor import PATIENCE, enter, expect

FIGURES = (
    ".js-plotly-plot .main-svg",
    "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg",
    "[data-testid=stImage] img, [data-testid=stImageContainer] img",
    "[data-testid^=stBidiComponent] :is(img, canvas, svg, button)",
    "iframe[data-testid^=stCustomComponent], iframe[data-testid=stIFrame]",
)
TEXTS = {"/reading": "[data-testid=stMain] [data-testid=stMarkdownContainer] p"}  # a room of words
DEMO = Path(streamlit.hello.__file__).parent / "streamlit_app.py"
SLIDERS = (
    ("/similarity", "Angle of the direction", "total squared similarity is"),
    ("/similarity?step=matrix", "Axes kept, k", "in the order of their groups"),
    ("/multiwindow", "Columns", "of the area"),
    ("/shuffling", "Steps", "the exact distance is"),
)  # address, slider, words of a sentence that tells the slider's number
DEMO_PAGES = ("/plotting_demo", "/animation_demo")
PLAIN = """import plotly.graph_objects as go, streamlit as st
st.plotly_chart(go.Figure(go.Scatter(x=[1, 2, 3], y=[3, 1, 2])))
"""  # the least that a page with a plotly figure can be
PLAIN_SLIDER = """import plotly.graph_objects as go, streamlit as st
height = st.slider("Height", 0, 100, 3)
st.plotly_chart(go.Figure(go.Scatter(x=[1, 2, 3], y=[3, 1, height])))
st.write(f"The height is {height}.")
"""


def house_pages() -> list[str]:
    """Addresses of the house: the front door, then one word a page."""
    return ["/", *(f"/{path.stem}" for path in sorted((house.ROOT / "pages").glob("*.py")))]


def seconds_to_figure(context, home: str, address: str) -> float:
    """Open an address in a fresh tab and wait for its first figure."""
    visitor = enter(context, home)
    start = time.perf_counter()
    visitor.page.goto(home + address, wait_until="commit")
    figure = TEXTS.get(address, ", ".join(FIGURES))
    visitor.page.locator(figure).first.wait_for(state="visible", timeout=PATIENCE)
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
        print(f"{address:34} {cold:7.2f} {timed[address][1]:7.2f}", flush=True)
        context.close()
    return timed


def seconds_to_answer(context, home: str, address: str, label: str, told: str, strokes: int) -> list[float]:
    """Press an arrow key on a slider again and again; seconds until the sentence under the figure is new."""
    visitor = enter(context, home).open(address)
    thumb = visitor.page.get_by_test_id("stSlider").filter(has_text=label).get_by_role("slider")
    sentence = visitor.page.get_by_text(told).first
    times = []
    for stroke in range(strokes + 1):
        before = sentence.inner_text()
        start = time.perf_counter()
        thumb.press("ArrowRight" if stroke % 4 < 2 else "ArrowLeft")
        expect(sentence).not_to_have_text(before)
        times.append(time.perf_counter() - start)
    visitor.page.close()
    return times[1:]


def time_sliders(browser, folder: Path, house_url: str, strokes: int) -> None:
    """Print the median and the slowest of the answers of a plain page's slider and of ours."""
    print(f"{'slider':44} {'p50 s':>7} {'most s':>7}")
    script = folder / "plain_slider.py"
    script.write_text(PLAIN_SLIDER, encoding="utf-8")
    with house.opened(folder / "plain slider", str(script)) as plain:
        _time_sliders(browser, plain.url, (("/", "Height", "The height is"),), strokes)
    _time_sliders(browser, house_url, SLIDERS, strokes)


def _time_sliders(browser, home: str, sliders: tuple[tuple[str, str, str], ...], strokes: int) -> None:
    for address, label, told in sliders:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        times = seconds_to_answer(context, home, address, label, told, strokes)
        print(f"{f'{address}: {label}':44} {statistics.median(times):7.2f} {max(times):7.2f}", flush=True)
        context.close()


def main() -> None:
    """Time the demo and the house one after the other and print both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visits", type=int, default=5)
    parser.add_argument("--strokes", type=int, default=16, help="of each slider")
    parser.add_argument("--sliders", action="store_true", help="only the sliders")
    asked = parser.parse_args()
    visits = asked.visits
    if asked.sliders:
        with tempfile.TemporaryDirectory() as folder, chromium.opened() as browser:
            with house.opened(Path(folder) / "house") as opened:
                time_sliders(browser, Path(folder), opened.url, asked.strokes)
        return
    with tempfile.TemporaryDirectory() as folder, chromium.opened() as browser:
        with house.opened(Path(folder) / "demo", str(DEMO)) as demo:
            peers = time_pages(browser, demo.url, list(DEMO_PAGES), visits)
        script = Path(folder) / "plain.py"
        script.write_text(PLAIN, encoding="utf-8")
        with house.opened(Path(folder) / "plain", str(script)) as plain:
            peers["/ of one plain plotly chart"] = time_pages(browser, plain.url, ["/"], visits)["/"]
        with house.opened(Path(folder) / "house") as opened:
            ours = time_pages(browser, opened.url, house_pages(), visits)
            time_sliders(browser, Path(folder), opened.url, asked.strokes)
    anchor = max(warm for _, warm in peers.values())
    print(f"{'page':34} {'cold s':>7} {'warm s':>7} {'ratio':>6}")
    for label, timed in (("peer", peers), ("", ours)):
        for address, (cold, warm) in timed.items():
            print(f"{f'{label} {address}'.strip():34} {cold:7.2f} {warm:7.2f} {warm / anchor:6.2f}")


if __name__ == "__main__":
    main()
