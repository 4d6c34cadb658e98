"""How long a round of rock, paper, scissors takes in the browser, beside a plain button that counts.

Timed inside the page: from the stroke of the key to the frame that shows the next round. The peer is the
least that Streamlit can do: three lines, one button, one number.
``python -m benchmarks.rounds [--rounds 30]`` prints the median, the 95th percentile and the slowest.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np

from tests.browser import chromium, house
from tests.browser.visitor import PATIENCE, Visitor, enter

COUNTER = """import streamlit as st

st.session_state.count = st.session_state.get("count", -1) + 1
st.button("More")
st.write(f"Count {st.session_state.count}")
"""
STROKES = "window.addEventListener('keydown', event => { window.stroke = event.timeStamp; }, true);"
WATCH = """element => {
  window.times = [];
  const shown = () => {
    if (window.stroke) window.times.push((performance.now() - window.stroke) / 1000);
    window.stroke = 0;
  };
  let before = element.textContent;
  new MutationObserver(() => {
    if (element.textContent === before) return;
    before = element.textContent;
    requestAnimationFrame(shown);
  }).observe(element, { childList: true, characterData: true, subtree: true });
}"""
TABLES = ("/roshambo", "/roshambo?opponent=veteran", "/roshambo?think=true", "/roshambo?opponent=rfind")


def seconds_of_rounds(visitor: Visitor, shown: str, keys: str | list[str]) -> np.ndarray:
    """Press one key after another, each when the last answer is shown; the first only wakes the page."""
    visitor.page.locator(shown).evaluate(WATCH)
    for number, key in enumerate(keys, start=1):
        visitor.page.keyboard.press(key)
        visitor.page.wait_for_function(f"window.times.length >= {number}", timeout=PATIENCE)
    return np.array(visitor.page.evaluate("window.times"))[1:]


def sat_down(browser, home: str, address: str) -> Visitor:
    """A fresh tab on an address, which notes the time of every stroke."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(STROKES)
    return enter(context, home).open(address)


def time_counter(browser, home: str, rounds: int) -> np.ndarray:
    """Seconds from Enter on the button to the next number."""
    visitor = sat_down(browser, home, "/")
    visitor.page.get_by_role("button", name="More").focus()
    return seconds_of_rounds(visitor, "[data-testid=stMain]", ["Enter"] * (rounds + 1))


def time_table(browser, home: str, address: str, rounds: int) -> np.ndarray:
    """Seconds from R, P or S to the next round on the table."""
    visitor = sat_down(browser, home, address)
    visitor.page.locator(".board canvas").scroll_into_view_if_needed()
    keys = np.array(list("rps"))[np.random.default_rng(0).integers(3, size=rounds + 1)]
    return seconds_of_rounds(visitor, ".board .said", keys.tolist())


def told(name: str, seconds: np.ndarray, peer: float) -> None:
    """One line of the table."""
    p50, p95 = np.percentile(seconds, [50, 95])
    print(f"{name:32} {p50:7.3f} {p95:7.3f} {seconds.max():7.3f} {p50 / peer:6.2f}", flush=True)


def main() -> None:
    """Time the counter and the tables one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    print(f"{'page':32} {'p50 s':>7} {'p95 s':>7} {'most s':>7} {'ratio':>6}")
    with tempfile.TemporaryDirectory() as folder, chromium.opened() as browser:
        script = Path(folder) / "counter.py"
        script.write_text(COUNTER)
        with house.opened(Path(folder) / "counter", str(script)) as counter:
            seconds = time_counter(browser, counter.url, rounds)
        peer = float(np.median(seconds))
        told("a button that counts", seconds, peer)
        with house.opened(Path(folder) / "house") as opened:
            for address in TABLES:
                told(address, time_table(browser, opened.url, address, rounds), peer)


if __name__ == "__main__":
    main()
